import { VirtualLeg, type VirtualParty } from '../legs/virtual-leg';
import { ToneMeter } from '../media/tone-meter';
import type { CustomerVoice } from './customer-voice';

/** Somebody in the public network whom an agent calls. */
export class SimulatedSubscriber implements VirtualParty {
  readonly heard = new ToneMeter();
  readonly leg: VirtualLeg;

  constructor(private readonly voice: CustomerVoice) {
    this.leg = new VirtualLeg(this);
    this.leg.once('answered', () => voice.begin());
  }

  pull(): Int16Array {
    return this.voice.pull();
  }

  push(frame: Int16Array): void {
    this.heard.write(frame);
  }

  onPeerHold(isHeld: boolean): void {
    if (isHeld) this.voice.fallSilent();
    else this.voice.comeBack();
  }
}
