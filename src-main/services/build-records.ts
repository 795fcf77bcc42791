import type { CallRecordFilters, CallRecordQuery } from '../../src-shared/calls/call-record-query';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { Clock } from '../../src-shared/base/clock';
import type { RecordingDraft } from '../../src-shared/ipc/opened-recording';
import type { Recording } from '../../src-shared/recordings/recording';
import type { RecordingFilters, RecordingQuery } from '../../src-shared/recordings/recording-query';
import { recordingAudioPath } from '../../src-shared/server-api/record-routes';
import type { Logger } from '../base/logger';
import { callRecordColumn, callRecordsAt, upsertCallRecords, wantedCallRecords } from '../cache/call-record-table';
import type { CacheDb } from '../cache/open-cache';
import {
  durationOf,
  recordingColumn,
  recordingOf,
  recordingsAt,
  upsertRecordings,
  wantedRecordings,
} from '../cache/recording-table';
import { ExportDesk } from '../history/export-desk';
import { KeptRows } from '../history/kept-rows';
import { SearchDesk } from '../history/search-desk';
import { DownloadDesk } from '../recordings/download-desk';
import { Transfers } from '../recordings/transfers';
import { ListeningDesk } from '../recordings/listening-desk';
import { RecordingAudio } from '../recordings/recording-audio';
import { RecordingDetails } from '../recordings/recording-details';
import { putRecordingDraft, recordingDraftOf } from '../recordings/recording-draft-table';
import type { RecordingShelf } from '../recordings/recording-shelf';
import { ByteClient } from '../server-link/byte-client';
import type { CertificateTrust } from '../server-link/certificate-trust';
import type { LiveConnection } from '../server-link/live-connection';
import type { RestClient } from '../server-link/rest-client';
import type { SignIn } from '../server-link/sign-in';

export interface RecordsNeeds {
  readonly rest: RestClient;
  readonly live: LiveConnection;
  readonly signIn: SignIn;
  readonly db: CacheDb;
  readonly outbox: CacheDb;
  readonly shelf: RecordingShelf;
  readonly trust: CertificateTrust;
  readonly downloadFolder: () => string;
  readonly openFolder: (folder: string) => void;
  readonly clock: Clock;
  readonly log: (module: string) => Logger;
}

/** Call records and recordings: kept, searched, played. */
export function buildRecords(needs: RecordsNeeds) {
  const bytes = new ByteClient(needs.rest, needs.trust);
  const audio = new RecordingAudio({
    shelf: needs.shelf,
    fetchPart: (recordingId, first, last) => fetchPart(bytes, recordingId, `bytes=${first}-${last}`),
    log: needs.log('recordings'),
  });
  const keptRecords = buildKeptRecords(needs);
  const keptRecordings = buildKeptRecordings(needs, audio);
  const records = buildRecordSearch(needs, keptRecords);
  const recordings = buildRecordingSearch(needs, keptRecordings);
  const listenings = new ListeningDesk({
    db: needs.outbox,
    send: ({ id, ...heard }) => needs.rest.call('recordings.heard', { ...heard, listeningId: id }),
    clock: needs.clock,
    log: needs.log('recordings'),
  });
  const details = new RecordingDetails({
    rest: needs.rest,
    bytes,
    audio,
    shelf: needs.shelf,
    owner: () => audio.owner,
    known: id => (keptRecordings.owner === null ? null : recordingOf(needs.db, keptRecordings.owner, id)),
    draft: id => (audio.owner === null ? null : recordingDraftOf(needs.outbox, audio.owner, id)),
    heard: id => listenings.opened(id),
    log: needs.log('recordings'),
  });
  const keepDraft = (recordingId: string, draft: RecordingDraft): void => {
    const { owner } = audio;
    if (owner !== null) putRecordingDraft(needs.outbox, owner, { recordingId, draft }, needs.clock.now());
  };
  const kept = [keptRecords, keptRecordings];
  connect(needs, { audio, records, recordings, kept });
  const parts = { rest: needs.rest, bytes, db: needs.db, clock: needs.clock, folder: needs.downloadFolder };
  const transfers = new Transfers(
    new DownloadDesk({ ...parts, log: needs.log('downloads') }),
    new ExportDesk({ ...parts, records, recordings, log: needs.log('exports') }),
    needs.openFolder,
  );
  followSession(needs, transfers, listenings);
  /** Goes on with what is kept under this name; a list that is on screen is to be searched again. */
  const keepUnder = (owner: string): void => {
    [records, recordings].forEach(each => each.end());
    kept.forEach(each => each.begin(owner));
  };
  return {
    recordingAudio: audio,
    recordingDetails: details,
    keepDraft,
    records,
    recordings,
    files: transfers,
    keepUnder,
  };
}

async function fetchPart(bytes: ByteClient, id: string, range: string): Promise<{ size: number; bytes: Buffer }> {
  const path = recordingAudioPath.replace(':recordingId', encodeURIComponent(id));
  const { size, body } = await bytes.get({ path, range });
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece as Buffer);
  return { size, bytes: Buffer.concat(pieces) };
}

const byTime = { sortBy: 'startedAt', sortDirection: 'descending' } as const;

async function recordPage(rest: RestClient, filters: CallRecordFilters, before: number | null, limit: number) {
  const query: Partial<CallRecordQuery> = { ...filters, ...untilBoth(filters.to, before), ...byTime, limit };
  const { records, nextCursor } = await rest.call('records.search', query);
  return { rows: records, hasMore: nextCursor !== null };
}

