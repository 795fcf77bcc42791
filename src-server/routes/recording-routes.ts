import { AppError } from '../../src-shared/errors/app-error';
import type { Clock } from '../../src-shared/base/clock';
import { qaTotal } from '../../src-shared/recordings/recording';
import { recordingFileName } from '../../src-shared/recordings/recording-file-name';
import type { AgentDirectory } from '../agents/agent-directory';
import { changeCursor, versionIn } from '../calls/change-cursor';
import { type RecordScope, scopeOf } from '../calls/record-scope';
import { type AuditEntry, appendAudit, isInAudit } from '../database/audit-table';
import { lastChangeNumber } from '../database/change-number';
import { markRecordingChanged } from '../database/recording-index-table';
import { deleteNote, insertScore, newestScore, notesOf, putNote } from '../database/recording-notes-table';
import {
  changedRecordings,
  type FoundRecording,
  recordingEntry,
  searchRecordings,
  totalsOf,
} from '../database/recording-search';
import { isRecording } from '../database/recording-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RecordingLibrary } from '../recordings/recording-library';
import { meantPeople } from '../recordings/meant-people';
import { noteOf, recordingOf, scoreOf } from '../recordings/recording-views';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface RecordingRouteParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly directory: AgentDirectory;
  readonly policyDesk: PolicyDesk;
  readonly library: RecordingLibrary;
  /** Somebody's list is otherwise now. */
  readonly onChanged: () => void;
}
type ListAnswers = Pick<RouteAnswers, 'recordings.search' | 'recordings.changes' | 'recordings.one'>;
type PaperAnswers = Pick<RouteAnswers, 'recordings.note' | 'recordings.note-delete' | 'recordings.qa'>;
type FileAnswers = Pick<RouteAnswers, 'recordings.downloads' | 'recordings.heard' | 'exports.begun'>;

const done = { done: true } as const;

/** Recordings for those who may hear them, what is written on them, and what leaves the server. */
export const recordingRoutes = (parts: RecordingRouteParts): ListAnswers & PaperAnswers & FileAnswers => ({
  ...listRoutes(parts),
  ...paperRoutes(parts),
  ...fileRoutes(parts),
});

const shownAs = ({ directory, policyDesk }: RecordingRouteParts) => ({
  directory,
  isMasked: policyDesk.policy.numbers === 'masked',
});
const scopeIn = ({ directory }: RecordingRouteParts, context: RouteContext): RecordScope =>
  scopeOf(context.signedIn().person, directory);

/** @throws AppError `not-found`, for what is not there and for what somebody may not hear; `recording/deleted` */
async function entryOf(
  parts: RecordingRouteParts,
  recordingId: string,
  context: RouteContext,
): Promise<FoundRecording> {
  const entry = await recordingEntry(parts.db, recordingId, scopeIn(parts, context));
  if (entry === null) throw new AppError('not-found', 'no such recording');
  if (entry.is_deleted === 1) throw new AppError('recording/deleted', 'deleted when its time was over');
  return entry;
}

function listRoutes(parts: RecordingRouteParts): ListAnswers {
  const { db, directory } = parts;
  return {
    'recordings.search': async (query, context) => {
      const as = shownAs(parts);
      const scope = scopeIn(parts, context);
      const search = { query, scope, isMasked: as.isMasked, ...meantPeople(query, directory) };
      const { rows, nextCursor } = await searchRecordings(db, search);
      const totals = query.withTotals ? await totalsOf(db, search) : null;
      return { recordings: rows.map(row => recordingOf(row, as)), nextCursor, totals };
    },
    'recordings.changes': async ({ cursor, limit }, context) => {
      const as = shownAs(parts);
      const scope = scopeIn(parts, context);
      const last = await lastChangeNumber(db, 'recordings');
      const after = cursor === undefined ? null : versionIn(cursor, scope, last);
      const nothing = { recordings: [], removedIds: [], nextCursor: changeCursor(last, scope), hasMore: false };
      if (after === null) return { ...nothing, isReset: cursor !== undefined };
      const { rows, version, hasMore } = await changedRecordings(db, { after, scope, limit });
      return {
        recordings: rows.filter(row => row.is_deleted === 0).map(row => recordingOf(row, as)),
        removedIds: rows.filter(row => row.is_deleted === 1).map(row => row.recording_id),
        nextCursor: changeCursor(version, scope),
        hasMore,
        isReset: false,
      };
    },
    'recordings.one': async ({ recordingId }, context) => {
      const { person } = context.signedIn();
      const entry = await entryOf(parts, recordingId, context);
      const notes = await notesOf(db, recordingId);
      const score = await newestScore(db, recordingId);
      return {
        recording: recordingOf(entry, shownAs(parts)),
        notes: notes.map(row => noteOf(row, person.id, directory)),
        qa: score === null ? null : scoreOf(score, directory),
        maySetQa: person.role !== 'agent',
      };
    },
  };
}

