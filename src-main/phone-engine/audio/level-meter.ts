/** 10 times a second: more than that the eye does not see and main need not hear. */
const everyMs = 100;

interface Probe {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
}

/** Measures loudness while somebody looks at the meters, and does nothing otherwise. */
export class LevelMeter {
  readonly #tracks: () => { microphone: MediaStreamTrack | null; speaker: MediaStreamTrack | null };
  readonly #onLevels: (levels: { microphone: number; speaker: number }) => void;
  readonly #probes = new Map<'microphone' | 'speaker', Probe>();
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    tracks: () => { microphone: MediaStreamTrack | null; speaker: MediaStreamTrack | null },
    onLevels: (levels: { microphone: number; speaker: number }) => void,
  ) {
    this.#tracks = tracks;
    this.#onLevels = onLevels;
  }

  get isOn(): boolean {
    return this.#context !== null;
  }

  watch(isOn: boolean): void {
    if (isOn === this.isOn) return;
    if (isOn) {
      this.#context = new AudioContext();
      this.#timer = setInterval(() => this.#measure(), everyMs);
      return;
    }
    clearInterval(this.#timer);
    this.#probes.clear();
    void this.#context?.close();
    this.#context = null;
  }

  #measure(): void {
    const tracks = this.#tracks();
    this.#onLevels({
      microphone: this.#level('microphone', tracks.microphone),
      speaker: this.#level('speaker', tracks.speaker),
    });
  }

  #level(name: 'microphone' | 'speaker', track: MediaStreamTrack | null): number {
    if (this.#context === null || track === null || track.readyState !== 'live') return 0;
    let probe = this.#probes.get(name);
    if (probe?.track !== track) {
      probe?.source.disconnect();
      const source = this.#context.createMediaStreamSource(new MediaStream([track]));
      const analyser = this.#context.createAnalyser();
      analyser.fftSize = 1024;
      source.connect(analyser);
      probe = { track, source, analyser };
      this.#probes.set(name, probe);
    }
    const samples = new Float32Array(probe.analyser.fftSize);
    probe.analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return loudness(power);
  }
}

/** −60 dBFS and less is 0, full scale is 1: the meter moves as the ear hears. */
function loudness(power: number): number {
  const decibel = 10 * Math.log10(power + 1e-10);
  return Math.min(1, Math.max(0, (decibel + 60) / 60));
}
