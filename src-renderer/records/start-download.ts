import { askAndTell } from '../bridge/ask-and-tell';

/** Recordings as files, in the folder for downloads; how far they are is shown by the list of files. */
export async function downloadRecordings(recordingIds: readonly string[]): Promise<void> {
  if (recordingIds.length > 0) await askAndTell('transfers.download', { recordingIds: [...recordingIds] });
}
