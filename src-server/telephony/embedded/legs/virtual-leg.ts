import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { AudioPort } from '../media/audio-frame';
import { Leg } from './leg';

/** What a simulated person or machine does on the phone. */
export interface VirtualParty extends AudioPort {
  onPeerHold?(isHeld: boolean): void;
  /** The call is over for this party. */
  onEnded?(cause: EndCause): void;
}

/** A party inside the engine: simulated customer, subscriber or echo. */
export class VirtualLeg extends Leg {
  readonly port: VirtualParty;

  constructor(party: VirtualParty) {
    super();
    this.port = party;
  }

  ring(): void {
    if (this.state === 'early') this.emit('ringing');
  }

  answer(): void {
    this.confirm();
  }

  /** The simulated person hangs up. */
  leave(cause: EndCause, sipStatus: number | null = null): void {
    if (this.state === 'ended') return;
    this.finish(cause, sipStatus);
    this.port.onEnded?.(cause);
  }

  override hangUp(cause: EndCause): void {
    this.leave(cause);
  }

  override onPeerHold(isHeld: boolean): void {
    this.port.onPeerHold?.(isHeld);
  }
}
