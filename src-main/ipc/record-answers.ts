import type { Answers } from '../../src-shared/ipc/agent-requests';
import type { recordRequests } from '../../src-shared/ipc/record-requests';
import type { fileRequests } from '../../src-shared/ipc/transfer';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { Services } from '../services/build-services';

const plain = <T>(found: FoundView<T>) => ({ ...found, rows: [...found.rows] });

/** The part of the switchboard for calls that are over and their recordings. */
export function recordAnswers(
  services: Services,
): Pick<Answers, keyof typeof recordRequests | keyof typeof fileRequests> {
  const { rest, records, recordings, recordingDetails, recordingAudio, keepDraft, files } = services;
  return {
    'records.search': async search => plain(await records.search(search)),
    'records.rows': ({ searchId, first, count }) => records.rows(searchId, first, count),
    'records.more': async ({ searchId }) => {
      const found = await records.more(searchId);
      return found && plain(found);
    },
    'records.call-back': async ({ recordId }) => void (await rest.call('records.call-back', { recordId })),
    'records.story': ({ callId }) => rest.call('calls.story', { callId }),
    'recordings.search': async search => plain(await recordings.search(search)),
    'recordings.rows': ({ searchId, first, count }) => recordings.rows(searchId, first, count),
    'recordings.more': async ({ searchId }) => {
      const found = await recordings.more(searchId);
      return found && plain(found);
    },
    'recordings.open': ({ recordingId }) => recordingDetails.open(recordingId),
    'recordings.peaks': ({ recordingId, zoom }) => recordingDetails.peaks(recordingId, zoom),
    'recordings.go-on': ({ recordingId }) => recordingAudio.fill(recordingId),
    'recordings.draft': async ({ recordingId, draft }) => keepDraft(recordingId, draft),
    'recordings.note': note => rest.call('recordings.note', note),
    'recordings.note-delete': async note => void (await rest.call('recordings.note-delete', note)),
    'transfers.download': ({ recordingIds }) => files.downloads.start(recordingIds),
    'transfers.export': order => files.exports.start(order),
    'transfers.cancel': ({ transferId }) => files.cancel(transferId),
    'transfers.dismiss': async ({ transferId }) => files.dismiss(transferId),
    'transfers.show': async ({ transferId }) => files.show(transferId),
    'exports.copied': ({ what, rows }) => files.exports.copied(what, rows),
    'recordings.qa': score => rest.call('recordings.qa', score),
  };
}
