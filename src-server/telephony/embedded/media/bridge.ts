import { frameMs, samplesPerFrame, silence, type AudioPort, type AudioSource } from './audio-frame';
import type { MediaClock } from './media-clock';
import { SpeechDetector } from './speech-detector';

/** Gets every frame that a party said and heard. */
export interface AudioTap {
  write(said: Int16Array, heard: Int16Array): void;
}

export interface BridgeParty {
  readonly port: AudioPort;
  /** The party put the others on hold: whoever is alone with it hears music. */
  readonly isHolding: boolean;
  /** The centre holds for the party, whose phone plays whatever it gets: it gets nothing. */
  readonly isHeldByOrder: boolean;
  /** Nothing comes from the party, for a moment or for good: whoever is alone with it is not left in silence either. */
  readonly isAway: boolean;
  /** Plays to this party instead of the others: ring-back, music of the queue. */
  treatment: AudioSource | null;
  tap: AudioTap | null;
  /** Nobody hears this party. */
  readonly isMuted: boolean;
}

/** One minute: a machine that slept for hours must not write hours of silence. */
const longestGapFrames = 60_000 / frameMs;

const fewestToTell = 3;

/** Anchored bridge (RFC 5853): every party hears the sum of the others, never itself. */
export class Bridge {
  private readonly parties = new Map<BridgeParty, AudioSource>();
  private readonly speech = new SpeechDetector<BridgeParty>();
  private readonly tick = (skipped: number): void => {
    this.recordGap(skipped);
    this.mixOneFrame();
  };

  constructor(
    private readonly clock: MediaClock,
    private readonly musicOnHold: () => AudioSource,
    /** Who speaks where several talk, whenever that changes. */
    private readonly onSpeaking: (parties: readonly BridgeParty[]) => void = () => undefined,
  ) {}

  get size(): number {
    return this.parties.size;
  }

  join(party: BridgeParty): void {
    if (this.parties.has(party)) return;
    this.parties.set(party, this.musicOnHold());
    this.clock.add(this.tick);
  }

  leave(party: BridgeParty): void {
    this.parties.delete(party);
    if (this.parties.size === 0) this.clock.remove(this.tick);
  }

  /** Recordings keep the length of the talk also when the process stalled. */
  private recordGap(frames: number): void {
    for (const { tap } of this.parties.keys())
      for (let i = 0; i < Math.min(frames, longestGapFrames); i++) tap?.write(silence, silence);
  }

  private mixOneFrame(): void {
    const said = new Map<BridgeParty, Int16Array>();
    for (const party of this.parties.keys()) said.set(party, party.port.pull());
    for (const [party, music] of this.parties) {
      const heard = this.frameFor(party, music, said);
      party.port.push(heard);
      party.tap?.write(said.get(party) ?? silence, heard);
    }
    this.listen(said);
  }

  /** Of two, each hears by himself that the other one speaks. */
  private listen(said: ReadonlyMap<BridgeParty, Int16Array>): void {
    if (said.size < fewestToTell) return;
    const audible = [...said].map(([party, frame]) => [party, party.isMuted ? silence : frame] as const);
    const speaking = this.speech.hear(new Map(audible));
    if (speaking !== null) this.onSpeaking(speaking);
  }

  private frameFor(party: BridgeParty, music: AudioSource, said: ReadonlyMap<BridgeParty, Int16Array>): Int16Array {
    if (party.treatment !== null) return party.treatment.pull();
    if (party.isHeldByOrder) return silence;
    const others = [...said].filter(([other]) => other !== party);
    const [only] = others;
    if (others.length === 1 && only !== undefined && (only[0].isHolding || only[0].isAway)) return music.pull();
    return sum(others.filter(([{ isMuted }, frame]) => !isMuted && frame !== silence).map(([, frame]) => frame));
  }
}

/** Adds with saturation: two loud speakers clip, they do not wrap round. */
function sum(frames: readonly Int16Array[]): Int16Array {
  const [first] = frames;
  if (first === undefined) return silence;
  if (frames.length === 1) return first;
  const total = new Int16Array(samplesPerFrame);
  for (let i = 0; i < samplesPerFrame; i++) {
    let value = 0;
    for (const frame of frames) value += frame[i] ?? 0;
    total[i] = Math.max(-32_768, Math.min(32_767, value));
  }
  return total;
}
