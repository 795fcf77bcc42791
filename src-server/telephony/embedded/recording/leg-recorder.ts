import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EngineLog } from '../engine-options';
import { silence } from '../media/audio-frame';
import type { AudioTap } from '../media/bridge';
import { WavWriter } from './wav-writer';

/** Records one leg: left what it says, right what it hears, music on hold included. Follows the leg wherever it goes. */
export class LegRecorder implements AudioTap {
  readonly recordingId = randomUUID();
  /** Made of our own id only: nothing a caller can choose gets into a file name. */
  readonly file = `${this.recordingId}.wav`;
  /** While true silence is written, so that the file stays in step with the call. */
  isPaused = false;
  private readonly writer: WavWriter;
  private hasFailed = false;

  constructor(
    folder: string,
    private readonly log: EngineLog,
  ) {
    this.writer = new WavWriter(join(folder, this.file));
  }

  get durationMs(): number {
    return Math.round(this.writer.durationMs);
  }

  write(said: Int16Array, heard: Int16Array): void {
    if (this.hasFailed) return;
    try {
      this.writer.write(this.isPaused ? silence : said, this.isPaused ? silence : heard);
    } catch (error) {
      // A full disk must not end the conversation; what was written stays valid.
      this.hasFailed = true;
      this.log.error(
        `recording ${this.recordingId} stopped: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  close(): void {
    try {
      this.writer.close();
    } catch (error) {
      this.log.error(
        `recording ${this.recordingId} not closed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
