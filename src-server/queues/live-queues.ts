import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Clock } from '../../src-shared/base/clock';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { LiveQueue } from '../../src-shared/queues/live-queue';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { RunningCalls } from '../calls/running-calls';
import type { Person } from '../database/person-table';
import type { ServerLog } from '../server-log';
import type { CallControl, TelephonyEvent } from '../telephony/telephony';
import { maskedNumber, shownParty } from '../../src-shared/customers/masked-number';
import { type LineCaller, QueueLines } from './queue-lines';

/** Nobody is told more often than ten times a second. */
const tellEveryMs = 100;
/** A centre so large that telling takes long is told less often: at most a fifth of the time is spent on it. */
const longestTellEveryMs = 500;
/** What facts may have left out, for example while a connection to the engine was down, is read back. */
const readBackEveryMs = 5_000;

export interface LiveQueuesParts {
  readonly directory: AgentDirectory;
  readonly telephony: Pick<CallControl, 'waitingCallers'>;
  readonly runningCalls: RunningCalls;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly numbers: () => AgentPolicy['numbers'];
  readonly statusOf: (personId: string) => AgentStatus;
  readonly isReachable: (person: Person) => boolean;
  readonly customerNameOf: (number: string) => Promise<string | null>;
  readonly undoOf: (queueId: string) => LiveQueue['undo'];
  /** Tells a person; of several the newest is enough. */
  readonly publish: (personId: string, event: LiveEvent) => void;
}

/** The queues as they are now, told to everybody whom they concern: often enough to be true, seldom enough to drown nobody. */
export class LiveQueues {
  readonly lines = new QueueLines();
  private readonly changed = new Set<string>();
  private readonly cancels = new Map<'tell' | 'read-back', () => void>();
  private waitMs = tellEveryMs;

  constructor(private readonly parts: LiveQueuesParts) {}

  start(): void {
    this.readBackLater();
  }

  stop(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }

  /** To be called after `runningCalls` has heard the same. */
  hear(event: TelephonyEvent): void {
    const changed = this.lines.hear(event, callId => this.callerOf(callId));
    for (const queueId of changed) this.mark(queueId);
    if (event.type === 'queue-joined') void this.nameCaller(event.callId);
  }

  /** Somebody's state, reachability or membership is otherwise. */
  agentChanged(person: Person): void {
    for (const queueId of this.parts.directory.queueIdsOf(person.id)) this.mark(queueId);
  }

  /** Queues, members or policy are otherwise. */
  everythingChanged(): void {
    for (const { id } of this.parts.directory.queues()) this.mark(id);
  }

  mark(queueId: string): void {
    this.changed.add(queueId);
    if (this.cancels.has('tell')) return;
    this.cancels.set(
      'tell',
      this.parts.clock.after(this.waitMs, () => this.tell()),
    );
  }

  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    return person === undefined ? [] : [{ type: 'queues.live', queues: this.views(this.queueIdsFor(person)) }];
  }

  /** Queues that this person may see. */
  queueIdsFor(person: Person): readonly string[] {
    const { directory } = this.parts;
    return person.role === 'agent' ? directory.queueIdsOf(person.id) : directory.queues().map(({ id }) => id);
  }

  shownNumber(number: string): string {
    return this.parts.numbers() === 'masked' ? maskedNumber(number) : number;
  }

  private tell(): void {
    this.cancels.delete('tell');
    const { directory, statusOf, publish, clock } = this.parts;
    const startedAt = clock.monotonic();
    const changed = new Set(this.changed);
    this.changed.clear();
    // Who sees the same queues is told the same object.
    const events = new Map<string, LiveEvent>();
    for (const person of directory.everybody()) {
      if (statusOf(person.id).state === 'signed-out') continue;
      const queueIds = this.queueIdsFor(person);
      if (!queueIds.some(id => changed.has(id))) continue;
      const key = queueIds.join(' ');
      const event = events.get(key) ?? { type: 'queues.live', queues: this.views(queueIds) };
      events.set(key, event);
      publish(person.id, event);
    }
    this.waitMs = Math.min(longestTellEveryMs, Math.max(tellEveryMs, (clock.monotonic() - startedAt) * 5));
  }

  private views(queueIds: readonly string[]): LiveQueue[] {
    const wanted = new Set(queueIds);
    return this.parts.directory.queues().flatMap(({ id, name }) => (wanted.has(id) ? [this.view(id, name)] : []));
  }

  private view(queueId: string, name: string): LiveQueue {
    const { directory, statusOf, isReachable, undoOf } = this.parts;
    const members = directory.everybody().filter(person => directory.queueIdsOf(person.id).includes(queueId));
    const count = (isCounted: (person: Person, status: AgentStatus) => boolean): number =>
      members.filter(person => isCounted(person, statusOf(person.id))).length;
    return {
      queueId,
      name,
      callers: this.lines.of(queueId).map((caller, index) => ({ ...this.shown(caller), position: index + 1 })),
      agentsFree: count(
        (person, { state, queuePauses }) =>
          state === 'available' && !queuePauses.some(pause => pause.queueId === queueId) && isReachable(person),
      ),
      agentsTalking: count((_person, { state }) => state === 'on-call'),
      agentsSignedIn: count((_person, { state }) => state !== 'signed-out'),
      undo: undoOf(queueId),
    };
  }

  private shown(caller: LineCaller): LineCaller {
    return { ...caller, ...shownParty(caller, this.parts.numbers()) };
  }

  /** Whoever waits is the one outside the centre, also in a call that a colleague sent here. */
  private callerOf(callId: string): { number: string; name: string | null } {
    const call = this.parts.runningCalls.call(callId);
    if (call === undefined) return { number: '', name: null };
    const outside = call.legs.find(leg => leg.extension === null && leg.endCause === null)?.number;
    const number = outside ?? call.from.number;
    const sent = call.from.name === null || number !== call.from.number ? '' : cleanCallerText(call.from.name);
    const colleague = this.parts.directory.personAt(number)?.displayName;
    return { number: cleanCallerText(number), name: colleague ?? (sent === '' ? null : sent) };
  }

  private async nameCaller(callId: string): Promise<void> {
    const { customerNameOf, log } = this.parts;
    const name = await customerNameOf(this.callerOf(callId).number).catch((error: unknown) => {
      log.warn(`no name for a waiting caller: ${String(error)}`);
      return null;
    });
    const queueId = name === null ? null : this.lines.change(callId, { name });
    if (queueId !== null) this.mark(queueId);
  }

  private readBackLater(): void {
    this.cancels.set(
      'read-back',
      this.parts.clock.after(readBackEveryMs, () => {
        for (const { id } of this.parts.directory.queues())
          this.readBack(id).catch((error: unknown) => this.parts.log.debug(`queue ${id} not read: ${String(error)}`));
        this.readBackLater();
      }),
    );
  }

  /** An answer that a fact has overtaken is thrown away: the next look will see. */
  private async readBack(queueId: string): Promise<void> {
    const { telephony, clock } = this.parts;
    const version = this.lines.version(queueId);
    const callers = await telephony.waitingCallers(queueId);
    if (this.lines.version(queueId) === version && this.lines.correct(queueId, callers, clock.now())) {
      this.mark(queueId);
      for (const { callId, name } of this.lines.of(queueId)) if (name === null) await this.nameCaller(callId);
    }
  }
}
