import type { EventStream } from '../../event-stream';
import type { EngineLog } from '../engine-options';
import type { AudioTap } from '../media/bridge';
import type { MediaClock } from '../media/media-clock';
import { LegRecorder } from './leg-recorder';

interface RecordingContext {
  readonly events: EventStream;
  readonly log: EngineLog;
  readonly mediaClock: MediaClock;
  readonly recordingsFolder: string;
}

/** What a recording needs of a leg. */
interface RecordedLeg {
  tap: AudioTap | null;
  readonly state: 'early' | 'confirmed' | 'ended';
}

/** The recordings of one call: which legs, and the facts about them. */
export class CallRecordings {
  private readonly recorders = new Map<RecordedLeg, LegRecorder>();

  constructor(
    private readonly callId: string,
    private readonly context: RecordingContext,
  ) {}

  /** Records a leg from now until `finish`. */
  start(leg: RecordedLeg): void {
    if (leg.tap !== null || leg.state === 'ended') return;
    const recorder = this.open();
    if (recorder === null) return;
    this.context.mediaClock.catchUp(); // what is overdue belongs to the time before
    leg.tap = recorder;
    this.recorders.set(leg, recorder);
    this.context.events.tell({ type: 'recording-started', ...this.namesOf(recorder), file: recorder.file });
  }

  /** The leg has left the call. Does nothing for a leg that is not recorded. */
  finish(leg: RecordedLeg): void {
    const recorder = this.recorders.get(leg);
    if (recorder === undefined) return;
    this.recorders.delete(leg);
    leg.tap = null;
    recorder.close();
    const { file, durationMs } = recorder;
    this.context.events.tell({ type: 'recording-finished', ...this.namesOf(recorder), file, durationMs });
  }

  /** The call ends. */
  finishAll(): void {
    for (const leg of this.recorders.keys()) this.finish(leg);
  }

  /** @returns false when nothing is recorded */
  setPaused(isPaused: boolean): boolean {
    this.context.mediaClock.catchUp();
    for (const recorder of this.recorders.values()) {
      if (recorder.isPaused === isPaused) continue;
      recorder.isPaused = isPaused;
      const type = isPaused ? 'recording-paused' : 'recording-resumed';
      this.context.events.tell({ type, ...this.namesOf(recorder) });
    }
    return this.recorders.size > 0;
  }

  private namesOf({ recordingId }: LegRecorder): { callId: string; recordingId: string } {
    return { callId: this.callId, recordingId };
  }

  private open(): LegRecorder | null {
    const { recordingsFolder, log } = this.context;
    try {
      return new LegRecorder(recordingsFolder, log);
    } catch (error) {
      log.error(`call ${this.callId} is not recorded: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}
