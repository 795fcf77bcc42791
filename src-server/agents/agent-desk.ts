import type { AgentEvent, AgentStatus } from '../../src-shared/agent/agent-state';
import { transitionAgent } from '../../src-shared/agent/transition-agent';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { Person } from '../database/person-table';
import type { ServerLog } from '../server-log';
import type { Telephony, TelephonyEvent } from '../telephony/telephony';
import type { AgentDirectory } from './agent-directory';
import type { AgentStateLog } from './agent-state-log';

export type WantedAvailability =
  | { readonly state: 'available' }
  | { readonly state: 'on-break'; readonly reason: string };

interface Desk {
  status: AgentStatus;
  /** What the engine was last told; members start paused. */
  isPaused: boolean;
  /** Legs that ring at this phone. */
  readonly offers: Set<string>;
  /** Legs that this person talks on, or dials on. */
  readonly legs: Set<string>;
}

export interface AgentDeskParts {
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly publish: (personId: string, event: LiveEvent) => void;
  readonly stateLog: AgentStateLog;
}

/** Owns everybody's availability: people ask, the engine reports, the shared state machine decides, the engine and the person are told. */
export class AgentDesk {
  private readonly desks = new Map<string, Desk>();
  /** Extension of who placed each call that has no leg yet: for them the call is work from their first leg on. */
  private readonly callers = new Map<string, string>();
  /** Extensions of legs that ring or dial: one that is answered without having been offered came by a transfer or a conference. */
  private readonly unanswered = new Map<string, string>();
  constructor(private readonly parts: AgentDeskParts) {}

  statusOf(personId: string): AgentStatus {
    return this.desk(personId).status;
  }

  /** Signed in and not on a break. */
  isAtWork(personId: string): boolean {
    const { state } = this.statusOf(personId);
    return state !== 'signed-out' && state !== 'on-break';
  }

  signedIn(person: Person): void {
    this.apply(person, { type: 'signed-in' });
  }

  /** Goes on after a restart with what the person last was. Their calls ended with the server, so who worked is free again. */
  resume(person: Person, last: AgentStatus | null): void {
    this.signedIn(person);
    if (last === null || last.state === 'signed-out') return;
    const reason = last.state === 'on-break' ? last.reason : last.nextBreak;
    this.apply(person, reason === null ? { type: 'became-available' } : { type: 'break-started', reason });
  }

  signedOut(person: Person): void {
    this.apply(person, { type: 'signed-out' });
  }

  /**
   * What a person asks for. During work a break is planned for afterwards, and `available` takes the plan back. Asking twice changes nothing.
   * @throws AppError `agent/not-allowed`, `line/phone-not-registered` when calls would ring at a desk phone that is not there
   */
  setAvailability(person: Person, wanted: WantedAvailability): AgentStatus {
    const { status } = this.desk(person.id);
    const isWorking = status.state === 'reserved' || status.state === 'on-call' || status.state === 'wrap-up';
    if (
      wanted.state === 'available' &&
      person.deskPhone !== null &&
      !this.parts.telephony.isRegistered(person.extension)
    )
      throw new AppError('line/phone-not-registered', `the desk phone of ${person.extension} is not registered`);
    if (wanted.state === 'on-break') {
      const event: AgentEvent = { type: isWorking ? 'break-planned' : 'break-started', reason: wanted.reason };
      if (!this.apply(person, event)) throw new AppError('agent/not-allowed', `no break while ${status.state}`);
    } else if (isWorking) {
      this.apply(person, { type: 'break-planned', reason: null });
      if (status.state === 'wrap-up') this.apply(person, { type: 'wrap-up-done' });
    } else if (status.state !== 'available' && !this.apply(person, { type: 'became-available' })) {
      throw new AppError('agent/not-allowed', `not available from ${status.state}`);
    }
    return this.desk(person.id).status;
  }

  hear(event: TelephonyEvent): void {
    switch (event.type) {
      case 'line-registered':
      case 'line-unregistered':
      case 'line-signalling-lost':
        this.lineChanged(event.extension, event.at);
        break;
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
        this.offered(event.extension, event.legId);
        break;
      case 'offer-ended':
        this.offerEnded(event.extension, event.legId, event.cause === 'answered');
        break;
      case 'leg-ended':
        this.legEnded(event.legId);
        break;
      default:
    }
  }

