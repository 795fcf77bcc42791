import { stereoHeader } from '../../src-server/telephony/asterisk/recording/stereo-wav';

const rate = 8000;

/** A stereo WAV of so many ms: a square wave on the left, half as loud on the right; `samples` may say otherwise. */
export function aWav(
  lengthMs: number,
  samples = (at: number): [number, number] => (at % 16 < 8 ? [16_000, 8000] : [-16_000, -8000]),
): Buffer {
  const frames = Math.round((lengthMs * rate) / 1000);
  const audio = Buffer.alloc(frames * 4);
  for (let at = 0; at < frames; at += 1) {
    const [left, right] = samples(at);
    audio.writeInt16LE(left, at * 4);
    audio.writeInt16LE(right, at * 4 + 2);
  }
  return Buffer.concat([stereoHeader(audio.length), audio]);
}
