import { silence } from './audio-frame';

/** 40 ms wait before the first frame: two frames absorb ordinary jitter. */
const prefillFrames = 2;
/** Above 160 ms the buffer would only add delay: it is cut back to 60 ms. */
const capFrames = 8;
const framesAfterCut = 3;
/** Half of the 16-bit sequence space: what is further ahead is behind (RFC 3550 A.1). */
const halfSpace = 0x8000;

interface Queued {
  readonly sequence: number;
  readonly frame: Int16Array;
}

/** Puts received frames back in order and gives one per media tick; silence when there is none. */
export class PlayoutBuffer {
  private readonly queue: Queued[] = [];
  private isPrimed = false;
  private lastPlayed: number | null = null;
  private droppedFrames = 0;
  private underrunCount = 0;

  /** Late, doubled or overflowing frames that were never played. */
  get dropped(): number {
    return this.droppedFrames;
  }

  get underruns(): number {
    return this.underrunCount;
  }

  put(sequence: number, frame: Int16Array): void {
    const isLate = this.lastPlayed !== null && !isAfter(sequence, this.lastPlayed);
    if (isLate || this.queue.some(queued => queued.sequence === sequence)) {
      this.droppedFrames++;
      return;
    }
    const place = this.queue.findIndex(queued => isAfter(queued.sequence, sequence));
    this.queue.splice(place < 0 ? this.queue.length : place, 0, { sequence, frame });
    if (this.queue.length > capFrames)
      this.droppedFrames += this.queue.splice(0, this.queue.length - framesAfterCut).length;
  }

  take(): Int16Array {
    if (!this.isPrimed) {
      if (this.queue.length < prefillFrames) return silence;
      this.isPrimed = true;
    }
    const next = this.queue.shift();
    if (next === undefined) {
      this.isPrimed = false;
      this.underrunCount++;
      return silence;
    }
    this.lastPlayed = next.sequence;
    return next.frame;
  }

  /** Forgets everything: a new stream (other SSRC) may begin at any sequence number. */
  reset(): void {
    this.queue.length = 0;
    this.isPrimed = false;
    this.lastPlayed = null;
  }
}

/** True when `a` comes after `b` in the circular 16-bit sequence space. */
function isAfter(a: number, b: number): boolean {
  const ahead = (a - b) & 0xffff;
  return ahead !== 0 && ahead < halfSpace;
}
