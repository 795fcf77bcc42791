import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EngineLog } from '../engine-options';
import type { AudioSource } from './audio-frame';
import { SampleSource, toneSource } from './audio-sources';
import { readPrompt } from './wav-reader';

const none = new Int16Array(0);

/** Music and speech of the engine, read once. Without files it falls back to tones and silence. */
export class SoundLibrary {
  private readonly loaded = new Map<string, Int16Array | null>();

  constructor(
    private readonly assetsFolder: string | null,
    private readonly log: EngineLog,
  ) {}

  musicOnHold(): AudioSource {
    const samples = this.load(join('music', 'hold.wav'));
    return samples === null ? toneSource([330], { amplitude: 3000 }) : new SampleSource(samples, true);
  }

  /** Samples of one speech file of `speech/`; only its file name counts. Empty when there is none. */
  speech(file: string): Int16Array {
    return this.load(join('speech', basename(file))) ?? none;
  }

  private load(file: string): Int16Array | null {
    const known = this.loaded.get(file);
    if (known !== undefined) return known;
    const samples = this.read(file);
    this.loaded.set(file, samples);
    return samples;
  }

  private read(file: string): Int16Array | null {
    const path = this.assetsFolder === null ? null : join(this.assetsFolder, file);
    if (path === null || !existsSync(path)) return null;
    try {
      return readPrompt(path);
    } catch (error) {
      this.log.warn(`sound ${file} unusable: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}