  /** All that the live connection says of a person, as it is now. */
  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    if (person === undefined) return [];
    return [{ type: 'agent.status', status: this.statusOf(personId) }, this.lineEvent(person, this.parts.clock.now())];
  }

  private lineEvent(person: Person, at: number): LiveEvent {
    return { type: 'line.registration', isRegistered: this.parts.telephony.isRegistered(person.extension), at };
  }

  private lineChanged(extension: string, at: number): void {
    const person = this.parts.directory.personAt(extension);
    if (person !== undefined) this.parts.publish(person.id, this.lineEvent(person, at));
  }

  private legStarted(callId: string, legId: string, extension: string): void {
    this.unanswered.set(legId, extension);
    if (this.callers.get(callId) !== extension) return;
    // The first leg only: a later one of the same phone is a call that comes back to it.
    this.callers.delete(callId);
    this.connected(extension, legId);
  }

  private legAnswered(legId: string): void {
    const extension = this.unanswered.get(legId);
    this.unanswered.delete(legId);
    const person = extension === undefined ? undefined : this.parts.directory.personAt(extension);
    if (extension === undefined || person === undefined) return;
    // Of an offer the offer's end speaks.
    if (!this.desk(person.id).offers.has(legId)) this.connected(extension, legId);
  }

  private offered(extension: string, legId: string): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    this.desk(person.id).offers.add(legId);
    // Refused while talking: a second call knocks, the state stays `on-call`.
    this.apply(person, { type: 'call-offered' });
  }

  private offerEnded(extension: string, legId: string, isAnswered: boolean): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    const desk = this.desk(person.id);
    if (!desk.offers.delete(legId)) return;
    if (isAnswered) this.connected(extension, legId);
    else if (desk.status.state === 'reserved' && desk.offers.size === 0) this.apply(person, { type: 'offer-ended' });
  }

  private connected(extension: string, legId: string): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined) return;
    this.desk(person.id).legs.add(legId);
    this.apply(person, { type: 'call-connected' });
  }

  private legEnded(legId: string): void {
    this.unanswered.delete(legId);
    for (const [personId, desk] of this.desks) {
      if (!desk.legs.delete(legId)) continue;
      const person = this.parts.directory.person(personId);
      if (person === undefined || desk.legs.size > 0) continue;
      // Wrap-up begins with the form that ends it; until the centre has one, the engine's pause after a queue call is all.
      this.apply(person, { type: 'call-ended', needsWrapUp: false });
      if (desk.offers.size > 0) this.apply(person, { type: 'call-offered' });
    }
  }

  private desk(personId: string): Desk {
    const known = this.desks.get(personId);
    if (known !== undefined) return known;
    const status: AgentStatus = { state: 'signed-out', reason: null, since: this.parts.clock.now(), nextBreak: null };
    const desk: Desk = { status, isPaused: true, offers: new Set(), legs: new Set() };
    this.desks.set(personId, desk);
    return desk;
  }

  /** @returns whether the machine took the event */
  private apply(person: Person, event: AgentEvent): boolean {
    const desk = this.desk(person.id);
    const before = desk.status;
    const { status, accepted } = transitionAgent(before, event, this.parts.clock.now());
    if (!accepted) return false;
    desk.status = status;
    if (JSON.stringify(status) === JSON.stringify(before)) return true;
    if (status.state !== before.state)
      this.parts.log.info(`agent ${person.extension} ${before.state} → ${status.state}`);
    this.tellEngine(person, desk);
    this.parts.stateLog.append(person.id, status);
    this.parts.publish(person.id, { type: 'agent.status', status });
    return true;
  }

  /** A planned break pauses at once, so that nothing is offered between the call's end and the break. */
  private tellEngine(person: Person, desk: Desk): void {
    const { state, reason, nextBreak } = desk.status;
    const isPaused = state === 'signed-out' || state === 'on-break' || nextBreak !== null;
    if (isPaused === desk.isPaused) return;
    desk.isPaused = isPaused;
    this.parts.telephony
      .setMemberPaused(person.extension, isPaused, isPaused ? (reason ?? nextBreak) : null)
      .catch((error: unknown) => this.parts.log.error(`pausing ${person.extension} failed: ${String(error)}`));
  }
}
