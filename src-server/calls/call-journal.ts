import { basename } from 'node:path';
import type { Clock } from '../../src-shared/base/clock';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import type { OfferOutcome } from '../../src-shared/call/offer-outcome';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import type { AgentDirectory } from '../agents/agent-directory';
import {
  appendCallEvent,
  endCall,
  endLeg,
  insertCall,
  insertLeg,
  markContinuedIn,
  markLegAnswered,
  markLegHeld,
  markLegOffered,
  markLegResumed,
  markQueueJoined,
  markQueueLeft,
} from '../database/call-journal-table';
import { type CallEventRecord, callRecords, hasCall, openCallIds } from '../database/call-table';
import { customerNameOf } from '../database/customer-table';
import { endOffer, insertOffer } from '../database/offer-table';
import { finishRecording, insertRecording, openRecordings } from '../database/recording-table';
import type { WritableDb } from '../database/tables';
import { wavDurationMs } from '../recordings/wav-duration';
import type { ServerLog } from '../server-log';
import type { TelephonyEvent } from '../telephony/telephony';
import { recentCallOf } from './call-views';
import { offerOutcomeOf } from './offer-outcome-of';
import { OrderedWriter } from './ordered-writer';
import { recordingsChanged, type RecordWriterParts, writeRecordsOf } from './record-writer';

type CallTelephonyEvent = Extract<TelephonyEvent, { readonly callId: string }>;
type Offered = Extract<TelephonyEvent, { type: 'offered' }>;
type StartedCall = Extract<TelephonyEvent, { type: 'call-started' }>;

export interface CallJournalParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly recordingsFolder: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Whether an extension's phone can ring at this moment. */
  readonly isReachable: (extension: string) => boolean;
  /** Told after the row is written, once for each person whose phone took part. */
  readonly onJournalled: (personId: string, call: RecentCall) => void;
}

/** After these a person's view of the call is another one. */
const visibleChanges: ReadonlySet<TelephonyEvent['type']> = new Set([
  'leg-started',
  'leg-answered',
  'leg-ended',
  'recording-finished',
  'call-ended',
]);

/** Whoever transfers is done, whatever becomes of the call; everybody else's record waits for its end. */
const isEndForSomebody = (event: TelephonyEvent): boolean =>
  event.type === 'call-ended' || (event.type === 'leg-ended' && event.cause === 'transferred');

/** Keys pressed in a call may be a card number or a PIN: that a key was pressed is history, which one is not. */
function withoutSecrets<T extends object>(fact: T): Omit<T, 'digit'> {
  const { digit: _digit, ...kept } = { digit: undefined, ...fact };
  return kept;
}

/**
 * The one truth about what happened. Every fact of the engine is appended to the call's history and to its figures in one transaction,
 * in the order in which it was reported. A regular end of the server waits until all is written.
 */
export class CallJournal {
  private readonly writer: OrderedWriter;
  /** Which somebody sees differently now, and has not been told of. */
  private readonly changedCalls = new Set<string>();
  /** Running calls that are known to be in the database. */
  private readonly runningCalls = new Set<string>();
  private readonly records: RecordWriterParts;
  constructor(private readonly parts: CallJournalParts) {
    this.writer = new OrderedWriter({ ...parts, onSomeWritten: () => this.announceChanged() });
    this.records = { accountIdOf: personId => parts.directory.person(personId)?.accountId ?? null };
  }

  /** Closes what a crash left open: such a call ended as `failed` at its last known moment. */
  async start(): Promise<void> {
    const { db, clock, log, recordingsFolder } = this.parts;
    for (const recording of await openRecordings(db)) {
      const durationMs = await wavDurationMs(recordingsFolder, recording.file);
      await db.transaction().execute(async transaction => {
        await finishRecording(transaction, recording.id, durationMs, clock.now());
        await recordingsChanged(transaction, recording.callId, this.records);
      });
    }
    const open = await openCallIds(db);
    for (const callId of open) {
      const at = clock.now();
      await db.transaction().execute(async transaction => {
        await appendCallEvent(transaction, callId, {
          at,
          type: 'call-ended',
          legId: null,
          detail: JSON.stringify({ cause: 'failed', isAfterRestart: true }),
        });
        await endCall(transaction, callId, 'failed', at);
        await writeRecordsOf(transaction, callId, this.records);
      });
    }
    if (open.length > 0) log.warn(`${open.length} calls were open when the server last stopped: closed as failed`);
  }

  /** Takes a fact; written in turn. */
  hear(event: TelephonyEvent): void {
    if (!('callId' in event)) return;
    // Decided now: when it is written the phone may be back.
    const outcome =
      event.type === 'offer-ended'
        ? offerOutcomeOf(event.cause, { isReachable: this.parts.isReachable(event.extension) })
        : null;
    this.writer.add({ what: event.type, write: db => this.write(db, event, outcome) });
  }

  /** The engine tells that a conference begins, not of which consultation it came: that is known by who asked for it. */
  continues(consultCallId: string, callId: string): void {
    this.writer.add({ what: 'link of calls', write: db => markContinuedIn(db, consultCallId, callId) });
  }

