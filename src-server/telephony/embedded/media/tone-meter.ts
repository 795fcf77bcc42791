import { sampleRate } from './audio-frame';

/** Root mean square of linear samples, 0 to 32768. */
export function rms(samples: Int16Array): number {
  if (samples.length === 0) return 0;
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return Math.sqrt(energy / samples.length);
}

/** Peak amplitude of one frequency in linear samples (Goertzel), in the unit of the samples. */
export function toneLevel(samples: Int16Array, hz: number): number {
  if (samples.length === 0) return 0;
  const factor = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample + factor * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - factor * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

const latestSamples = sampleRate / 25;

/** Remembers the last second of what somebody heard. */
export class ToneMeter {
  private readonly ring = new Int16Array(sampleRate);
  /** How much has come so far, in samples: a meter that nobody feeds shows its last second for ever. */
  samples = 0;
  private position = 0;
  private filled = 0;

  write(frame: Int16Array): void {
    for (const sample of frame) {
      this.ring[this.position] = sample;
      this.position = (this.position + 1) % this.ring.length;
    }
    this.filled = Math.min(this.ring.length, this.filled + frame.length);
    this.samples += frame.length;
  }

  /** Loudness of the last second. */
  rms(): number {
    return rms(this.lastSecond());
  }

  /** Amplitude of one frequency in the last second. */
  level(hz: number): number {
    return toneLevel(this.lastSecond(), hz);
  }

  /** The same in the last 40 ms: when a tone begins. */
  latest(hz: number): number {
    return toneLevel(this.lastSecond().subarray(-latestSamples), hz);
  }

  private lastSecond(): Int16Array {
    const start = this.filled < this.ring.length ? 0 : this.position;
    const samples = new Int16Array(this.filled);
    for (let i = 0; i < this.filled; i++) samples[i] = this.ring[(start + i) % this.ring.length] ?? 0;
    return samples;
  }
}
