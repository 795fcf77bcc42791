import { sampleRate } from './audio-frame';

/** RFC 4733 section 3.2: event codes 0 to 15. */
const digits = '0123456789*#ABCD';

export interface TelephoneEvent {
  readonly digit: string;
  readonly durationMs: number;
}

/**
 * Reads RFC 4733 telephone-event packets. Every packet of one key press carries the same RTP timestamp; the last one is
 * sent three times. A press is told once: at its first End packet or, when all three were lost, when the next press begins.
 */
export class TelephoneEventReader {
  private reportedTimestamp: number | null = null;
  private open: { timestamp: number; event: TelephoneEvent } | null = null;

  /** Returns the key presses that this packet completes: none, one, or two. */
  read(payload: Uint8Array, timestamp: number): TelephoneEvent[] {
    const [code, flags, high, low] = payload;
    if (code === undefined || flags === undefined || high === undefined || low === undefined) return [];
    const digit = digits[code];
    if (digit === undefined || timestamp === this.reportedTimestamp) return [];
    const event = { digit, durationMs: Math.round((((high << 8) | low) * 1000) / sampleRate) };
    const completed: TelephoneEvent[] = [];
    if (this.open !== null && this.open.timestamp !== timestamp) completed.push(this.open.event);
    this.open = { timestamp, event };
    const isEnd = (flags & 0x80) !== 0;
    if (isEnd) {
      completed.push(event);
      this.open = null;
      this.reportedTimestamp = timestamp;
    }
    return completed;
  }
}