function paperRoutes(parts: RecordingRouteParts): PaperAnswers {
  const { db, clock, directory, policyDesk, onChanged } = parts;
  const changed = async (recordingId: string, change = {}): Promise<void> => {
    await db.transaction().execute(transaction => markRecordingChanged(transaction, recordingId, change));
    onChanged();
  };
  return {
    'recordings.note': async ({ recordingId, noteId, atMs, text }, context) => {
      const { person } = context.signedIn();
      const entry = await entryOf(parts, recordingId, context);
      const note = { id: noteId, recording_id: recordingId, person_id: person.id, text };
      const row = await putNote(db, { ...note, at_ms: Math.min(atMs, entry.duration_ms) }, clock.now());
      if (row === null) throw new AppError('forbidden', 'a note of somebody else');
      await changed(recordingId);
      return noteOf(row, person.id, directory);
    },
    'recordings.note-delete': async ({ recordingId, noteId }, context) => {
      const { person } = context.signedIn();
      await entryOf(parts, recordingId, context);
      if (!(await deleteNote(db, { id: noteId, recording_id: recordingId, person_id: person.id })))
        throw new AppError('forbidden', 'a note of somebody else');
      await changed(recordingId);
      return done;
    },
    'recordings.qa': async ({ recordingId, points, comment }, context) => {
      const { person } = context.signedIn();
      await entryOf(parts, recordingId, context);
      if (person.role === 'agent') throw new AppError('forbidden', 'for supervisors and administrators');
      const total = qaTotal(points, policyDesk.policy.quality.criteria);
      if (total === null) throw new AppError('ipc/bad-input', 'not the points of every criterion');
      const score = { recordingId, personId: person.id, points, total, comment, at: clock.now() };
      await insertScore(db, score);
      await appendAudit(db, {
        ...auditOf(clock, context),
        action: 'recording.scored',
        subject: recordingId,
        detail: String(total),
      });
      await changed(recordingId, { qa_score: total });
      return scoreOf(score, directory);
    },
  };
}

const auditOf = (clock: Clock, context: RouteContext): Pick<AuditEntry, 'at' | 'personId' | 'remoteAddress'> => ({
  at: clock.now(),
  personId: context.signedIn().person.id,
  remoteAddress: context.remoteAddress,
});

function fileRoutes(parts: RecordingRouteParts): FileAnswers {
  const { db, clock, policyDesk, library } = parts;
  const fileOf = async (recordingId: string, timeZone: string, context: RouteContext) => {
    const sound = await library.sound(recordingId, scopeIn(parts, context));
    const shown = recordingOf(sound.entry, shownAs(parts));
    const [agent] = shown.agents;
    const names = {
      startedAt: shown.startedAt,
      number: shown.remoteNumber,
      name: shown.remoteName,
      agent: agent?.name ?? '',
      extension: agent?.extension ?? '',
      type: shown.type,
      call: shown.callNumber,
      id: recordingId,
    };
    const fileName = recordingFileName(policyDesk.policy.recordings.fileName, names, timeZone);
    const { sizeBytes, etag } = sound;
    return { kind: 'file' as const, recordingId, fileName, sizeBytes, sha256: await library.sha256(sound), etag };
  };
  return {
    'recordings.downloads': async ({ recordingIds, timeZone }, context) => {
      const files = [];
      for (const recordingId of recordingIds)
        try {
          files.push(await fileOf(recordingId, timeZone, context));
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          files.push({ kind: 'refused' as const, recordingId, code: error.code });
        }
      return { files };
    },
    // Also of one that is deleted by now, or no longer for this person: it was heard.
    'recordings.heard': async ({ recordingId, listeningId, heardAt }, context) => {
      if (!(await isRecording(db, recordingId))) throw new AppError('not-found', 'no such recording');
      const detail = `kept ${new Date(heardAt).toISOString()} ${listeningId}`;
      const entry = { ...auditOf(clock, context), action: 'recording.listened', subject: recordingId, detail } as const;
      await db.transaction().execute(async transaction => {
        if (!(await isInAudit(transaction, entry))) await appendAudit(transaction, entry);
      });
      return done;
    },
    'exports.begun': async ({ what, format, filters, rows }, context) => {
      const detail = JSON.stringify({ format, rows: rows ?? null, filters });
      await appendAudit(db, { ...auditOf(clock, context), action: 'list.exported', subject: what, detail });
      return done;
    },
  };
}
