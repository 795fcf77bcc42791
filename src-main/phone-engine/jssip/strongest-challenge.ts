/** Digest algorithms we speak, weakest first. */
const ranking = ['MD5', 'SHA-256', 'SHA-512-256'] as const;
export type DigestAlgorithm = (typeof ranking)[number];

const challengeLine = /^(?:WWW|Proxy)-Authenticate\s*:(.*)$/i;

function algorithmOf(challenge: string): DigestAlgorithm | null {
  if (!/^\s*Digest\s/i.test(challenge)) return null;
  // RFC 7616 section 3.3: no algorithm means MD5. Outside quotes only, so that a realm cannot pretend.
  const unquoted = challenge.replace(/(\balgorithm\s*=\s*)"([^"]*)"/i, '$1$2').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const named = /(?:^|[\s,])algorithm\s*=\s*([\w-]+)/i.exec(unquoted)?.[1]?.toUpperCase() ?? 'MD5';
  return ranking.find(algorithm => algorithm === named) ?? null;
}

/**
 * Leaves in a 401 or 407 only the strongest challenge we may answer. JsSIP keeps the last of several header fields, whatever it says;
 * RFC 8760 section 2.4 asks for the strongest. Without any that is allowed JsSIP sees a 401 without challenge and gives up.
 * @param strongestSeen what this server has offered before: MD5 is never used after something better (no downgrade by a man in the middle)
 * @returns the frame for JsSIP and what to remember; other frames come back as they are
 */
export function keepStrongestChallenge(
  frame: string,
  allowMd5: boolean,
  strongestSeen: DigestAlgorithm | null,
): { readonly frame: string; readonly strongestSeen: DigestAlgorithm | null } {
  if (!/^SIP\/2\.0 40[17] /.test(frame)) return { frame, strongestSeen };
  const headEnd = frame.indexOf('\r\n\r\n');
  // RFC 3261 section 7.3.1: a line that begins with a blank continues the one before.
  const head = (headEnd < 0 ? frame : frame.slice(0, headEnd)).replace(/\r\n[ \t]+/g, ' ');
  const lines = head.split('\r\n');
  let strongest: { line: number; rank: number } | null = null;
  let best = strongestSeen === null ? -1 : ranking.indexOf(strongestSeen);
  const challenges = new Set<number>();
  lines.forEach((line, index) => {
    const value = challengeLine.exec(line)?.[1];
    if (value === undefined) return;
    challenges.add(index);
    const algorithm = algorithmOf(value);
    if (algorithm === null) return;
    const rank = ranking.indexOf(algorithm);
    best = Math.max(best, rank);
    if (strongest === null || rank > strongest.rank) strongest = { line: index, rank };
  });
  const winner = strongest as { line: number; rank: number } | null;
  const isUsable = winner !== null && (winner.rank > 0 || (allowMd5 && best <= 0));
  const kept = lines.filter((_, index) => !challenges.has(index) || (isUsable && index === winner.line));
  return { frame: kept.join('\r\n') + (headEnd < 0 ? '' : frame.slice(headEnd)), strongestSeen: ranking[best] ?? null };
}
