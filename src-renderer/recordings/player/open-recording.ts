import type { OpenedRecording } from '../../../src-shared/ipc/opened-recording';
import { readPeaks, type Peaks, type PeakZoom } from '../../../src-shared/recordings/peaks';
import { ask } from '../../bridge/ask';
import { useViewStore } from '../../stores/view-store';

export interface AskedRecording {
  readonly recordingId: string;
  readonly opened: Promise<OpenedRecording>;
  readonly peaks: Promise<Peaks | null>;
}
let latest: AskedRecording | null = null;

/** Opens the player. What it shows is asked for in this instant: the sheet is drawn while it comes. */
export function openRecording(recordingId: string): void {
  latest = askFor(recordingId);
  useViewStore.setState({ sheet: 'player', recordingId });
}

/** What was asked for when it was opened. */
export function askedFor(recordingId: string): AskedRecording {
  const asked = latest?.recordingId === recordingId ? latest : askFor(recordingId);
  latest = null; // opened again, it is asked for again
  return asked;
}

function askFor(recordingId: string): AskedRecording {
  const peaks = peaksOf(recordingId, 'coarse'); // first: the player waits for its shape with the sound
  const opened = ask('recordings.open', { recordingId });
  opened.catch(() => undefined); // told where it is shown
  return { recordingId, opened, peaks };
}

/** null: there are none, and a player without its shape plays all the same. */
export const peaksOf = (recordingId: string, zoom: PeakZoom): Promise<Peaks | null> =>
  ask('recordings.peaks', { recordingId, zoom }).then(readPeaks, () => null);
