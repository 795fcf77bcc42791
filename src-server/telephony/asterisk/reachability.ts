import type { Clock } from '../../../src-shared/base/clock';

/** A shorter gap mends itself before anybody could act. */
export const toldAfterMs = 3000;

/** Whether Asterisk is there, for people: told when it has been away for a while, and when it is back. */
export class Reachability {
  private isToldAway = false;
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: { readonly clock: Clock; readonly tell: (isThere: boolean) => void }) {}

  away(): void {
    this.cancel();
    this.cancel = this.parts.clock.after(toldAfterMs, () => {
      if (this.isToldAway) return;
      this.isToldAway = true;
      this.parts.tell(false);
    });
  }

  there(): void {
    this.cancel();
    if (!this.isToldAway) return;
    this.isToldAway = false;
    this.parts.tell(true);
  }

  stop(): void {
    this.cancel();
  }
}
