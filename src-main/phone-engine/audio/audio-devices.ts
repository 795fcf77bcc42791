import type { AudioDevice, AudioDevices as Snapshot } from '../../../src-shared/audio/audio-device';
import type { Log } from '../report';
import { messageOf } from '../report';

/** A headset pulled out is a break within two seconds, most of which is waiting whether it comes back. */
const lookEveryMs = 500;

interface AudioDevicesEdges {
  microphone(): { readonly state: Snapshot['microphone']; readonly deviceId: string | null };
  onChanged(audio: Snapshot): void;
  log: Log;
}

/** Which sound devices there are and which are in use. Tells only changes. */
export class AudioDevices {
  readonly #edges: AudioDevicesEdges;
  #chosen: { speakerId: string | null; ringerId: string | null } = { speakerId: null, ringerId: null };
  #devices: readonly AudioDevice[] = [];
  #told = '';
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(edges: AudioDevicesEdges) {
    this.#edges = edges;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.look());
  }

  choose(chosen: { speakerId: string | null; ringerId: string | null }): void {
    this.#chosen = { speakerId: chosen.speakerId, ringerId: chosen.ringerId };
  }

  /** The chosen device if it is there, otherwise null: the system's default. */
  present(deviceId: string | null): string | null {
    return this.#devices.some(({ id }) => id === deviceId) ? deviceId : null;
  }

  get hasMicrophone(): boolean {
    return this.#devices.some(({ kind }) => kind === 'microphone');
  }

  /** Some systems forget to say `devicechange`; looking costs little, but is only done while it matters. */
  watchClosely(isOn: boolean): void {
    clearInterval(this.#timer);
    if (isOn) this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  /** Reads the list and tells main when anything is different from the last time. */
  async look(): Promise<void> {
    try {
      const found = await navigator.mediaDevices.enumerateDevices();
      this.#devices = found.flatMap(({ kind, deviceId, label }): AudioDevice[] => {
        // "default" and "communications" are second names of real devices; null stands for the default.
        if (deviceId === '' || deviceId === 'default' || deviceId === 'communications') return [];
        if (kind === 'audioinput') return [{ id: deviceId, label, kind: 'microphone' }];
        return kind === 'audiooutput' ? [{ id: deviceId, label, kind: 'speaker' }] : [];
      });
      this.#tell(found.some(({ kind }) => kind === 'audiooutput'));
    } catch (error) {
      this.#edges.log('warn', `sound devices: ${messageOf(error)}`);
    }
  }

  #tell(hasSpeaker = this.#devices.some(({ kind }) => kind === 'speaker')): void {
    const microphone = this.#edges.microphone();
    const audio: Snapshot = {
      devices: [...this.#devices],
      microphone: microphone.state,
      speaker: hasSpeaker ? 'ready' : 'missing',
      inUse: {
        microphoneId: microphone.deviceId,
        speakerId: this.present(this.#chosen.speakerId),
        ringerId: this.present(this.#chosen.ringerId),
      },
    };
    const told = JSON.stringify(audio);
    if (told === this.#told) return;
    this.#told = told;
    this.#edges.onChanged(audio);
  }
}
