import type { AgentStatus } from '../../src-shared/agent/agent-state';
import { signInBreakReason } from '../../src-shared/agent/transition-agent';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentPolicy, WrapUpPolicy } from '../../src-shared/policy/agent-policy';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { WrapUp } from '../../src-shared/wrap-up/wrap-up';
import type { AgentDirectory } from '../agents/agent-directory';
import type { RunningCalls } from '../calls/running-calls';
import { customerNameOf } from '../database/customer-table';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import { untilReachable } from '../database/until-reachable';
import { endWrapUp, openWrapUps, putWrapUp } from '../database/wrap-up-table';
import { shownParty } from '../../src-shared/customers/masked-number';
import type { ServerLog } from '../server-log';
import type { TelephonyEvent } from '../telephony/telephony';

type Owed = Pick<WrapUp, 'callId' | 'queueId' | 'customerNumber' | 'customerName'>;

export interface WrapUpDeskParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly runningCalls: RunningCalls;
  readonly policy: () => AgentPolicy;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly publish: (personId: string, event: LiveEvent) => void;
  /** Resolves when the journal has the calls heard so far. */
  readonly callsWritten: () => Promise<void>;
  /** Free again, or on the break that was planned, once the engine has confirmed. */
  readonly onDone: (person: Person) => Promise<void>;
}

/**
 * The work after queue calls: when it begins, how long it lasts, what ends it. The state of the person follows; the times are kept in the
 * database, so that a restart changes nothing.
 */
