import type { AmiMessage } from '../ami/ami-message';
import type { CallTracker } from './call-tracker';
import type { TrackedCall } from './tracked-call';

/** Bridges that mix make sounds of their own; any other passes on what its parties send. */
const mixing = 'softmix';

/** Who talks in which bridge of Asterisk: says of which customers the other end has become another one. */
export class BridgeWatch {
  /** Uniqueid → bridge. */
  private readonly bridges = new Map<string, string>();
  /** Who has met somebody in a bridge. The first, who comes late on a busy machine, is no other one than anybody before. */
  private readonly talked = new Set<string>();

  constructor(
    private readonly calls: () => CallTracker,
    private readonly onOtherEnd: (call: TrackedCall) => void,
  ) {}

  hear(event: AmiMessage): void {
    const uniqueid = event.get('Uniqueid');
    const bridge = event.get('BridgeUniqueid');
    const name = event.get('Event');
    if (name === 'BridgeEnter') {
      this.bridges.set(uniqueid, bridge);
      this.entered(uniqueid, bridge, event.get('BridgeTechnology') === mixing);
    } else if (name === 'BridgeLeave' || name === 'Hangup') {
      this.bridges.delete(uniqueid);
      if (name === 'Hangup') this.talked.delete(uniqueid);
      else this.talked.add(uniqueid);
    }
  }

  private entered(uniqueid: string, bridge: string, isMixed: boolean): void {
    for (const call of this.calls().running) {
      const customer = call.customer?.uniqueid;
      if (customer === undefined || this.bridges.get(customer) !== bridge) continue;
      const hasTalked = this.talked.has(customer);
      if ([...this.bridges].some(([id, where]) => where === bridge && id !== customer)) this.talked.add(customer);
      if (hasTalked && (customer === uniqueid || !isMixed)) this.onOtherEnd(call);
    }
  }
}
