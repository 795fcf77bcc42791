import type { Log } from '../report';
import { messageOf } from '../report';

interface WithSink {
  setSinkId(sinkId: string): Promise<void>;
}

/**
 * Plays short sounds on one output device. Sounds are decoded beforehand, and the context sleeps when nothing plays: an idle phone costs
 * no processor time.
 */
export class TonePlayer {
  readonly #log: Log;
  readonly #context = new AudioContext({ latencyHint: 'interactive' });
  readonly #gain = this.#context.createGain();
  readonly #buffers = new Map<string, Promise<AudioBuffer>>();
  #source: AudioBufferSourceNode | null = null;
  #playing = 0;
  #sinkId = '';

  constructor(log: Log) {
    this.#log = log;
    this.#gain.connect(this.#context.destination);
    void this.#context.suspend();
  }

  set volume(volume: number) {
    this.#gain.gain.value = volume;
  }

  load(url: string): Promise<AudioBuffer> {
    let buffer = this.#buffers.get(url);
    if (buffer === undefined) {
      buffer = fetch(url)
        .then(response => response.arrayBuffer())
        .then(bytes => this.#context.decodeAudioData(bytes));
      this.#buffers.set(url, buffer);
      buffer.catch((error: unknown) => {
        this.#buffers.delete(url);
        this.#log('warn', `sound not loaded: ${messageOf(error)}`);
      });
    }
    return buffer;
  }

  /** Plays from the beginning, over and over or once; what played before stops. */
  async play(url: string, isLooping: boolean): Promise<void> {
    this.stop();
    const turn = this.#playing;
    const [buffer] = await Promise.all([this.load(url), this.#context.resume()]);
    if (turn !== this.#playing) return;
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.loop = isLooping;
    source.connect(this.#gain);
    source.onended = () => {
      if (this.#source === source) this.stop();
    };
    source.start();
    this.#source = source;
  }

  stop(): void {
    this.#playing += 1;
    const source = this.#source;
    this.#source = null;
    source?.stop();
    source?.disconnect();
    void this.#context.suspend();
  }

  /** @param deviceId null for the system's default */
  async choose(deviceId: string | null): Promise<void> {
    const sinkId = deviceId ?? '';
    if (sinkId === this.#sinkId) return;
    this.#sinkId = sinkId;
    try {
      await (this.#context as AudioContext & WithSink).setSinkId(sinkId);
    } catch (error) {
      this.#sinkId = '';
      this.#log('warn', `sounds: the chosen device cannot be used: ${messageOf(error)}`);
    }
  }
}
