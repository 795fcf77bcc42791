import { initialsOf, type QaScore, type Recording, type RecordingNote } from '../../src-shared/recordings/recording';
import type { AgentDirectory } from '../agents/agent-directory';
import { shownParty } from '../calls/shown-number';
import type { NewScore } from '../database/recording-notes-table';
import type { FoundRecording } from '../database/recording-search';
import type { RecordingNoteRow } from '../database/tables';

export interface ShownAs {
  readonly directory: AgentDirectory;
  readonly isMasked: boolean;
}

/** A recording as it leaves the server. */
export function recordingOf(row: FoundRecording, { directory, isMasked }: ShownAs): Recording {
  const account = row.account_id === null ? undefined : directory.account(row.account_id);
  return {
    id: row.recording_id,
    callId: row.call_id,
    callNumber: row.call_number,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    type: row.type,
    ...shownParty({ number: row.remote_number, name: row.remote_name, isInternal: row.is_internal === 1 }, isMasked),
    agents: row.listeners.flatMap(personId => {
      const person = directory.person(personId);
      if (person === undefined) return [];
      const { displayName: name, extension } = person;
      return [{ personId, name, initials: initialsOf(name), extension }];
    }),
    account:
      account === undefined
        ? null
        : { accountNumber: account.accountNumber, billingNumber: account.billingNumber, name: account.company },
    queueName: directory.queueNameOf(row.queue_id),
    qaScore: row.qa_score,
    noteCount: row.note_count,
  };
}

const byOf = (personId: string, directory: AgentDirectory): { personId: string; name: string } => ({
  personId,
  name: directory.person(personId)?.displayName ?? '',
});

export const noteOf = (row: RecordingNoteRow, viewerId: string, directory: AgentDirectory): RecordingNote => ({
  id: row.id,
  atMs: row.at_ms,
  text: row.text,
  author: byOf(row.person_id, directory),
  createdAt: row.created_at,
  changedAt: row.changed_at,
  isMine: row.person_id === viewerId,
});

export const scoreOf = ({ personId, points, total, comment, at }: NewScore, directory: AgentDirectory): QaScore => ({
  points,
  total,
  comment,
  by: byOf(personId, directory),
  at,
});
