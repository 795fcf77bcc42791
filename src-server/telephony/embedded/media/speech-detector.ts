import { frameMs, silence } from './audio-frame';
import { rms } from './tone-meter';

/** Root mean square from which on it is a voice and not a room. */
const voice = 400;
/** A knock is shorter. */
const beginsAfterFrames = 60 / frameMs;
/** A breath between two words is shorter. */
const ceasesAfterFrames = 600 / frameMs;

interface Heard {
  loud: number;
  quiet: number;
  isSpeaking: boolean;
}

/** Who speaks, by the level of what each one says, frame by frame. */
export class SpeechDetector<P> {
  private readonly heard = new Map<P, Heard>();

  /** @returns everybody who speaks, when that has changed; null when it has not */
  hear(said: ReadonlyMap<P, Int16Array>): readonly P[] | null {
    let hasChanged = false;
    for (const party of this.heard.keys()) if (!said.has(party)) hasChanged = this.forget(party) || hasChanged;
    for (const [party, frame] of said) hasChanged = this.hearOne(party, frame) || hasChanged;
    return hasChanged ? [...this.heard].filter(([, { isSpeaking }]) => isSpeaking).map(([party]) => party) : null;
  }

  private forget(party: P): boolean {
    const wasSpeaking = this.heard.get(party)?.isSpeaking === true;
    this.heard.delete(party);
    return wasSpeaking;
  }

  private hearOne(party: P, frame: Int16Array): boolean {
    const state = this.heard.get(party) ?? { loud: 0, quiet: 0, isSpeaking: false };
    this.heard.set(party, state);
    const isLoud = frame !== silence && rms(frame) >= voice;
    state.loud = isLoud ? state.loud + 1 : 0;
    state.quiet = isLoud ? 0 : state.quiet + 1;
    const isSpeaking = state.isSpeaking ? state.quiet < ceasesAfterFrames : state.loud >= beginsAfterFrames;
    if (isSpeaking === state.isSpeaking) return false;
    state.isSpeaking = isSpeaking;
    return true;
  }
}
