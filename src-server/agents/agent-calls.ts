import type { AgentEvent } from '../../src-shared/agent/agent-state';
import type { Person } from '../database/person-table';
import type { TelephonyEvent } from '../telephony/telephony';
import type { AgentDirectory } from './agent-directory';

interface Work {
  /** Legs that ring at this phone, and the queue of each. */
  readonly offers: Map<string, { readonly queueId: string | null }>;
  /** Legs that this person talks on, or dials on, and the call of each. */
  readonly legs: Map<string, { readonly callId: string }>;
}

export interface AgentCallsParts {
  readonly directory: AgentDirectory;
  readonly apply: (person: Person, event: AgentEvent) => void;
  /** Whether there is work to be done after this call (null: whether any is still to be done). */
  readonly owesWrapUp: (personId: string, callId: string | null) => boolean;
}

/** What the telephones do, as it concerns the availability of their people. */
export class AgentCalls {
  private readonly works = new Map<string, Work>();
  /** Extension of who placed each call that has no leg yet: for them the call is work from their first leg on. */
  private readonly callers = new Map<string, string>();
  /** Extensions of legs that ring or dial: one that is answered without having been offered came by a transfer or a conference. */
  private readonly unanswered = new Map<string, { readonly extension: string; readonly callId: string }>();
  constructor(private readonly parts: AgentCallsParts) {}

  /** A queue's caller rings at this person's phone. */
  isOfferedByQueue(personId: string): boolean {
    return [...this.work(personId).offers.values()].some(offer => offer.queueId !== null);
  }

  hear(event: TelephonyEvent): void {
    switch (event.type) {
      case 'call-started':
        this.callers.set(event.callId, event.from.number);
        break;
      case 'call-ended':
        this.callers.delete(event.callId);
        break;
      case 'leg-started':
        if (event.extension !== null) this.legStarted(event.callId, event.legId, event.extension);
        break;
      case 'leg-answered':
        this.legAnswered(event.legId);
        break;
      case 'offered':
        this.offered(event.extension, event.legId, event.queueId);
        break;
      case 'offer-ended':
        this.offerEnded(event);
        break;
      case 'leg-ended':
        this.legEnded(event.legId);
        break;
      default:
    }
  }

  private legStarted(callId: string, legId: string, extension: string): void {
    this.unanswered.set(legId, { extension, callId });
    if (this.callers.get(callId) !== extension) return;
    // The first leg only: a later one of the same phone is a call that comes back to it.
    this.callers.delete(callId);
    this.connected(extension, legId, callId);
  }

  private legAnswered(legId: string): void {
    const leg = this.unanswered.get(legId);
    this.unanswered.delete(legId);
    const person = leg === undefined ? undefined : this.parts.directory.personAt(leg.extension);
    if (leg === undefined || person === undefined) return;
    // Of an offer the offer's end speaks.
    if (!this.work(person.id).offers.has(legId)) this.connected(leg.extension, legId, leg.callId);
  }

  private offered(extension: string, legId: string, queueId: string | null): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    this.work(person.id).offers.set(legId, { queueId });
    // Refused while talking: a second call knocks, the state stays `on-call`.
    this.parts.apply(person, { type: 'call-offered' });
  }

  private offerEnded({ extension, legId, callId, cause }: Extract<TelephonyEvent, { type: 'offer-ended' }>): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    const work = this.work(person.id);
    if (!work.offers.delete(legId)) return;
    if (cause === 'answered') this.connected(extension, legId, callId);
    else if (work.offers.size === 0 && work.legs.size === 0)
      this.parts.apply(person, { type: 'offer-ended', needsWrapUp: this.parts.owesWrapUp(person.id, null) });
  }

  private connected(extension: string, legId: string, callId: string): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    this.work(person.id).legs.set(legId, { callId });
    this.parts.apply(person, { type: 'call-connected' });
  }

  private legEnded(legId: string): void {
    this.unanswered.delete(legId);
    for (const [personId, work] of this.works) {
      const leg = work.legs.get(legId);
      if (leg === undefined) continue;
      work.legs.delete(legId);
      const person = this.parts.directory.person(personId);
      if (person === undefined || work.legs.size > 0) continue;
      this.parts.apply(person, { type: 'call-ended', needsWrapUp: this.parts.owesWrapUp(personId, leg.callId) });
      if (work.offers.size > 0) this.parts.apply(person, { type: 'call-offered' });
    }
  }

  private work(personId: string): Work {
    const known = this.works.get(personId);
    if (known !== undefined) return known;
    const work: Work = { offers: new Map(), legs: new Map() };
    this.works.set(personId, work);
    return work;
  }
}
