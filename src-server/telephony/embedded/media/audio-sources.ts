import { sampleRate, samplesPerFrame, silence, type AudioSource } from './audio-frame';

interface ToneOptions {
  /** Peak of the sum of all tones. */
  readonly amplitude?: number;
  /** Cadence; without it the tone is continuous. */
  readonly onMs?: number;
  readonly offMs?: number;
}

/** One or more sine tones, optionally in a cadence. */
export function toneSource(
  frequencies: readonly number[],
  { amplitude = 6000, onMs = 0, offMs = 0 }: ToneOptions = {},
): AudioSource {
  const cycle = ((onMs + offMs) * sampleRate) / 1000;
  const sounding = (onMs * sampleRate) / 1000;
  let position = 0;
  return {
    pull(): Int16Array {
      const frame = new Int16Array(samplesPerFrame);
      for (let i = 0; i < samplesPerFrame; i++, position++) {
        if (cycle > 0 && position % cycle >= sounding) continue;
        let value = 0;
        for (const hz of frequencies) value += Math.sin((2 * Math.PI * hz * position) / sampleRate);
        frame[i] = (value * amplitude) / frequencies.length;
      }
      return frame;
    },
  };
}

/** What a caller hears while the far end rings: 440 + 480 Hz, 2 s on, 4 s off (ITU-T E.180, North America). */
export const ringBackSource = (): AudioSource => toneSource([440, 480], { amplitude: 4000, onMs: 2000, offMs: 4000 });

/** Plays recorded samples once, or for ever. */
export class SampleSource implements AudioSource {
  private position = 0;

  constructor(
    private readonly samples: Int16Array,
    private readonly isLooping = false,
  ) {}

  get isOver(): boolean {
    return !this.isLooping && this.position >= this.samples.length;
  }

  pull(): Int16Array {
    if (this.samples.length === 0 || this.isOver) return silence;
    const frame = new Int16Array(samplesPerFrame);
    for (let i = 0; i < samplesPerFrame; i++, this.position++) {
      const index = this.isLooping ? this.position % this.samples.length : this.position;
      frame[i] = this.samples[index] ?? 0;
    }
    return frame;
  }
}
