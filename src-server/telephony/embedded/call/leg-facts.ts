import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { EventStream } from '../../event-stream';
import type { Leg } from '../legs/leg';

export interface LegInfo {
  readonly role: 'customer' | 'agent';
  readonly number: string;
  readonly extension: string | null;
}

interface LegListener {
  /** A leg that has gone to another call tells its facts there. */
  readonly isHere: () => boolean;
  readonly onHoldChanged: () => void;
  readonly onEnded: (cause: EndCause) => void;
}

/** The facts about the legs of one call. Each names the leg as it is called in that moment. */
export class LegFacts {
  constructor(
    private readonly callId: string,
    private readonly events: EventStream,
  ) {}

  started(leg: Leg, info: LegInfo): void {
    this.events.tell({ type: 'leg-started', ...this.namesOf(leg), ...info });
  }

  answered(leg: Leg): void {
    this.events.tell({ type: 'leg-answered', ...this.namesOf(leg) });
  }

  /** Told of who is held already, too, when it is held otherwise. */
  holdChanged(leg: Leg): void {
    if (leg.isHolding) this.events.tell({ type: 'leg-held', ...this.namesOf(leg), isOrdered: !leg.isHeldAtPhone });
    else this.events.tell({ type: 'leg-resumed', ...this.namesOf(leg) });
  }

  muteChanged(leg: Leg): void {
    this.events.tell({ type: leg.isMuted ? 'leg-muted' : 'leg-unmuted', ...this.namesOf(leg) });
  }

  ended(legId: string, cause: EndCause): void {
    this.events.tell({ type: 'leg-ended', callId: this.callId, legId, cause });
  }

  /** Tells from now on that the leg rings, once, is answered, and hears keys. What is more than a fact is left to the listener. */
  follow(leg: Leg, { isHere, onHoldChanged, onEnded }: LegListener): void {
    const whileHere =
      <A extends unknown[]>(take: (...args: A) => void) =>
      (...args: A): void => {
        if (isHere()) take(...args);
      };
    const rings = whileHere(() => {
      leg.off('ringing', rings);
      this.events.tell({ type: 'leg-ringing', ...this.namesOf(leg) });
    });
    leg.on('ringing', rings);
    leg.on(
      'answered',
      whileHere(() => this.answered(leg)),
    );
    leg.on('held', whileHere(onHoldChanged));
    leg.on('resumed', whileHere(onHoldChanged));
    leg.on(
      'dtmf',
      whileHere(dtmf => this.events.tell({ type: 'dtmf', ...this.namesOf(leg), ...dtmf })),
    );
    leg.on('ended', whileHere(onEnded));
  }

  private namesOf(leg: Leg): { callId: string; legId: string } {
    return { callId: this.callId, legId: leg.id };
  }
}