  /** What no engine sees, into the history of a call. */
  add(callId: string, event: CallEventRecord): void {
    this.writer.add({ what: event.type, write: db => appendCallEvent(db, callId, event) });
  }

  /** Resolves when everything heard so far is written. */
  settled(): Promise<void> {
    return this.writer.settled();
  }

  private async write(db: WritableDb, event: CallTelephonyEvent, outcome: OfferOutcome | null): Promise<void> {
    const { at, type, callId, ...rest } = event;
    if (type !== 'call-started' && !this.runningCalls.has(callId) && !(await hasCall(db, callId))) {
      this.parts.log.warn(`journal: ${type} of unknown call ${callId}`);
      return;
    }
    await this.applyTo(db, event);
    if (event.type === 'offer-ended' && outcome !== null) await endOffer(db, event.legId, outcome, Math.round(at));
    const { legId, ...detail } = { legId: null, ...withoutSecrets(rest) };
    await appendCallEvent(db, callId, { at: Math.round(at), type, legId, detail: JSON.stringify(detail) });
    if (type === 'recording-finished') await recordingsChanged(db, callId, this.records);
    else if (isEndForSomebody(event)) await writeRecordsOf(db, callId, this.records);
    if (visibleChanges.has(type)) this.changedCalls.add(callId);
    if (type === 'call-ended') this.runningCalls.delete(callId);
    else this.runningCalls.add(callId);
  }

  private async applyTo(db: WritableDb, event: CallTelephonyEvent): Promise<void> {
    const at = Math.round(event.at);
    switch (event.type) {
      case 'call-started':
        return this.startCall(db, event, at);
      case 'leg-started': {
        const person = event.extension === null ? undefined : this.parts.directory.personAt(event.extension);
        const { legId: id, callId: call_id, role, number, extension } = event;
        return insertLeg(db, {
          id,
          call_id,
          role,
          number: cleanCallerText(number),
          extension,
          person_id: person?.id ?? null,
          started_at: at,
        });
      }
      case 'queue-joined':
        return markQueueJoined(db, event.callId, event.queueId, at);
      case 'queue-left':
        return markQueueLeft(db, event.callId, event.cause, at);
      case 'leg-answered':
        return markLegAnswered(db, event.callId, event.legId, at);
      case 'leg-held':
        return markLegHeld(db, event.legId, at);
      case 'leg-resumed':
        return markLegResumed(db, event.legId, at);
      case 'leg-ended':
        return endLeg(db, event.legId, event.cause, at);
      case 'recording-started':
        return insertRecording(db, {
          id: event.recordingId,
          callId: event.callId,
          file: basename(event.file),
          startedAt: at,
        });
      case 'recording-finished':
        return finishRecording(db, event.recordingId, Math.round(event.durationMs), at);
      case 'call-ended':
        return endCall(db, event.callId, event.cause, at);
      case 'offered':
        return this.startOffer(db, event, at);
      case 'transfer-started':
        return event.consultCallId === null ? undefined : markContinuedIn(db, event.consultCallId, event.callId);
      case 'offer-ended':
      case 'leg-ringing':
      case 'dtmf':
      case 'transfer-ended':
      case 'conference-started':
      case 'conference-ended':
      case 'leg-muted':
      case 'leg-unmuted':
      case 'recording-paused':
      case 'recording-resumed':
        return undefined;
    }
  }

  private async startOffer(db: WritableDb, event: Offered, at: number): Promise<void> {
    const { legId, callId, extension, queueId } = event;
    await markLegOffered(db, legId, queueId);
    await insertOffer(db, {
      leg_id: legId,
      call_id: callId,
      extension,
      person_id: this.parts.directory.personAt(extension)?.id ?? null,
      queue_id: queueId,
      offered_at: at,
    });
  }

  /** Names are resolved once, when the call starts: history does not change when a customer is renamed. */
  private async startCall(db: WritableDb, event: StartedCall, at: number): Promise<void> {
    const nameOf = async (number: string): Promise<string | null> =>
      this.parts.directory.personAt(number)?.displayName ??
      (await customerNameOf(db, number)) ??
      this.parts.directory.queueAt(number)?.name ??
      null;
    const sentName = event.from.name === null ? '' : cleanCallerText(event.from.name);
    await insertCall(db, {
      id: event.callId,
      direction: event.direction,
      from_number: cleanCallerText(event.from.number),
      from_name: (await nameOf(event.from.number)) ?? (sentName === '' ? null : sentName),
      to_number: cleanCallerText(event.to.number),
      to_name: await nameOf(event.to.number),
      started_at: at,
    });
  }

  private async announceChanged(): Promise<void> {
    const callIds = [...this.changedCalls];
    this.changedCalls.clear();
    for (const record of (await callRecords(this.parts.db, callIds)).toReversed())
      for (const personId of new Set(record.legs.flatMap(leg => leg.personId ?? [])))
        this.parts.onJournalled(personId, recentCallOf(record, personId));
  }
}
