import { AppError } from '../../src-shared/errors/app-error';
import type { OpenedRecording, RecordingDraft } from '../../src-shared/ipc/opened-recording';
import type { PeakZoom } from '../../src-shared/recordings/peaks';
import { recordingPeaksPath } from '../../src-shared/server-api/record-routes';
import type { Recording } from '../../src-shared/recordings/recording';
import { reasonOf, type Logger } from '../base/logger';
import type { ByteClient } from '../server-link/byte-client';
import type { RestClient } from '../server-link/rest-client';
import type { RecordingAudio } from './recording-audio';
import type { RecordingShelf } from './recording-shelf';

export interface RecordingDetailsNeeds {
  readonly rest: Pick<RestClient, 'call'>;
  readonly bytes: ByteClient;
  readonly audio: RecordingAudio;
  readonly shelf: RecordingShelf;
  readonly owner: () => string | null;
  /** As it was told before. */
  readonly known: (recordingId: string) => Recording | null;
  readonly draft: (recordingId: string) => RecordingDraft | null;
  /** One that is on this computer was opened. */
  readonly heard: (recordingId: string) => void;
  readonly log: Logger;
}

/** No shape of a recording is near this: eight hours in tenths of a second and two channels are a megabyte. */
const longestPeaks = 4 * 1024 * 1024;
const isAway = (error: unknown): boolean => error instanceof AppError && error.code === 'server/unreachable';

/** What the player shows beside the sound. Without a server it shows what was kept. */
export class RecordingDetails {
  /** The newest shape that is coming. The sound, which is so much more, comes after it. */
  #shape: Promise<unknown> = Promise.resolve();

  constructor(private readonly needs: RecordingDetailsNeeds) {}

  /** Opens the player; the sound follows by itself. @throws AppError `not-found`, `recording/…`, `server/…` */
  async open(recordingId: string): Promise<OpenedRecording> {
    const { rest, audio, known, draft, shelf } = this.needs;
    try {
      const opened = await rest.call('recordings.one', { recordingId });
      void this.#fetch(recordingId);
      return { ...opened, draft: draft(recordingId), isOffline: false, isKept: shelf.isOpen };
    } catch (error) {
      if (error instanceof AppError && ['not-found', 'recording/deleted'].includes(error.code))
        await audio.forget(recordingId);
      const recording = isAway(error) ? known(recordingId) : null;
      if (recording === null) throw error;
      await audio.sizeOf(recordingId); // kept here, or there is nothing to play
      if (await audio.isHere(recordingId)) this.needs.heard(recordingId);
      return {
        recording,
        notes: [],
        qa: null,
        maySetQa: false,
        draft: draft(recordingId),
        isOffline: true,
        isKept: shelf.isOpen,
      };
    }
  }

  async #fetch(recordingId: string): Promise<void> {
    const { audio, heard, log } = this.needs;
    await this.#shape;
    try {
      if (await audio.isHere(recordingId)) heard(recordingId);
      else await audio.fill(recordingId);
    } catch (error) {
      log.warn(`recording not fetched: ${reasonOf(error)}`);
    }
  }

  /** The shape of the sound, as the server computed it while recording. @throws AppError */
  peaks(recordingId: string, zoom: PeakZoom): Promise<Uint8Array> {
    const shape = this.#peaks(recordingId, zoom);
    this.#shape = shape.catch(() => undefined); // told to whoever asked
    return shape;
  }

  async #peaks(recordingId: string, zoom: PeakZoom): Promise<Uint8Array> {
    const { shelf, bytes } = this.needs;
    const owner = this.needs.owner() ?? '';
    const kept = await shelf.findPeaks(owner, recordingId, zoom);
    if (kept !== null) return new Uint8Array(kept);
    const path = recordingPeaksPath.replace(':recordingId', encodeURIComponent(recordingId));
    const answer = await bytes.get({ path: `${path}?zoom=${zoom}`, range: null });
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of answer.body) {
      pieces.push(piece as Buffer);
      length += (piece as Buffer).length;
      if (length > longestPeaks) throw new AppError('server/not-ours', 'peaks without end');
    }
    const peaks = Buffer.concat(pieces);
    void shelf.keepPeaks(owner, recordingId, zoom, peaks); // nobody waits for the disk to see it
    return new Uint8Array(peaks);
  }
}
