import type { Clock } from '../../src-shared/base/clock';
import type { Telephony, TelephonyEvent } from '../telephony/telephony';

export interface LineWatchParts {
  readonly clock: Clock;
  readonly telephony: Pick<Telephony, 'isRegistered'>;
  readonly graceMs: () => number;
  /** Gone for longer than the grace time. */
  readonly onLost: (extension: string) => void;
  readonly onBack: (extension: string) => void;
}

/** Which phones can be reached. A phone that is gone for a moment is not lost: networks change, programs restart. */
export class LineWatch {
  /** Phones that are gone, and what ends the waiting for them. */
  private readonly gone = new Map<string, () => void>();
  private isStopped = false;
  constructor(private readonly parts: LineWatchParts) {}

  /** Registered, and not known to be gone. */
  isReachable(extension: string): boolean {
    return !this.gone.has(extension) && this.parts.telephony.isRegistered(extension);
  }

  hear(event: TelephonyEvent): void {
    if (event.type === 'line-registered') this.back(event.extension);
    else if (event.type === 'line-unregistered' || event.type === 'line-signalling-lost') this.expect(event.extension);
  }

  /** The phone is not there, or may be expected soon: waits for it, and tells if it does not come. */
  expect(extension: string, graceMs = this.parts.graceMs()): void {
    if (this.gone.has(extension)) return;
    this.wait(extension, graceMs);
  }

  /** Tells once more later, if it is still gone by then. */
  expectAgain(extension: string): void {
    if (this.gone.has(extension)) this.wait(extension, this.parts.graceMs());
  }

  stop(): void {
    this.isStopped = true;
    for (const cancel of this.gone.values()) cancel();
  }

  private wait(extension: string, graceMs: number): void {
    if (this.isStopped) return;
    this.gone.get(extension)?.();
    this.gone.set(
      extension,
      this.parts.clock.after(graceMs, () => this.parts.onLost(extension)),
    );
  }

  private back(extension: string): void {
    this.gone.get(extension)?.();
    this.gone.delete(extension);
    this.parts.onBack(extension);
  }
}
