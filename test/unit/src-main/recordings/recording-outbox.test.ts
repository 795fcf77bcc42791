import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { RecordingDraft } from '../../../../src-shared/ipc/opened-recording';
import { openOutbox } from '../../../../src-main/cache/open-outbox';
import { ListeningDesk } from '../../../../src-main/recordings/listening-desk';
import type { Listening } from '../../../../src-main/recordings/listening-table';
import { putRecordingDraft, recordingDraftOf } from '../../../../src-main/recordings/recording-draft-table';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

const log = new QuietLogger();
const open = () => openOutbox(':memory:', log);

function aDesk(db = open()) {
  const told: Listening[] = [];
  const server: { failure: AppError | null } = { failure: null };
  const send = async (listening: Listening): Promise<void> => {
    if (server.failure !== null) throw server.failure;
    told.push(listening);
  };
  const desk = new ListeningDesk({ db, send, clock: new FakeClock(), log });
  return { db, desk, told, server, ids: () => told.map(({ recordingId }) => recordingId) };
}

describe('that a kept recording was opened', () => {
  it('is told at once, once', async () => {
    const { desk, ids } = aDesk();
    desk.begin('me');
    desk.opened('r1');
    await desk.send();
    await desk.send();
    expect(ids()).toEqual(['r1']);
  });

  it('waits for the server, also over an end of the app, and is its listener’s alone', async () => {
    const first = aDesk();
    first.desk.begin('me');
    first.server.failure = new AppError('server/unreachable');
    first.desk.opened('r1');
    first.desk.opened('r2');
    await first.desk.send();
    first.desk.end();
    const second = aDesk(first.db);
    second.desk.begin('somebody else');
    await second.desk.send();
    expect(second.ids()).toEqual([]);
    second.desk.begin('me');
    await second.desk.send();
    expect(second.ids().toSorted()).toEqual(['r1', 'r2']);
  });

  it('does not stop the others when the server knows no such recording', async () => {
    const { desk, server, told } = aDesk();
    desk.begin('me');
    server.failure = new AppError('not-found');
    desk.opened('r1');
    await desk.send();
    server.failure = null;
    desk.opened('r2');
    await desk.send();
    expect(told.map(({ recordingId }) => recordingId)).toEqual(['r2']);
  });

  it('is nobody’s while nobody is signed in', async () => {
    const { desk, ids } = aDesk();
    desk.opened('r1');
    desk.begin('me');
    await desk.send();
    expect(ids()).toEqual([]);
  });
});

describe('what is being written about a recording', () => {
  const draft: RecordingDraft = { note: 'asks for a refund', noteAtMs: 12_000, points: { greeting: 8 }, comment: '' };

  it('is kept, replaced and forgotten, one person’s apart from another’s', () => {
    const db = open();
    putRecordingDraft(db, 'me', { recordingId: 'r1', draft }, 1);
    expect([recordingDraftOf(db, 'me', 'r1'), recordingDraftOf(db, 'you', 'r1')]).toEqual([draft, null]);
    const longer = { ...draft, note: 'asks for a refund again' };
    putRecordingDraft(db, 'me', { recordingId: 'r1', draft: longer }, 2);
    expect(recordingDraftOf(db, 'me', 'r1')).toEqual(longer);
    putRecordingDraft(db, 'me', { recordingId: 'r1', draft: { note: ' ', noteAtMs: 0, points: {}, comment: '' } }, 3);
    expect(recordingDraftOf(db, 'me', 'r1')).toBeNull();
  });
});
