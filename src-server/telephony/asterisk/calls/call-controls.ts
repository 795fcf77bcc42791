import type { TellFact } from './tracked-call';
import type { TrackedLeg } from './tracked-leg';

/** Hold, mute and keys of the parties of one call, each told once. Nothing of it decides what becomes of the call. */
export class CallControls {
  constructor(
    private readonly callId: string,
    /** By Uniqueid of the channel. */
    private readonly legs: ReadonlyMap<string, TrackedLeg>,
    private readonly tell: TellFact,
  ) {}

  /** By its own phone. @returns the leg, when this was news */
  held(uniqueid: string, isHeld: boolean): TrackedLeg | null {
    const leg = this.legs.get(uniqueid);
    if (leg === undefined || !leg.isAnswered || leg.isHeld === isHeld) return null;
    leg.isHeld = isHeld;
    // What the centre holds too is taken back first.
    if (isHeld || !leg.isHeldByOrder) this.tellHeld(leg);
    return leg;
  }

  /** By the centre. */
  heldByOrder(leg: TrackedLeg, isHeld: boolean): void {
    if (leg.isHeldByOrder === isHeld || this.legs.get(leg.uniqueid) !== leg) return;
    leg.isHeldByOrder = isHeld;
    if (!leg.isHeld) this.tellHeld(leg);
  }

  /** Whether it is held, and by whom, as it is now. */
  tellHeld(leg: TrackedLeg): void {
    const names = { callId: this.callId, legId: leg.id };
    if (leg.isHeld || leg.isHeldByOrder) this.tell({ type: 'leg-held', ...names, isOrdered: !leg.isHeld });
    else this.tell({ type: 'leg-resumed', ...names });
  }

  muted(leg: TrackedLeg, isMuted: boolean): void {
    if (leg.isMuted === isMuted || !this.legs.has(leg.uniqueid)) return;
    leg.isMuted = isMuted;
    this.tell({ type: isMuted ? 'leg-muted' : 'leg-unmuted', callId: this.callId, legId: leg.id });
  }

  pressed(uniqueid: string, digit: string, durationMs: number): void {
    const leg = this.legs.get(uniqueid);
    if (leg === undefined) return;
    this.tell({ type: 'dtmf', callId: this.callId, legId: leg.id, digit, durationMs, via: 'rfc4733' });
  }
}
