import { frameMs, sampleRate, silence, type AudioSource } from '../media/audio-frame';
import { SampleSource, toneSource } from '../media/audio-sources';
import type { SoundLibrary } from '../media/sound-library';

export type VoiceChoice =
  | { readonly kind: 'tone'; readonly hz: number }
  /** A file of `assets/speech`. */
  | { readonly kind: 'speech'; readonly file: string }
  | { readonly kind: 'silence' };

const firstPauseMs = 700;
const pauseBetweenTurnsMs = 3500;
const customerToneAmplitude = 6000;
const quietAmplitude = 300;
/** 250 ms of quiet part two sentences. */
const shortestPauseSamples = sampleRate / 4;

/** What a simulated customer says: a tone all the time, or speech in turns with pauses to listen. */
export class CustomerVoice implements AudioSource {
  private readonly tone: AudioSource | null;
  private readonly turns: readonly Int16Array[];
  private turn = 0;
  private current: SampleSource | null = null;
  private pauseFrames = Number.POSITIVE_INFINITY;

  constructor(
    choice: VoiceChoice,
    private readonly sounds: SoundLibrary,
    private readonly backOnLineFile: string,
  ) {
    this.tone = choice.kind === 'tone' ? toneSource([choice.hz], { amplitude: customerToneAmplitude }) : null;
    const samples = choice.kind === 'speech' ? sounds.speech(choice.file) : new Int16Array(0);
    this.turns = sentencesOf(samples);
  }

  /** Somebody answered: the customer begins to talk. */
  begin(): void {
    this.pauseFrames = firstPauseMs / frameMs;
  }

  /** Listens; a sentence that was begun is broken off. */
  fallSilent(): void {
    this.current = null;
    this.pauseFrames = Number.POSITIVE_INFINITY;
  }

  /** Taken off hold: says so, then goes on. */
  comeBack(): void {
    if (this.turns.length === 0) return;
    this.current = new SampleSource(this.sounds.speech(this.backOnLineFile));
    this.pauseFrames = pauseBetweenTurnsMs / frameMs;
  }

  pull(): Int16Array {
    if (this.tone !== null) return this.tone.pull();
    if (this.current !== null && !this.current.isOver) return this.current.pull();
    if (this.current !== null) {
      this.current = null;
      this.pauseFrames = pauseBetweenTurnsMs / frameMs;
    }
    if (this.pauseFrames > 0) {
      this.pauseFrames--;
      return silence;
    }
    return this.speakNextTurn();
  }

  private speakNextTurn(): Int16Array {
    const samples = this.turns[this.turn % this.turns.length];
    if (samples === undefined) return silence;
    this.turn++;
    this.current = new SampleSource(samples);
    return this.current.pull();
  }
}

/** Cuts speech at its pauses, so that a customer leaves room for an answer. */
export function sentencesOf(samples: Int16Array): Int16Array[] {
  const sentences: Int16Array[] = [];
  let start: number | null = null;
  let quietSince = 0;
  for (let at = 0; at <= samples.length; at++) {
    const isLoud = Math.abs(samples[at] ?? 0) > quietAmplitude;
    if (isLoud) {
      start ??= at;
      quietSince = at + 1;
    }
    const isOver = at === samples.length || at - quietSince > shortestPauseSamples;
    if (start === null || !isOver) continue;
    sentences.push(samples.slice(start, Math.min(samples.length, quietSince + shortestPauseSamples / 4)));
    start = null;
  }
  return sentences;
}

/** The language of a speech file is in its name: `order-status-fr.wav`. */
export const backOnLineFileFor = (choice: VoiceChoice): string =>
  choice.kind === 'speech' && choice.file.endsWith('-fr.wav') ? 'back-on-line-fr.wav' : 'back-on-line-en.wav';
