import type { Dtmf } from './leg';

const defaultDurationMs = 100;

/** Key press in the body of an INFO request (`application/dtmf-relay`). Null when there is none. */
export function readInfoDtmf(body: string): Dtmf | null {
  const digit = /^\s*Signal\s*=\s*([0-9A-D*#])\s*$/im.exec(body)?.[1];
  if (digit === undefined) return null;
  const duration = /^\s*Duration\s*=\s*(\d{1,5})\s*$/im.exec(body)?.[1];
  return {
    digit: digit.toUpperCase(),
    durationMs: duration === undefined ? defaultDurationMs : Number(duration),
    via: 'info',
  };
}
