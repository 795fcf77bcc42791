import { type AgentEvent, type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import { signInBreakReason, transitionAgent } from '../../src-shared/agent/transition-agent';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { WantedAvailability } from '../../src-shared/server-api/agent-routes';
import type { Person } from '../database/person-table';
import { InTurn } from '../in-turn';
import type { PolicyDesk } from '../policy/policy-desk';
import type { ServerLog } from '../server-log';
import type { Telephony, TelephonyEvent } from '../telephony/telephony';
import { AgentCalls } from './agent-calls';
import type { AgentDirectory } from './agent-directory';
import type { AgentStateLog } from './agent-state-log';
import { availabilityAsked, isAtWork, isWorking, queuePauseAsked } from './asked-states';
import { withBreakDetails } from './break-details';
import { LineWatch } from './line-watch';
import { MembersInEngine, type MembersInEngineParts } from './members-in-engine';
import { Retries } from './retries';

/** After a restart phones need longer to come back: their apps must notice first. */
const graceAfterRestartMs = 60_000;

interface Desk {
  status: AgentStatus;
  changedById: string | null;
}
/** Gives the state that follows; asked again when the engine has confirmed, because facts may have come in between. */
type Decide = (present: AgentStatus) => AgentStatus;

export interface AgentDeskParts {
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
  readonly policy: PolicyDesk;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly stateLog: AgentStateLog;
  /** Told after every change of a state. */
  readonly onChanged: (person: Person, status: AgentStatus, before: AgentStatus) => void;
  /** Told when somebody's phone can, or can no longer, be reached. */
  readonly onLine: (person: Person, at: number) => void;
  readonly owesWrapUp: (personId: string, callId: string | null) => boolean;
  readonly willOweWrapUp: MembersInEngineParts['willOweWrapUp'];
}

/**
 * Owns everybody's availability. People ask, one after the other for each person; the state changes when the engine has confirmed and
 * stays as it was when it refuses. What telephones do is a fact and changes the state at once; the engine is told afterwards.
 */
export class AgentDesk {
  private readonly desks = new Map<string, Desk>();
  private readonly turns = new InTurn();
  private readonly calls: AgentCalls;
  private readonly lines: LineWatch;
  private readonly retries: Retries;
  private readonly members: MembersInEngine;

  constructor(private readonly parts: AgentDeskParts) {
    const { directory, clock, telephony, policy, owesWrapUp } = parts;
    const apply = (person: Person, event: AgentEvent): void => this.apply(person, event);
    this.retries = new Retries(clock);
    const { turns, retries } = this;
    this.members = new MembersInEngine({ ...parts, turns, retries, statusOf: personId => this.statusOf(personId) });
    this.calls = new AgentCalls({ directory, owesWrapUp, apply });
    this.lines = new LineWatch({
      clock,
      telephony,
      graceMs: () => policy.policy.line.graceMs,
      onLost: extension => this.lineLost(extension),
      onBack: extension => this.lineBack(extension),
    });
  }

  statusOf(personId: string): AgentStatus {
    return this.desk(personId).status;
  }

  /** Signed in and not on a break. */
  isAtWork(personId: string): boolean {
    return isAtWork(this.statusOf(personId));
  }

  isReachable(person: Person): boolean {
    return this.lines.isReachable(person.extension);
  }

  /** On a second machine the state goes on as it is; the line has to come there in time. */
  signedIn(person: Person): void {
    this.apply(person, { type: 'signed-in' });
    if (this.isAtWork(person.id) && !this.isReachable(person)) this.lines.expect(person.extension);
  }

  /**
   * The person goes on at another machine: what rings at this one will not be heard there. Work whose phone was gone, as after a crash, is
   * not taken up by itself: nobody has seen yet that the next one is ready.
   */
  async movesElsewhere(person: Person): Promise<void> {
    if (this.isAtWork(person.id) && !this.isReachable(person)) await this.signedOut(person);
    else await this.withdraw(person);
  }

  /** Out of the queues first; an engine that is away keeps nobody here. */
  async signedOut(person: Person): Promise<void> {
    await this.turns.do(person.id, async () => {
      const out = (): AgentStatus => ({
        ...this.moved(this.statusOf(person.id), { type: 'signed-out' }),
        queuePauses: [],
        changedBy: null,
      });
      await this.members
        .bring(person, out())
        .catch((error: unknown) =>
          this.parts.log.warn(`agent ${person.extension} signs out, the engine is told later: ${String(error)}`),
        );
      await this.withdraw(person);
      this.set(person, out());
    });
  }

  /** Goes on after a restart with what the person last was. Their calls ended with the server, so who worked is free again. */
  async resume(person: Person, last: AgentStatus | null): Promise<void> {
    this.apply(person, { type: 'signed-in' });
    if (last === null || last.state === 'signed-out') return;
    const signedIn = { ...this.statusOf(person.id), queuePauses: last.queuePauses, changedBy: last.changedBy };
    if (last.state === 'on-break') {
      const { reason, reasonText, breakUntil, since } = last;
      this.set(person, { ...signedIn, reason, reasonText, breakUntil, since });
    } else if (this.parts.owesWrapUp(person.id, null)) {
      this.set(person, { ...signedIn, state: 'wrap-up', reason: null, nextBreak: last.nextBreak, since: last.since });
      if (!this.isReachable(person)) this.lines.expect(person.extension, graceAfterRestartMs);
    } else if (last.nextBreak !== null)
      this.set(person, this.moved(signedIn, { type: 'break-started', reason: last.nextBreak }));
    else {
      this.set(person, signedIn);
      if (!this.isReachable(person)) this.lines.expect(person.extension, graceAfterRestartMs);
      const free: Decide = status =>
        status.reason === signInBreakReason ? this.moved(status, { type: 'became-available' }) : status;
      await this.changeUntilConfirmed(person, free);
    }
  }

  /**
   * What a person asks for, or somebody else for them. During work a break is planned for afterwards, and `available` takes the plan
   * back. Asking twice changes nothing.
   * @throws AppError `agent/not-allowed`, `agent/reason-unknown`, `agent/not-confirmed`, `line/not-ready`, `line/phone-not-registered`
   */
  async setAvailability(person: Person, wanted: WantedAvailability, by: Person | null = null): Promise<AgentStatus> {
    const parts = {
      move: (status: AgentStatus, event: AgentEvent) => this.moved(status, event),
      by,
      hasDeskPhone: person.deskPhone !== null,
      isReasonKnown: (id: string) => this.parts.policy.reason(id) !== undefined,
    };
    const decide: Decide = status =>
      availabilityAsked(status, wanted, { ...parts, isReachable: this.isReachable(person) });
    const status = await this.change(person, decide, by);
    if (by !== null && wanted.state === 'on-break') await this.withdraw(person);
    return status;
  }

  /** Takes no calls of one queue, or takes them again. @throws AppError like `setAvailability`, and `not-found` */
  async setQueuePause(person: Person, queueId: string, reason: string | null): Promise<AgentStatus> {
    const { directory, policy } = this.parts;
    return this.change(person, status => {
      if (!directory.queueIdsOf(person.id).includes(queueId)) throw new AppError('not-found', `not in ${queueId}`);
      return queuePauseAsked(status, { queueId, reason }, id => policy.reason(id) !== undefined);
    });
  }

  /** The work after a call is done, or its time is over: available, or the break that was planned. */
  async wrapUpDone(person: Person): Promise<void> {
    await this.changeUntilConfirmed(person, status => this.moved(status, { type: 'wrap-up-done' }));
  }

  hear(event: TelephonyEvent): void {
    this.lines.hear(event);
    this.calls.hear(event);
    const isOfLine = event.type === 'line-registered' || event.type === 'line-unregistered';
    if (!isOfLine && event.type !== 'line-signalling-lost') return;
    const person = this.parts.directory.personAt(event.extension);
    if (person !== undefined) this.parts.onLine(person, event.at);
  }

  /** People or queues are others: pauses of queues that are gone go too, and the engine is told of members anew. */
  directoryChanged(): void {
    for (const person of this.parts.directory.everybody()) {
      const desk = this.desks.get(person.id);
      if (desk === undefined || desk.status.queuePauses.length === 0) continue;
      const queueIds = this.parts.directory.queueIdsOf(person.id);
      this.members.forget(person);
      const queuePauses = desk.status.queuePauses.filter(({ queueId }) => queueIds.includes(queueId));
      this.set(person, { ...desk.status, queuePauses });
      this.members.tell(person);
    }
  }

  /** What still happens while the engine stops is written down; nothing is tried again. */
  stop(): void {
    this.lines.stop();
    this.retries.stop();
  }

  private lineLost(extension: string): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined || !this.isAtWork(person.id)) return;
    const paused: Decide = status =>
      this.lines.isReachable(extension)
        ? status
        : this.moved(status, { type: isWorking(status) ? 'break-planned' : 'break-started', reason: 'line' });
    this.parts.log.info(`agent ${extension} is paused: the line is gone`);
    void this.changeUntilConfirmed(person, paused);
  }

  /** Who lost the line on the break is asked to come back; who is still in the call that it outlived need not be. */
  private lineBack(extension: string): void {
    const person = this.parts.directory.personAt(extension);
    if (person === undefined || this.statusOf(person.id).nextBreak !== 'line') return;
    void this.changeUntilConfirmed(person, status =>
      status.nextBreak === 'line' ? this.moved(status, { type: 'break-planned', reason: null }) : status,
    );
  }

  private desk(personId: string): Desk {
    const known = this.desks.get(personId);
    if (known !== undefined) return known;
    const desk: Desk = { status: signedOutStatus(this.parts.clock.now()), changedById: null };
    this.desks.set(personId, desk);
    return desk;
  }

  /** The state after an event; the same state when the machine does not take it. */
  private moved(status: AgentStatus, event: AgentEvent): AgentStatus {
    const { status: after, accepted } = transitionAgent(status, event, this.parts.clock.now());
    return accepted ? withBreakDetails(status, after, id => this.parts.policy.reason(id)) : status;
  }

  /** A fact. Who changed the state is told while what they wanted stands. */
  private apply(person: Person, event: AgentEvent): void {
    const after = this.moved(this.statusOf(person.id), event);
    const isOthersWish = after.state === 'on-break' || after.nextBreak !== null;
    this.set(person, isOthersWish ? after : { ...after, changedBy: null });
  }

  private change(person: Person, decide: Decide, by: Person | null = null): Promise<AgentStatus> {
    return this.turns.do(person.id, async () => {
      const wanted = decide(this.statusOf(person.id));
      await this.members.bring(person, wanted).catch((error: unknown) => {
        this.members.tellLater(person);
        this.parts.log.warn(`agent ${person.extension} stays as before: ${String(error)}`);
        throw new AppError('agent/not-confirmed', `${person.extension} stays as before: ${String(error)}`);
      });
      this.set(person, decide(this.statusOf(person.id)), by);
      return this.statusOf(person.id);
    });
  }

  /** For what nobody waits for: asks again until the engine takes it. `decide` says when there is nothing to do any more. */
  private async changeUntilConfirmed(person: Person, decide: Decide): Promise<void> {
    try {
      await this.change(person, decide);
    } catch (error) {
      this.parts.log.warn(`agent ${person.extension}, again later: ${String(error)}`);
      this.retries.later(() => void this.changeUntilConfirmed(person, decide));
    }
  }

  private async withdraw({ id, extension }: Person): Promise<void> {
    if (!this.calls.isOfferedByQueue(id)) return;
    await this.parts.telephony
      .withdrawOffers(extension)
      .catch((error: unknown) => this.parts.log.warn(`still rings at ${extension}: ${String(error)}`));
  }

  private set(person: Person, status: AgentStatus, by: Person | null = null): void {
    const desk = this.desk(person.id);
    const before = desk.status;
    if (JSON.stringify(status) === JSON.stringify(before)) return;
    const { clock, directory, log, stateLog, onChanged } = this.parts;
    desk.status = status;
    desk.changedById = status.changedBy === null ? null : (by?.id ?? desk.changedById);
    if (status.state !== before.state) log.info(`agent ${person.extension} ${before.state} → ${status.state}`);
    // Who was removed has no history any more.
    if (directory.person(person.id) !== undefined)
      stateLog.append({ at: clock.now(), personId: person.id, status, changedById: desk.changedById });
    onChanged(person, status, before);
    this.members.tell(person);
  }
}
