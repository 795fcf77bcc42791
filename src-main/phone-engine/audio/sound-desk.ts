import type { EngineCommand } from '../../../src-shared/ipc/engine-commands';
import type { Log, Report } from '../report';
import { logTo, messageOf } from '../report';
import { AudioDevices } from './audio-devices';
import { LevelMeter } from './level-meter';
import { Microphone } from './microphone';
import { Ringtone } from './ringtone';
import { Speaker } from './speaker';

type AudioChoice = Extract<EngineCommand, { type: 'audio.choose' }>;

/** The sound of one live call. */
export interface SoundingCall {
  readonly track: MediaStreamTrack | null;
  readonly remoteTrack: MediaStreamTrack | null;
  replaceMicrophone(): Promise<void>;
}

/** All sound hardware: what was chosen, what is there, and what is used while the chosen is away. */
export class SoundDesk {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly ringtone: Ringtone;
  readonly #log: Log;
  readonly #calls: () => readonly SoundingCall[];
  readonly #devices: AudioDevices;
  readonly #meter: LevelMeter;
  #meterTrack: MediaStreamTrack | null = null;
  #choice: AudioChoice | null = null;
  #isWarmWanted = false;
  #mayRing = false;

  /** @param calls the live calls */
  constructor(report: Report, calls: () => readonly SoundingCall[]) {
    const log = logTo(report);
    this.#log = log;
    this.#calls = calls;
    this.microphone = new Microphone(log, () => void this.#devices.look());
    this.speaker = new Speaker(log);
    this.ringtone = new Ringtone(log);
    this.#devices = new AudioDevices({
      microphone: () => this.microphone,
      onChanged: audio => {
        report({ type: 'audio-devices', audio });
        void this.#useWhatIsThere();
      },
      log,
    });
    this.#meter = new LevelMeter(
      () => this.#meteredTracks(),
      levels => report({ type: 'levels', ...levels }),
    );
  }

  async warmUp(): Promise<void> {
    this.#isWarmWanted = true;
    await this.microphone.warmUp();
    await this.#devices.look();
  }

  async choose(choice: AudioChoice): Promise<void> {
    this.#choice = choice;
    this.#devices.choose(choice);
    const { microphoneId, autoGainControl, noiseSuppression, echoCancellation } = choice;
    const isReplaced = await this.microphone.choose({
      microphoneId,
      autoGainControl,
      noiseSuppression,
      echoCancellation,
    });
    if (isReplaced) await this.#replaceMicrophones();
    await this.#devices.look();
    await this.#useOutputs();
  }

  async watchLevels(isOn: boolean): Promise<void> {
    if (isOn) {
      await this.microphone.warmUp();
      this.#meterTrack ??= this.microphone.takeNow();
    } else {
      this.#meterTrack?.stop();
      this.#meterTrack = null;
    }
    this.#meter.watch(isOn);
    this.callsChanged();
  }

  /** Calls may come, or come no more. */
  mayRing(mayRing: boolean): void {
    this.#mayRing = mayRing;
    this.callsChanged();
  }

  /** Devices are looked at closely only while somebody talks, watches or waits for calls. */
  callsChanged(): void {
    this.#devices.watchClosely(this.#mayRing || this.#calls().length > 0 || this.#meter.isOn);
  }

  /** Something was plugged in or out, or works or fails now (fault matrix row 14). */
  async #useWhatIsThere(): Promise<void> {
    try {
      await Promise.all([this.#useInput(), this.#useOutputs()]);
    } catch (error) {
      this.#log('warn', `sound: ${messageOf(error)}`);
    }
  }

  async #useInput(): Promise<void> {
    const { microphone } = this;
    const chosen = this.#choice?.microphoneId ?? null;
    const isChosenBack =
      chosen !== null && microphone.isOpen && microphone.deviceId === null && this.#devices.present(chosen) !== null;
    const isLost =
      this.#isWarmWanted && !microphone.isOpen && microphone.state !== 'denied' && this.#devices.hasMicrophone;
    if (isChosenBack) await microphone.reopen();
    else if (isLost) await microphone.warmUp();
    else return;
    await this.#replaceMicrophones();
  }

  async #useOutputs(): Promise<void> {
    if (this.#choice === null) return;
    const speakerId = this.#devices.present(this.#choice.speakerId);
    const ringerId = this.#devices.present(this.#choice.ringerId);
    await Promise.all([this.speaker.choose(speakerId), this.ringtone.choose({ ...this.#choice, speakerId, ringerId })]);
  }

  async #replaceMicrophones(): Promise<void> {
    if (this.#meterTrack !== null) {
      this.#meterTrack.stop();
      this.#meterTrack = this.microphone.takeNow();
    }
    await Promise.all(this.#calls().map(call => call.replaceMicrophone()));
  }

  #meteredTracks(): { microphone: MediaStreamTrack | null; speaker: MediaStreamTrack | null } {
    const talking = this.#calls().find(call => call.track !== null);
    return { microphone: talking?.track ?? this.#meterTrack, speaker: talking?.remoteTrack ?? null };
  }
}
