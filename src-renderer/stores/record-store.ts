import { create } from 'zustand';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { AudioHere } from '../../src-shared/ipc/opened-recording';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { Transfer } from '../../src-shared/ipc/transfer';
import type { Recording } from '../../src-shared/recordings/recording';

interface Found {
  readonly records: FoundView<CallRecord> | null;
  readonly recordings: FoundView<Recording> | null;
  /** Of the recording in the player. */
  readonly audio: AudioHere | null;
  readonly transfers: readonly Transfer[];
}
/** What the newest searches of the two lists found; the answer to a search comes here too. */
export const useRecordStore = create<Found>(() => ({ records: null, recordings: null, audio: null, transfers: [] }));