export class WrapUpDesk {
  private readonly running = new Map<string, WrapUp>();
  private readonly timers = new Map<string, () => void>();
  /** Calls that are over for somebody and after which there is work to be done. */
  private readonly owed = new Map<string, Owed>();
  private isStopped = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WrapUpDeskParts) {}

  /** Takes up what ran when the server stopped. */
  async start(): Promise<void> {
    const { db, clock } = this.parts;
    for (const { personId, wrapUp } of await openWrapUps(db)) {
      if (wrapUp.endsAt <= clock.now()) await endWrapUp(db, personId, wrapUp.callId, wrapUp.endsAt);
      else this.run(personId, wrapUp);
    }
  }

  stop(): void {
    this.isStopped = true;
    for (const cancel of this.timers.values()) cancel();
  }

  /** Resolves when everything so far is written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  /** As the person may see it. */
  of(personId: string): WrapUp | null {
    const wrapUp = this.running.get(personId);
    return wrapUp === undefined ? null : this.shown(wrapUp);
  }

  owes(personId: string): boolean {
    return this.owed.has(personId) || this.running.has(personId);
  }

  /** Talks in a call after which there will be work to be done: the queues must not offer the next one in between. */
  willOwe(person: Person): boolean {
    return this.parts.runningCalls
      .of(person.extension)
      .some(({ legs }) =>
        legs.some(
          leg =>
            leg.extension === person.extension &&
            leg.answeredAt !== null &&
            leg.endCause === null &&
            this.policyOf(leg.queueId) !== null,
        ),
      );
  }

  /** To be called after `runningCalls`, and before the agents’ states have heard the same. */
  hear(event: TelephonyEvent): void {
    if (event.type !== 'leg-ended') return;
    const { runningCalls, directory } = this.parts;
    const call = runningCalls.call(event.callId);
    const leg = call?.legs.find(({ legId }) => legId === event.legId);
    if (call === undefined || leg === undefined || leg.extension === null || leg.answeredAt === null) return;
    const person = directory.personAt(leg.extension);
    if (person === undefined || leg.queueId === null || this.policyOf(leg.queueId) === null) return;
    const outside = call.legs.find(({ extension }) => extension === null);
    const customerNumber = outside?.number ?? call.from.number;
    const customerName = customerNumber === call.from.number ? call.from.name : null;
    this.owed.set(person.id, { callId: call.callId, queueId: leg.queueId, customerNumber, customerName });
  }

  /** Told of every change of a state. */
  stateChanged(person: Person, { state, reason }: AgentStatus): void {
    if (state === 'wrap-up') this.begin(person.id);
    // Signed in anew, as after a restart: the work is still there.
    else if (state === 'on-break' && reason === signInBreakReason) return;
    else if (state === 'available' || state === 'on-break' || state === 'signed-out') {
      this.owed.delete(person.id);
      this.finish(person.id);
    }
  }

  /** @throws AppError `wrap-up/over`, `wrap-up/no-more-time` */
  extend(personId: string): WrapUp {
    const wrapUp = this.running.get(personId);
    if (wrapUp === undefined) throw new AppError('wrap-up/over', 'there is no work after a call');
    const policy = this.policyOf(wrapUp.queueId);
    if (policy?.mode !== 'extendable' || wrapUp.extensionsLeft <= 0)
      throw new AppError('wrap-up/no-more-time', 'extended as often as may be');
    const longer = {
      ...wrapUp,
      endsAt: wrapUp.endsAt + policy.extensionSeconds * 1000,
      extensionsLeft: wrapUp.extensionsLeft - 1,
    };
    this.run(personId, longer);
    this.tell(personId, longer);
    return this.shown(longer);
  }

  /** The work after this call is done; of another call, or long done, nothing changes. */
  async done(person: Person, callId: string): Promise<void> {
    if (this.running.get(person.id)?.callId === callId) await this.end(person.id);
  }

  private begin(personId: string): void {
    const owed = this.owed.get(personId);
    const policy = owed === undefined ? null : this.policyOf(owed.queueId);
    this.owed.delete(personId);
    if (owed === undefined || policy === null) return;
    this.finish(personId);
    const startedAt = this.parts.clock.now();
    const extensionsLeft = policy.mode === 'extendable' ? policy.extensions : 0;
    const wrapUp = { ...owed, startedAt, endsAt: startedAt + policy.seconds * 1000, extensionsLeft };
    this.run(personId, wrapUp);
    this.tell(personId, wrapUp);
    this.write('named', () => this.name(personId, wrapUp));
  }

  private async name(personId: string, { callId, customerNumber }: WrapUp): Promise<void> {
    const customerName = await customerNameOf(this.parts.db, customerNumber);
    const present = this.running.get(personId);
    if (customerName === null || present?.callId !== callId) return;
    const named = { ...present, customerName };
    this.running.set(personId, named);
    await putWrapUp(this.parts.db, personId, named);
    this.parts.publish(personId, { type: 'wrap-up.changed', wrapUp: this.shown(named) });
  }

  private run(personId: string, wrapUp: WrapUp): void {
    this.running.set(personId, wrapUp);
    this.timers.get(personId)?.();
    if (this.isStopped) return;
    const leftMs = Math.max(0, wrapUp.endsAt - this.parts.clock.now());
    this.timers.set(
      personId,
      this.parts.clock.after(leftMs, () => void this.end(personId)),
    );
  }

  /** The state goes first: the form is there until the engine has confirmed. */
  private async end(personId: string): Promise<void> {
    const wrapUp = this.running.get(personId);
    const person = this.parts.directory.person(personId);
    if (person !== undefined) await this.parts.onDone(person);
    if (this.running.get(personId) === wrapUp) this.finish(personId);
  }

  private finish(personId: string): void {
    const wrapUp = this.running.get(personId);
    if (wrapUp === undefined) return;
    this.running.delete(personId);
    this.timers.get(personId)?.();
    this.timers.delete(personId);
    const at = this.parts.clock.now();
    this.write('ended', () => endWrapUp(this.parts.db, personId, wrapUp.callId, at));
    this.parts.publish(personId, { type: 'wrap-up.changed', wrapUp: null });
  }

  private tell(personId: string, wrapUp: WrapUp): void {
    this.write('running', () => putWrapUp(this.parts.db, personId, wrapUp));
    this.parts.publish(personId, { type: 'wrap-up.changed', wrapUp: this.shown(wrapUp) });
  }

  private shown(wrapUp: WrapUp): WrapUp {
    const { directory, policy } = this.parts;
    const { customerNumber, customerName } = wrapUp;
    if (directory.personAt(customerNumber) !== undefined) return wrapUp;
    const { number, name } = shownParty({ number: customerNumber, name: customerName }, policy().numbers);
    return { ...wrapUp, customerNumber: number, customerName: name };
  }

  private write(what: string, work: () => Promise<void>): void {
    this.writing = this.writing
      .then(() => this.parts.callsWritten())
      .then(() => untilReachable(this.parts, 'wrap-ups', work))
      .catch((error: unknown) => this.parts.log.error(`wrap-up not written as ${what}: ${String(error)}`));
  }

  /** Null: no work after this queue's calls. */
  private policyOf(queueId: string | null): WrapUpPolicy | null {
    const policy = this.parts.policy().queues.find(queue => queue.queueId === queueId)?.wrapUp;
    return policy === undefined || policy.mode === 'none' ? null : policy;
  }
}
