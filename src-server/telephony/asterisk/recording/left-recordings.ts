import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AmiMessage } from '../ami/ami-message';
import type { TellFact } from '../calls/tracked-call';
import { finishRaw, readRawName } from './raw-recording';
import type { RecordingDeskParts } from './recording-desk';

type Parts = Pick<RecordingDeskParts, 'ami' | 'clock' | 'log' | 'here' | 'recordingsFolder'> & {
  readonly tell: TellFact;
};

/**
 * Recordings of calls that outlived the server: it died, Asterisk went on and writes to the end of the call. Whoever starts after it makes
 * the WAV, at once where the call is over and else when its channel is gone.
 */
export class LeftRecordings {
  /** What is still written, by the channel of which it is. */
  private readonly written = new Map<string, string>();

  constructor(private readonly parts: Parts) {}

  /** To be asked before the first recording of this process. @param channels CoreShowChannel events */
  async pickUp(channels: readonly AmiMessage[]): Promise<void> {
    const { here, log } = this.parts;
    const names = await readdir(here).catch((error: unknown): string[] => {
      log.error(`asterisk: no recording can be made, its folder cannot be read: ${String(error)}`);
      return [];
    });
    const left = new Set(names.filter(name => readRawName(name) !== null));
    if (left.size === 0) return;
    for (const channel of channels) {
      const name = await this.writtenFor(channel.get('Channel'));
      if (left.delete(name)) this.written.set(channel.get('Uniqueid'), name);
    }
    log.info(`asterisk: ${left.size + this.written.size} recordings of the last server, ${this.written.size} go on`);
    for (const name of left) this.finish(name);
  }

  /** After a gap: who is not among these has hung up in it. */
  onlyThese(channels: readonly AmiMessage[]): void {
    const living = new Set(channels.map(channel => channel.get('Uniqueid')));
    for (const uniqueid of this.written.keys()) if (!living.has(uniqueid)) this.over(uniqueid);
  }

  hear(event: AmiMessage): void {
    if (event.get('Event') === 'Hangup') this.over(event.get('Uniqueid'));
  }

  private over(uniqueid: string): void {
    const name = this.written.get(uniqueid);
    if (name === undefined) return;
    this.written.delete(uniqueid);
    this.finish(name);
  }

  /** A channel that is gone by now has no answer; what it wrote is there. */
  private async writtenFor(channel: string): Promise<string> {
    const asked = { Action: 'Getvar', Channel: channel, Variable: 'MIXMONITOR_FILENAME' };
    const answer = await this.parts.ami.action(asked).catch(() => null);
    return basename(answer?.get('Value') ?? '');
  }

  private finish(name: string): void {
    const { clock, log, tell, here, recordingsFolder } = this.parts;
    const names = readRawName(name);
    if (names === null) return;
    const file = join(recordingsFolder, `${names.recordingId}.wav`);
    finishRaw(join(here, name), file, clock)
      .then(durationMs => tell({ type: 'recording-finished', ...names, file, durationMs }))
      .catch((error: unknown) => log.error(`recording ${names.recordingId} is not complete: ${String(error)}`));
  }
}
