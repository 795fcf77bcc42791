import type { Log } from '../report';
import { messageOf } from '../report';

/** Plays what the other side says: one audio element per call, all on the chosen speaker. */
export class Speaker {
  readonly #log: Log;
  readonly #playing = new Map<string, { element: HTMLAudioElement; track: MediaStreamTrack }>();
  #sinkId = '';

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Attaches a call's remote track; a second time for the same track only changes whether it is heard.
   * @param isSilent the device is opened, nothing is heard yet
   */
  play(callId: string, track: MediaStreamTrack, isSilent = false): void {
    const playing = this.#playing.get(callId);
    if (playing?.track === track) {
      playing.element.muted = isSilent;
      return;
    }
    this.stop(callId);
    const element = new Audio();
    element.muted = isSilent;
    this.#playing.set(callId, { element, track });
    element.srcObject = new MediaStream([track]);
    void this.#start(element);
  }

  stop(callId: string): void {
    const playing = this.#playing.get(callId);
    if (playing === undefined) return;
    this.#playing.delete(callId);
    playing.element.pause();
    playing.element.srcObject = null;
  }

  /** Moves everything to another device, also in the middle of a call. @param deviceId null for the system's default */
  async choose(deviceId: string | null): Promise<void> {
    const sinkId = deviceId ?? '';
    if (sinkId === this.#sinkId) return;
    this.#sinkId = sinkId;
    await Promise.all([...this.#playing.values()].map(({ element }) => this.#direct(element)));
  }

  async #start(element: HTMLAudioElement): Promise<void> {
    if (this.#sinkId !== '') await this.#direct(element);
    try {
      await element.play();
    } catch (error) {
      // Interrupted by stop() is the ordinary end of a short call.
      if (element.srcObject !== null) this.#log('error', `speaker: ${messageOf(error)}`);
    }
  }

  async #direct(element: HTMLAudioElement): Promise<void> {
    try {
      await element.setSinkId(this.#sinkId);
    } catch (error) {
      this.#log('warn', `speaker: the chosen device cannot be used, staying with the default: ${messageOf(error)}`);
    }
  }
}
