/** G.711 works at 8 kHz; everything in the engine is 16-bit linear PCM in frames of 20 ms. */
export const sampleRate = 8000;
export const frameMs = 20;
export const samplesPerFrame = (sampleRate * frameMs) / 1000;

/** One shared frame of silence; compare by identity to skip work. Nobody may write into it. */
export const silence = new Int16Array(samplesPerFrame);

/** Where the next 20 ms come from. */
export interface AudioSource {
  pull(): Int16Array;
}

/** What a bridge sees of a party: what it says (`pull`) and what it hears (`push`). */
export interface AudioPort extends AudioSource {
  push(frame: Int16Array): void;
}
