/** What must not be in a report, by kind. Every value is replaced wherever it stands, whole words only, whatever the case. */
export interface KnownSecrets {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly identifiers: readonly string[];
  readonly hosts: readonly string[];
}

type Rule = readonly [pattern: RegExp, replacement: string];

/** In this order: what is longer or more certain first, so that a part of it is not masked alone. */
const patterns: readonly Rule[] = [
  [/-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g, '<secret>'],
  [/\beyJ[\w-]+(?:\.[\w-]+){0,2}/g, '<secret>'],
  [/\b(?:Bearer|Basic|Digest)\s+\S.*$/gim, '<secret>'],
  [
    /\b(\w*(?:password|passwd|secret|token|nonce|response|authorization|credential|api[-_]?key)\w*)["']?\s*[:=]\s*(?:"[^"]*"?|'[^']*'?|[^\s,;]+)/gi,
    '$1=<secret>',
  ],
  [/"[^"\n]*"(?=\s*<sips?:)/gi, '"<name>"'],
  [/\b(sips?|tel|callto):[^\s<>"',;]+/gi, '$1:<address>'],
  [/\b[\w.%+-]+@[\w.-]+\w/g, '<e-mail>'],
  [/\b(https?|wss?):\/\/[^\s/"'<>]+/gi, '$1://<host>'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\d.])/g, '<host>'],
  [/(?<![\w:])(?:[\da-f]{0,4}:){3,7}[\da-f]{0,4}(?![\w:])/gi, '<host>'],
  [/(?:\/home\/|\/Users\/|\\Users\\)[^\s/\\"']+/g, '<home>'],
  [/\bextension \S+/gi, 'extension <number>'],
];
/** Ids of calls and devices stay: without them two lines of one call cannot be told from two calls. They say nothing of a person. */
const id = '[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}';
const afterIds: readonly Rule[] = [
  [/…\d{3}\b/g, '<number>'], // the log's own masking leaves three digits
  [/(?<!\w)[*#]+\d[\d*#]*/g, '<number>'],
  [/(?<![\w<])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{24,}(?!\w)/gi, '<secret>'],
];

/** Six digits and more, however they are grouped, are a telephone number; `33.2.1` and `1234 ms` are not. */
const withoutNumbers = (text: string): string =>
  text.replace(/(?<!\w)[+*#]?\d[\d ().\-/]*\d(?!\w)/g, found =>
    found.replace(/\D/g, '').length < 6 ? found : '<number>',
  );

/** One text without numbers, names, identifiers, addresses and secrets, known or recognised by their looks. */
export function redact(text: string, known: KnownSecrets): string {
  let clean = text.normalize('NFC');
  for (const [values, mark] of [
    [known.identifiers, '<identifier>'],
    [known.names, '<name>'],
    [known.hosts, '<host>'],
    [known.numbers, '<number>'],
  ] as const)
    for (const value of values.toSorted((a, b) => b.length - a.length)) clean = without(clean, value, mark);
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean
    .split(new RegExp(`(${id})`, 'gi'))
    .map((part, index) =>
      index % 2 === 1 ? part : afterIds.reduce((kept, rule) => kept.replace(...rule), withoutNumbers(part)),
    )
    .join('');
}

function without(text: string, value: string, mark: string): string {
  const bare = value.normalize('NFC').trim();
  if (bare.length < 2) return text;
  const literal = bare.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&').replace(/\s+/g, '\\s+');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu'), mark);
}

/** A log without its debug lines (they hold SIP messages), each line's stamp kept and the rest redacted. */
export function redactLog(log: string, known: KnownSecrets): string {
  let isKept = false;
  const lines: string[] = [];
  for (const line of log.split(/\r?\n/)) {
    const [, stamp, level] = /^(\[[\d\-: .]+\] \[(\w+)\])/.exec(line) ?? [];
    if (stamp !== undefined) isKept = level !== 'debug' && level !== 'verbose' && level !== 'silly';
    if (isKept) lines.push((stamp ?? '') + redact(line.slice(stamp?.length ?? 0), known));
  }
  return lines.join('\n');
}
