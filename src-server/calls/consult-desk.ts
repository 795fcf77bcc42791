import type { Clock } from '../../src-shared/base/clock';
import { type ConsultContext, consultReasonLimit } from '../../src-shared/consult/consult-context';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import { type CallEventRecord, callRecords } from '../database/call-table';
import { customerNameOf } from '../database/customer-table';
import type { Person } from '../database/person-table';
import type { ReadableDb } from '../database/tables';
import { shownParty } from '../../src-shared/customers/masked-number';
import type { TelephonyEvent } from '../telephony/telephony';
import { customerOf } from './call-customer';
import { type Consult, consultAfter } from './consult-step';
import type { RunningCalls } from './running-calls';

export interface ConsultDeskParts {
  readonly db: ReadableDb;
  readonly directory: AgentDirectory;
  readonly runningCalls: RunningCalls;
  readonly clock: Clock;
  readonly numbers: () => AgentPolicy['numbers'];
  /** Resolves when the journal has the calls heard so far. */
  readonly callsWritten: () => Promise<void>;
  /** Adds to the history of a call. */
  readonly write: (callId: string, event: CallEventRecord) => void;
  /** Tells a person; of several the newest is enough. */
  readonly publish: (personId: string, event: LiveEvent) => void;
}
interface Asked {
  readonly callId: string;
  readonly to: string;
  readonly reason: string;
}

/** What colleagues are told of the customers about whom they are asked, for as long as they are concerned. */
export class ConsultDesk {
  private consults: readonly Consult[] = [];
  constructor(private readonly parts: ConsultDeskParts) {}

  /** @throws AppError `call/unknown`, `not-found`, `call/not-allowed` */
  async ask(by: Person, asked: Asked): Promise<void> {
    const { callId, to } = asked;
    const { directory, callsWritten } = this.parts;
    const reason = cleanCallerText(asked.reason, consultReasonLimit);
    const checkTalking = (): void => {
      if (!this.parts.runningCalls.talksIn(by.extension, callId)) throw new AppError('call/unknown');
    };
    checkTalking();
    const isColleague = directory.personAt(to) !== undefined;
    if (!isColleague && reason === '') throw new AppError('not-found', 'no such colleague');
    if (to === by.extension) throw new AppError('call/not-allowed', 'oneself');
    if (reason !== '') this.writeReason(by, { callId, to, reason });
    if (!isColleague) return;
    await callsWritten();
    const context = await this.contextOf(by, callId, reason);
    checkTalking();
    this.change(present => [
      ...present.filter(
        other =>
          other.context.hasCustomer || other.context.callId !== callId || other.context.by.extension !== by.extension,
      ),
      { to, context },
    ]);
  }

  /** To be called after `runningCalls` has heard the same. */
  hear(event: TelephonyEvent): void {
    if (!('callId' in event) || this.consults.length === 0) return;
    const findCall = (callId: string) => this.parts.runningCalls.call(callId);
    this.change(present => present.flatMap(consult => consultAfter(consult, event, findCall) ?? []));
  }

  /** Whether this person is being asked about the call. */
  concerns(person: Person, callId: string): boolean {
    return this.consults.some(({ to, context }) => to === person.extension && context.callId === callId);
  }

  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    return person === undefined ? [] : [this.eventFor(person.extension)];
  }

  /** Why somebody is asked, or the call is sent, belongs to its story. */
  private writeReason(by: Person, { callId, to, reason }: Asked): void {
    const { runningCalls, clock, write } = this.parts;
    const legs = runningCalls.call(callId)?.legs ?? [];
    const own = legs.find(leg => leg.extension === by.extension && leg.endCause === null);
    const detail = JSON.stringify({ to: { number: to }, reason });
    write(callId, { at: clock.now(), type: 'reason-given', legId: own?.legId ?? null, detail });
  }

  private change(next: (present: readonly Consult[]) => readonly Consult[]): void {
    const before = this.consults;
    this.consults = next(before);
    const changed = [
      ...before.filter(consult => !this.consults.includes(consult)),
      ...this.consults.filter(consult => !before.includes(consult)),
    ];
    for (const extension of new Set(changed.map(({ to }) => to))) {
      const person = this.parts.directory.personAt(extension);
      if (person !== undefined) this.parts.publish(person.id, this.eventFor(extension));
    }
  }

  private eventFor(extension: string): LiveEvent {
    const contexts = this.consults.filter(({ to }) => to === extension).map(({ context }) => context);
    return { type: 'consult.contexts', contexts };
  }

  private async contextOf(by: Person, callId: string, reason: string): Promise<ConsultContext> {
    const { db, clock, numbers } = this.parts;
    const [record] = await callRecords(db, [callId]);
    if (record === undefined) throw new AppError('call/unknown');
    const { number, name } = customerOf(record, by.extension);
    const known = { number, name: name ?? (await customerNameOf(db, number)) };
    return {
      callId,
      consultCallId: null,
      by: { extension: by.extension, name: by.displayName },
      reason,
      queueName: record.queueName,
      customer: shownParty(known, numbers()),
      startedAt: record.startedAt,
      waitedMs: record.queueWaitMs,
      answeredAt: record.answeredAt,
      askedAt: clock.now(),
      hasCustomer: false,
    };
  }
}
