import type { Clock } from '../../src-shared/base/clock';
import { type ConsultContext, consultReasonLimit } from '../../src-shared/consult/consult-context';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import { callRecords } from '../database/call-table';
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
  async ask(by: Person, { callId, to, reason }: Asked): Promise<void> {
    const { directory, callsWritten } = this.parts;
    const checkTalking = (): void => {
      if (!this.parts.runningCalls.talksIn(by.extension, callId)) throw new AppError('call/unknown');
    };
    checkTalking();
    if (directory.personAt(to) === undefined) throw new AppError('not-found', 'no such colleague');
    if (to === by.extension) throw new AppError('call/not-allowed', 'oneself');
    await callsWritten();
    const context = await this.contextOf(by, callId, cleanCallerText(reason, consultReasonLimit));
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
