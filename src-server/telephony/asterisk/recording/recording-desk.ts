import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import type { TellFact, TrackedCall } from '../calls/tracked-call';
import { finishRaw, rawName } from './raw-recording';

interface Recording {
  readonly id: string;
  channel: string;
  readonly file: string;
  /** Name of what Asterisk writes. */
  readonly raw: string;
  isPaused: boolean;
  /** The other end has become another one while it was paused. */
  isOutdated: boolean;
  /** By the monotonic clock: when Asterisk began it, or began it anew. */
  begunAt: number;
  /** By the monotonic clock: nothing is written since then, for its customer was followed while it was paused. */
  unwrittenSince: number | null;
}

export interface RecordingDeskParts {
  readonly ami: AmiConnection;
  readonly tell: TellFact;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** One folder, seen from Asterisk and from here. */
  readonly inAsterisk: string;
  readonly here: string;
  readonly recordingsFolder: string;
}

/** Two enter a bridge one after the other: of the second nothing is new. */
const freshMs = 40;
/** Two packets and more: with the first one after its end Asterisk forgets a recording and its translator. */
const forgottenMs = 60;
const bytesPerMs = 8 * 2 * 2;
const silenceOf = (ms: number): Buffer => Buffer.alloc(Math.round(ms) * bytesPerMs);

/**
 * Recordings by MixMonitor on the customer's channel: it follows the customer through hold and transfer. Asterisk writes raw
 * two-channel samples (left what the customer says, right what the customer hears); the WAV is made of them when the call is over.
 */
export class RecordingDesk {
  private readonly recordings = new Map<TrackedCall, Promise<Recording | null>>();
  /** What is being made into a WAV. */
  private readonly finishing = new Map<TrackedCall, Promise<void>>();

  constructor(private readonly parts: RecordingDeskParts) {}

  start(call: TrackedCall): void {
    const customer = call.customer;
    if (customer === null || this.recordings.has(call)) return;
    this.recordings.set(call, this.begin(call, customer.channel));
  }

  /** Somebody else is at the other end of the customer from now on, or the customer in another bridge. */
  otherEnd(call: TrackedCall): void {
    this.next(call, recording => this.renewed(recording));
  }

  /** Another customer has taken the place of the recorded one. Nothing of them is written while it is paused. */
  follow(call: TrackedCall, channel: string): void {
    this.next(call, async recording => {
      if (!recording.isPaused) return this.goOn(recording, channel);
      recording.channel = channel;
      recording.unwrittenSince ??= this.parts.clock.monotonic();
    });
  }

  /** Asterisk writes silence in both channels meanwhile, so the file stays in step with the call. @throws AppError `not-found` */
  async setPaused(callId: string, isPaused: boolean): Promise<void> {
    const call = [...this.recordings.keys()].find(({ info }) => info.id === callId);
    const recording = call === undefined ? null : await this.recordings.get(call);
    if (recording === undefined || recording === null)
      throw new AppError('not-found', `call ${callId} is not recorded`);
    if (recording.isPaused === isPaused) return;
    recording.isPaused = isPaused;
    try {
      if (recording.unwrittenSince === null) await this.mute(recording, isPaused);
      else await this.goOn(recording, recording.channel);
    } catch (error) {
      recording.isPaused = !isPaused;
      throw error;
    }
    if (!isPaused && recording.isOutdated) await this.renewed(recording);
    this.parts.tell({ type: isPaused ? 'recording-paused' : 'recording-resumed', callId, recordingId: recording.id });
  }

  /** A channel is gone and its call goes on without it: if it was the recorded one, there is nothing more to record. */
  async channelGone(call: TrackedCall, channel: string): Promise<void> {
    if ((await this.recordings.get(call))?.channel === channel) await this.finish(call);
  }

  /** Resolves when the recording of this call, if there is one, is a WAV and told as finished. */
  async finish(call: TrackedCall, isStillTalking = false): Promise<void> {
    const work = this.finishing.get(call) ?? this.finishNow(call, isStillTalking);
    this.finishing.set(call, work);
    try {
      await work;
    } finally {
      this.finishing.delete(call);
    }
  }

