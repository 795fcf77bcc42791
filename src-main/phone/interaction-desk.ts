import { randomUUID } from 'node:crypto';
import type { Call } from '../../src-shared/call/call';
import type { Interaction, InteractionEvent } from '../../src-shared/interaction/interaction-state';
import { transitionInteraction } from '../../src-shared/interaction/transition-interaction';
import { Announcer } from '../base/announcer';
import type { CallDesk } from './call-desk';

/** Which fact about the customer a leg's state is. Null: nothing the interaction has a word for. */
function eventOf(call: Call): InteractionEvent | null {
  switch (call.state) {
    case 'active':
      return { type: 'customer-connected' };
    case 'held':
      return { type: 'customer-held' };
    case 'ended':
      return { type: 'customer-left' };
    default:
      return null;
  }
}

/**
 * What the agent is working on, one per customer leg, driven by the calls and never the other way round.
 * There is no wrap-up form yet: what reaches `wrap-up` is closed at once.
 */
export class InteractionDesk {
  readonly changes = new Announcer<readonly Interaction[]>();
  readonly #byCall = new Map<string, Interaction>();
  readonly #legStates = new Map<string, Call['state']>();

  constructor(desk: CallDesk) {
    desk.changes.hear(calls => this.#follow(calls));
  }

  all(): readonly Interaction[] {
    return [...this.#byCall.values()];
  }

  #follow(calls: readonly Call[]): void {
    const isChanged = calls.map(call => this.#followLeg(call)).some(Boolean);
    const gone = [...this.#byCall.keys()].filter(id => !calls.some(call => call.id === id));
    gone.forEach(id => [this.#byCall, this.#legStates].forEach(map => map.delete(id)));
    if (isChanged || gone.length > 0) this.changes.announce(this.all());
  }

  #followLeg(call: Call): boolean {
    const before = this.#legStates.get(call.id);
    if (before === call.state) return false;
    this.#legStates.set(call.id, call.state);
    const interaction = this.#byCall.get(call.id) ?? this.#begin(call);
    const event =
      before === 'held' && call.state === 'active' ? ({ type: 'customer-resumed' } as const) : eventOf(call);
    const moved = event === null ? interaction : transitionInteraction(interaction, event).interaction;
    this.#byCall.set(
      call.id,
      moved.state === 'wrap-up' ? transitionInteraction(moved, { type: 'wrap-up-expired' }).interaction : moved,
    );
    return true;
  }

  #begin(call: Call): Interaction {
    const state = call.direction === 'inbound' ? 'offered' : 'dialing-out';
    return {
      id: randomUUID(),
      state,
      customerCallId: call.id,
      consultCallId: null,
      beforeTransfer: null,
      disposition: null,
    };
  }
}