async function recordingPage(rest: RestClient, filters: RecordingFilters, before: number | null, limit: number) {
  const query: Partial<RecordingQuery> = { ...filters, ...untilBoth(filters.to, before), ...byTime, limit };
  const { recordings, nextCursor } = await rest.call('recordings.search', query);
  return { rows: recordings, hasMore: nextCursor !== null };
}

const untilBoth = (to: number | undefined, before: number | null): { to?: number } => {
  const earlier = Math.min(to ?? Number.POSITIVE_INFINITY, before ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(earlier) ? { to: earlier } : {};
};

function buildKeptRecords({ rest, db, clock, log }: RecordsNeeds): KeptRows<CallRecord> {
  return new KeptRows<CallRecord>({
    db,
    kind: 'records',
    table: 'call_records',
    server: {
      page: (before, limit) => recordPage(rest, {}, before, limit),
      changes: async (cursor, limit) => {
        const { records, ...told } = await rest.call('records.changes', {
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        return { ...told, rows: records };
      },
    },
    upsert: (owner, rows) => upsertCallRecords(db, owner, rows),
    now: () => clock.now(),
    log: log('records'),
  });
}

function buildKeptRecordings({ rest, db, clock, log }: RecordsNeeds, audio: RecordingAudio): KeptRows<Recording> {
  return new KeptRows<Recording>({
    db,
    kind: 'recordings',
    table: 'recordings',
    server: {
      page: (before, limit) => recordingPage(rest, {}, before, limit),
      changes: async (cursor, limit) => {
        const { recordings, ...told } = await rest.call('recordings.changes', {
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        return { ...told, rows: recordings };
      },
    },
    upsert: (owner, rows) => upsertRecordings(db, owner, rows),
    removed: ids => ids.forEach(id => void audio.forget(id)),
    now: () => clock.now(),
    log: log('recordings'),
  });
}

function buildRecordSearch({ rest, signIn, db, log }: RecordsNeeds, kept: KeptRows<CallRecord>) {
  return new SearchDesk<CallRecordFilters, CallRecord>({
    db,
    kept,
    wantedOf: wantedCallRecords,
    columnOf: sortBy => columnIn(callRecordColumn, sortBy),
    rowsAt: keys => callRecordsAt(db, keys),
    upsert: (owner, rows) => upsertCallRecords(db, owner, rows),
    askServer: (filters, before, limit) => recordPage(rest, filters, before, limit),
    isOnline: () => signIn.view.server === 'online',
    log: log('records'),
  });
}

function buildRecordingSearch({ rest, signIn, db, log }: RecordsNeeds, kept: KeptRows<Recording>) {
  return new SearchDesk<RecordingFilters, Recording>({
    db,
    kept,
    wantedOf: wantedRecordings,
    columnOf: sortBy => columnIn(recordingColumn, sortBy),
    rowsAt: keys => recordingsAt(db, keys),
    upsert: (owner, rows) => upsertRecordings(db, owner, rows),
    durationOf: keys => durationOf(db, keys),
    askServer: (filters, before, limit) => recordingPage(rest, filters, before, limit),
    isOnline: () => signIn.view.server === 'online',
    log: log('recordings'),
  });
}

/** A name out of a list of ours, never what was sent. */
function columnIn(columns: Readonly<Record<string, string>>, sortBy: string): string {
  const column = Object.hasOwn(columns, sortBy) ? columns[sortBy] : undefined;
  if (column === undefined) throw new Error(`no column ${sortBy}`);
  return column;
}

/** What a person began to download, and what the audit is still to hear of, is gone on with when they are here, and when the line is. */
function followSession(
  { rest, live, signIn }: RecordsNeeds,
  { downloads, exports }: Transfers,
  listenings: ListeningDesk,
): void {
  signIn.beginnings.hear(({ agent }) =>
    [downloads, listenings].forEach(each => each.begin(`${rest.origin ?? ''} ${agent.id}`)),
  );
  signIn.endings.hear(() => [downloads, exports, listenings].forEach(each => each.end()));
  live.changes.hear(isUp => {
    if (!isUp) return;
    downloads.goOn();
    void listenings.send();
  });
}

interface Parts {
  readonly audio: RecordingAudio;
  readonly records: { end(): void };
  readonly recordings: { end(): void };
  readonly kept: readonly { end(): void; refresh(): Promise<void> }[];
}

/** A session fills and follows; what the server tells makes it look again, a moment later: a call changes its record several times as it ends. */
function connect({ rest, live, signIn, clock }: RecordsNeeds, { audio, records, recordings, kept }: Parts): void {
  let cancel: (() => void) | null = null;
  const refreshSoon = (): void => {
    cancel?.();
    cancel = clock.after(500, () => kept.forEach(each => void each.refresh()));
  };
  signIn.beginnings.hear(({ agent }) => {
    audio.begin(`${rest.origin ?? ''} ${agent.id}`);
  });
  signIn.endings.hear(() => {
    cancel?.();
    kept.forEach(each => each.end());
    [records, recordings].forEach(each => each.end());
    void audio.end();
  });
  live.gaps.hear(refreshSoon);
  live.events.hear(event => {
    if (event.type === 'call.journalled' || event.type === 'recordings.changed') refreshSoon();
  });
}
