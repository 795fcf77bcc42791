/** The only address the engine offers: it serves this machine (telephony.md, M2). */
const advertisedAddress = '127.0.0.1';

/**
 * Our description as it goes out: only the advertised address, and `a=ice-lite` at session level, where RFC 8839
 * section 5.3 wants it (werift writes it per medium, which costs Chromium about 100 ms). An inactive medium keeps a port:
 * 0 would refuse it for good (RFC 3264 section 6), and the call could never be resumed.
 */
export function outgoingSdp(sdp: string): string {
  const onlyAdvertised = sdp
    .replace(/^m=audio 0 /m, 'm=audio 9 ')
    .replace(/^a=candidate:.*\r?\n/gm, line => (line.includes(` ${advertisedAddress} `) ? line : ''));
  if (!/^a=ice-lite/m.test(onlyAdvertised)) return onlyAdvertised;
  return onlyAdvertised.replace(/^a=ice-lite\r?\n/gm, '').replace(/^t=0 0\r?\n/m, '$&a=ice-lite\r\n');
}

/**
 * The phone's description as we read it: an ICE-lite side never looks at candidates, so no mDNS look-ups either.
 * Throws when there is no G.711 audio in it, which werift would only notice by never connecting.
 */
export function incomingSdp(sdp: string): string {
  const isRefused = /^m=audio 0 /m.test(sdp) && !/^a=inactive\r?$/m.test(sdp);
  if (isRefused || !/^m=audio \d+ \S+(?: \d+)*? 0(?: |\r?$)/m.test(sdp))
    throw new Error('description without G.711 audio');
  return sdp.replace(/^a=(candidate|end-of-candidates).*\r?\n/gm, '');
}

/** The sender of this description put us on hold (RFC 3264 section 8.4). */
export const isHoldOffer = (sdp: string): boolean => /^a=(sendonly|inactive)\r?$/m.test(sdp);
