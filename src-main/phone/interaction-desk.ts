import { randomUUID } from 'node:crypto';
import type { Call } from '../../src-shared/call/call';
import { isConference } from '../../src-shared/call/call-permissions';
import type { Consult, Interaction, InteractionEvent } from '../../src-shared/interaction/interaction-state';
import { transitionInteraction } from '../../src-shared/interaction/transition-interaction';
import { Announcer } from '../base/announcer';
import type { CallDesk } from './call-desk';

/** A consultation that is over, as the interaction stood before, and its call as it ended. */
export interface ConsultEnding {
  readonly before: Interaction;
  readonly consult: Consult;
  readonly call: Call | null;
}

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
 * What the agent is working on, one per customer and with at most one colleague who is being asked; driven by the calls and never the
 * other way round. What is written down afterwards is `wrap-up/`: what reaches `wrap-up` here is closed at once.
 */
export class InteractionDesk {
  readonly changes = new Announcer<readonly Interaction[]>();
  /** The colleague, or the phone, ended a consultation. */
  readonly consultEndings = new Announcer<ConsultEnding>();
  /** By the customer's call. */
  readonly #byCall = new Map<string, Interaction>();
  readonly #seen = new Map<string, Call>();

  constructor(desk: CallDesk) {
    desk.changes.hear(calls => this.#follow(calls));
  }

  all(): readonly Interaction[] {
    return [...this.#byCall.values()];
  }

  find(customerCallId: string): Interaction | undefined {
    return this.#byCall.get(customerCallId);
  }

  /** The consultation whose call this is. */
  askedIn(callId: string): Interaction | undefined {
    return this.all().find(({ consult }) => consult?.callId === callId);
  }

  /** What calls alone do not say: a consultation began, a transfer was asked for or came out. @returns false when it was impossible */
  apply(customerCallId: string, event: InteractionEvent): boolean {
    const isAccepted = this.#move(customerCallId, event);
    // Of a call at a desk phone it is known a moment later what it is about.
    if (isAccepted && event.type === 'consult-began') this.#byCall.delete(event.consult.callId);
    if (isAccepted) this.changes.announce(this.all());
    return isAccepted;
  }

  #move(customerCallId: string, event: InteractionEvent): boolean {
    const before = this.#byCall.get(customerCallId);
    if (before === undefined) return false;
    const { interaction, accepted } = transitionInteraction(before, event);
    const closed =
      interaction.state === 'wrap-up' ? transitionInteraction(interaction, { type: 'wrap-up-done' }) : null;
    this.#byCall.set(customerCallId, closed?.interaction ?? interaction);
    return accepted;
  }

  #follow(calls: readonly Call[]): void {
    const endings: ConsultEnding[] = [];
    const isChanged = calls.map(call => this.#followCall(call, endings)).some(Boolean);
    const gone = [...this.#seen.keys()].filter(id => !calls.some(call => call.id === id));
    for (const id of gone) {
      this.#seen.delete(id);
      this.#byCall.delete(id);
      this.#endConsult(id, null, endings);
    }
    if (isChanged || gone.length > 0) this.changes.announce(this.all());
    for (const ending of endings) this.consultEndings.announce(ending);
  }

  #followCall(call: Call, endings: ConsultEnding[]): boolean {
    const before = this.#seen.get(call.id);
    const wasRoom = before !== undefined && isConference(before);
    if (before?.state === call.state && wasRoom === isConference(call)) return false;
    this.#seen.set(call.id, call);
    const asking = this.askedIn(call.id);
    if (asking !== undefined && asking.state !== 'closed') {
      if (call.state === 'ended') this.#endConsult(call.id, call, endings);
      return true;
    }
    if (!this.#byCall.has(call.id)) this.#byCall.set(call.id, beginning(call));
    if (wasRoom !== isConference(call)) this.#move(call.id, { type: wasRoom ? 'two-are-left' : 'merged' });
    if (before?.state === call.state) return true;
    const isBack = before?.state === 'held' && call.state === 'active';
    const event = isBack ? ({ type: 'customer-resumed' } as const) : eventOf(call);
    if (event !== null) this.#move(call.id, event);
    return true;
  }

  #endConsult(callId: string, call: Call | null, endings: ConsultEnding[]): void {
    const before = this.askedIn(callId);
    if (before?.consult == null || !this.#move(before.customerCallId, { type: 'consult-ended' })) return;
    if (this.#seen.get(before.customerCallId)?.state === 'active')
      this.#move(before.customerCallId, { type: 'customer-resumed' });
    endings.push({ before, consult: before.consult, call });
  }
}

const beginning = (call: Call): Interaction => ({
  id: randomUUID(),
  state: call.direction === 'inbound' ? 'offered' : 'dialing-out',
  customerCallId: call.id,
  consult: null,
  beforeTransfer: null,
});
