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

/** So long at most is written without letting anything else happen. */
const longestBreathMs = 5;

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
 * in the order in which it was reported.
 */
export class CallJournal {
  private queue: Promise<void> = Promise.resolve();
  private breathedAt = 0;
  private readonly records: RecordWriterParts;
  constructor(private readonly parts: CallJournalParts) {
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
    this.queue = this.queue
      .then(() => this.write(event, outcome))
      .then(() => this.breathe())
      .catch((error: unknown) => this.parts.log.error(`journal: ${event.type} not written: ${String(error)}`));
  }

  /** Writing is made of promises alone, which go before timers and sockets: thousands of facts at once would let nobody else in. */
  private async breathe(): Promise<void> {
    const { clock } = this.parts;
    if (clock.monotonic() - this.breathedAt < longestBreathMs) return;
    await new Promise(done => setImmediate(done));
    this.breathedAt = clock.monotonic();
  }

  /** The engine tells that a conference begins, not of which consultation it came: that is known by who asked for it. */
  continues(consultCallId: string, callId: string): void {
    this.queue = this.queue
      .then(() => markContinuedIn(this.parts.db, consultCallId, callId))
      .catch((error: unknown) => this.parts.log.error(`journal: calls not linked: ${String(error)}`));
  }

  /** What no engine sees, into the history of a call. */
  add(callId: string, event: CallEventRecord): void {
    this.queue = this.queue
      .then(() => appendCallEvent(this.parts.db, callId, event))
      .catch((error: unknown) => this.parts.log.error(`journal: ${event.type} not written: ${String(error)}`));
  }

  /** Resolves when everything heard so far is written. */
  async settled(): Promise<void> {
    await this.queue;
  }

  private async write(event: CallTelephonyEvent, outcome: OfferOutcome | null): Promise<void> {
    const { db, log } = this.parts;
    if (event.type !== 'call-started' && !(await hasCall(db, event.callId))) {
      log.warn(`journal: ${event.type} of unknown call ${event.callId}`);
      return;
    }
    await db.transaction().execute(async transaction => {
      await this.applyTo(transaction, event);
      if (event.type === 'offer-ended' && outcome !== null)
        await endOffer(transaction, event.legId, outcome, Math.round(event.at));
      const { at, type, callId, ...rest } = event;
      const { legId, ...detail } = { legId: null, ...withoutSecrets(rest) };
      await appendCallEvent(transaction, callId, { at: Math.round(at), type, legId, detail: JSON.stringify(detail) });
      if (event.type === 'recording-finished') await recordingsChanged(transaction, callId, this.records);
      else if (isEndForSomebody(event)) await writeRecordsOf(transaction, callId, this.records);
    });
    if (visibleChanges.has(event.type)) await this.announce(event.callId);
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

  private async announce(callId: string): Promise<void> {
    for (const record of await callRecords(this.parts.db, [callId]))
      for (const personId of new Set(record.legs.flatMap(leg => leg.personId ?? [])))
        this.parts.onJournalled(personId, recentCallOf(record, personId));
  }
}
