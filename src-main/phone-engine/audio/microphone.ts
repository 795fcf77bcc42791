import { AppError } from '../../../src-shared/errors/app-error';
import type { AudioDevices } from '../../../src-shared/audio/audio-device';
import type { Log } from '../report';
import { messageOf } from '../report';

interface MicrophoneChoice {
  readonly microphoneId: string | null;
  readonly autoGainControl: boolean;
  readonly noiseSuppression: boolean;
  readonly echoCancellation: boolean;
}

/** Names of `getUserMedia()`'s errors → ours. */
const failures: Readonly<
  Record<
    string,
    {
      readonly state: AudioDevices['microphone'];
      readonly code: 'microphone/denied' | 'microphone/missing' | 'microphone/busy';
    }
  >
> = {
  NotAllowedError: { state: 'denied', code: 'microphone/denied' },
  SecurityError: { state: 'denied', code: 'microphone/denied' },
  NotFoundError: { state: 'missing', code: 'microphone/missing' },
  OverconstrainedError: { state: 'missing', code: 'microphone/missing' },
  NotReadableError: { state: 'busy', code: 'microphone/busy' },
  AbortError: { state: 'busy', code: 'microphone/busy' },
};

/**
 * One microphone stream, opened once and kept (the first opening costs 130 ms, A2), silent until a call takes a clone of it. Clones,
 * because JsSIP's hold and mute switch the track object: two calls must not share one.
 */
export class Microphone {
  readonly #log: Log;
  readonly #onChanged: () => void;
  #choice: MicrophoneChoice = {
    microphoneId: null,
    autoGainControl: true,
    noiseSuppression: true,
    echoCancellation: true,
  };
  #warm: MediaStreamTrack | null = null;
  #opening: Promise<MediaStreamTrack> | null = null;
  #state: AudioDevices['microphone'] = 'unknown';

  /** @param onChanged another device is in use, or it works or fails now */
  constructor(log: Log, onChanged: () => void) {
    this.#log = log;
    this.#onChanged = onChanged;
  }

  get state(): AudioDevices['microphone'] {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#warm !== null;
  }

  /** The chosen device when it is really in use; null for the system's default. */
  get deviceId(): string | null {
    const id = this.#warm?.getSettings().deviceId ?? null;
    return id !== null && id === this.#choice.microphoneId ? id : null;
  }

  /** @returns true when an open microphone was replaced: calls must take a new clone */
  async choose(choice: MicrophoneChoice): Promise<boolean> {
    const isSame = JSON.stringify(choice) === JSON.stringify(this.#choice);
    this.#choice = choice;
    if (isSame || this.#warm === null) return false;
    await this.reopen();
    return true;
  }

  /** Closes and opens again, for example after the device went away. */
  async reopen(): Promise<void> {
    const old = this.#warm;
    this.#warm = null;
    this.#opening = null;
    await this.warmUp();
    old?.stop();
  }

  async warmUp(): Promise<void> {
    if (this.#warm?.readyState === 'live') return;
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    await this.#opening;
  }

  /** A track of its own for one call, at once; null when the microphone is not open. */
  takeNow(): MediaStreamTrack | null {
    if (this.#warm?.readyState !== 'live') return null;
    const track = this.#warm.clone();
    track.enabled = true;
    return track;
  }

  /** A track of its own for one call. Fails with `microphone/…`. */
  async take(): Promise<MediaStreamTrack> {
    await this.warmUp();
    const track = this.takeNow();
    if (track === null) throw new AppError('microphone/missing', 'the microphone went away');
    return track;
  }

  async #open(): Promise<MediaStreamTrack> {
    try {
      const track = await this.#request();
      track.enabled = false;
      track.addEventListener('ended', () => {
        if (this.#warm !== track) return;
        this.#log('warn', 'microphone: the device went away');
        this.#warm = null;
        this.#state = 'unknown';
        this.#onChanged();
      });
      this.#warm = track;
      this.#state = 'ready';
      return track;
    } catch (error) {
      const failure = failures[error instanceof DOMException ? error.name : ''];
      this.#state = failure?.state ?? 'missing';
      this.#log('warn', `microphone: ${messageOf(error)}`);
      throw new AppError(failure?.code ?? 'microphone/missing', messageOf(error));
    } finally {
      this.#onChanged();
    }
  }

  async #request(): Promise<MediaStreamTrack> {
    const { microphoneId, ...processing } = this.#choice;
    const open = async (deviceId: string | null): Promise<MediaStreamTrack> => {
      const audio: MediaTrackConstraints = {
        ...processing,
        channelCount: 1,
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      };
      const stream = await navigator.mediaDevices.getUserMedia({ audio });
      const track = stream.getAudioTracks()[0];
      if (track === undefined) throw new DOMException('a stream without sound', 'NotFoundError');
      return track;
    };
    if (microphoneId === null) return open(null);
    try {
      return await open(microphoneId);
    } catch (error) {
      const isGone =
        error instanceof DOMException && (error.name === 'OverconstrainedError' || error.name === 'NotFoundError');
      if (!isGone) throw error;
      this.#log('warn', 'microphone: the chosen device is not there, using the default');
      return open(null);
    }
  }
}