  private async finishNow(call: TrackedCall, isStillTalking: boolean): Promise<void> {
    const recording = await this.recordings.get(call);
    this.recordings.delete(call);
    if (recording === undefined || recording === null) return;
    const { ami, tell, log, clock, here } = this.parts;
    const names = { callId: call.info.id, recordingId: recording.id, file: recording.file };
    let durationMs = 0;
    try {
      if (isStillTalking) await ami.action({ Action: 'StopMixMonitor', Channel: recording.channel });
      durationMs = await finishRaw(join(here, recording.raw), recording.file, clock);
    } catch (error) {
      log.error(`recording ${recording.id} is not complete: ${error instanceof Error ? error.message : String(error)}`);
    }
    tell({ type: 'recording-finished', ...names, durationMs });
  }

  private async begin(call: TrackedCall, channel: string): Promise<Recording | null> {
    const { ami, tell, log, inAsterisk, recordingsFolder } = this.parts;
    const id = randomUUID();
    const raw = rawName({ callId: call.info.id, recordingId: id });
    try {
      await ami.action({ Action: 'MixMonitor', Channel: channel, File: `${inAsterisk}/${raw}`, Options: 'D' });
    } catch (error) {
      log.error(`call ${call.info.id} is not recorded: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
    const file = join(recordingsFolder, `${id}.wav`);
    tell({ type: 'recording-started', callId: call.info.id, recordingId: id, file });
    return {
      id,
      channel,
      file,
      raw,
      isPaused: false,
      isOutdated: false,
      begunAt: this.parts.clock.monotonic(),
      unwrittenSince: null,
    };
  }

  /**
   * What the customer hears is turned into samples by a translator that takes packets with a lower number than the last for old ones and
   * drops them (asterisk/asterisk issue 507): of another phone, whose numbers begin anew, for minutes. It is made anew with the recording,
   * which goes on at the end of the same file; silence stands for what passes meanwhile. While it is paused, later.
   */
  private async renewed(recording: Recording): Promise<void> {
    if (this.parts.clock.monotonic() - recording.begunAt < freshMs) return;
    if (recording.isPaused) recording.isOutdated = true;
    else await this.goOn(recording, recording.channel);
  }

  private async goOn(recording: Recording, channel: string): Promise<void> {
    const { ami, clock, here, inAsterisk } = this.parts;
    const { channel: former, raw } = recording;
    const since = recording.unwrittenSince ?? clock.monotonic();
    recording.begunAt = clock.monotonic();
    recording.channel = channel;
    recording.isOutdated = false;
    const hasNot = this.hasNotGoneOn(recording);
    try {
      if (recording.unwrittenSince === null) {
        const hasStopped = ami.action({ Action: 'StopMixMonitor', Channel: former });
        await (channel === former ? hasStopped : hasStopped.catch(hasNot)); // it ends with its channel
        await new Promise<void>(passed => clock.after(forgottenMs, passed));
      }
      recording.unwrittenSince = null;
      await appendFile(join(here, raw), silenceOf(clock.monotonic() - since)).catch(hasNot);
      await ami.action({ Action: 'MixMonitor', Channel: channel, File: `${inAsterisk}/${raw}`, Options: 'Da' });
    } catch (error) {
      hasNot(error);
    }
  }

  /** After what is being done with the recording of this call, if there is one. */
  private next(call: TrackedCall, work: (recording: Recording) => Promise<void>): void {
    const recording = this.recordings.get(call);
    if (recording === undefined) return;
    const done = recording.then(async each => {
      if (each !== null) await work(each);
      return each;
    });
    this.recordings.set(call, done);
  }

  private mute({ channel: Channel }: Recording, isMuted: boolean): Promise<unknown> {
    return this.parts.ami.action({ Action: 'MixMonitorMute', Channel, Direction: 'both', State: isMuted ? 1 : 0 });
  }

  private readonly hasNotGoneOn =
    ({ id }: Recording) =>
    (error: unknown): void =>
      this.parts.log.debug(
        `recording ${id} has not gone on: ${error instanceof Error ? error.message : String(error)}`,
      );
}
