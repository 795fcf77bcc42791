import { noAudioDevices, type AudioDevices } from '../../src-shared/audio/audio-device';
import type { Settings } from '../../src-shared/settings/settings';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { PhoneEngine } from './phone-engine-port';

export interface Levels {
  readonly microphone: number;
  readonly speaker: number;
}

/** Sound hardware as the engine sees it, and what the person chose of it. */
export class AudioDesk {
  readonly changes = new Announcer<AudioDevices>();
  readonly levels = new Announcer<Levels>();
  /** A chosen device was unplugged; carries the name of the one that is used instead, null for the system's default. */
  readonly fallbacks = new Announcer<string | null>();
  #audio: AudioDevices = noAudioDevices;
  #isKnown = false;
  #mayWarmUp = false;

  constructor(
    private readonly engine: PhoneEngine,
    private readonly settings: () => Settings,
    private readonly log: Logger,
  ) {
    engine.reports.hear(report => {
      if (report.type === 'ready') this.#prepare();
      if (report.type === 'levels') this.levels.announce(report);
      if (report.type === 'audio-devices') this.#follow(report.audio);
    });
  }

  get audio(): AudioDevices {
    return this.#audio;
  }

  /** The engine has looked at the hardware at least once. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Settings changed: the running call follows. */
  choose(): void {
    if (!this.engine.isReady) return; // chosen when it is ready
    const {
      microphoneId,
      speakerId,
      ringerId,
      ringVolume,
      ringTone,
      autoGainControl,
      noiseSuppression,
      echoCancellation,
    } = this.settings();
    this.#try({
      type: 'audio.choose',
      microphoneId,
      speakerId,
      ringerId,
      ringVolume,
      ringTone,
      autoGainControl,
      noiseSuppression,
      echoCancellation,
    });
  }

  /** Somebody is here to talk: open the microphone now, so that the first answer does not wait for it. Nobody: never open it. */
  warmUp(mayWarmUp: boolean): void {
    this.#mayWarmUp = mayWarmUp;
    if (mayWarmUp && this.engine.isReady) this.#try({ type: 'audio.warm-up' });
  }

  watchLevels(isOn: boolean): Promise<void> {
    return this.engine.order({ type: 'audio.watch-levels', isOn });
  }

  playTest(on: 'speaker' | 'ringer'): Promise<void> {
    return this.engine.order({ type: 'audio.play-test', on });
  }

  #prepare(): void {
    this.choose();
    this.warmUp(this.#mayWarmUp);
  }

  #follow(audio: AudioDevices): void {
    const { microphoneId, speakerId } = this.settings();
    const before = this.#audio.inUse;
    this.#audio = audio;
    this.#isKnown = true;
    this.changes.announce(audio);
    const isLost = (chosen: string | null, was: string | null, is: string | null): boolean =>
      chosen !== null && was === chosen && is !== chosen;
    const tell = (now: string | null): void =>
      this.fallbacks.announce(audio.devices.find(({ id }) => id === now)?.label ?? null);
    if (isLost(microphoneId, before.microphoneId, audio.inUse.microphoneId)) tell(audio.inUse.microphoneId);
    else if (isLost(speakerId, before.speakerId, audio.inUse.speakerId)) tell(audio.inUse.speakerId);
  }

  /** What comes of it is told by `audio-devices`; the order itself has nobody waiting. */
  #try(command: Parameters<PhoneEngine['order']>[0]): void {
    this.engine.order(command).catch((error: unknown) => this.log.warn(`${command.type}: ${reasonOf(error)}`));
  }
}
