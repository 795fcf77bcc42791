import { mulaw } from 'alawmulaw';
import { samplesPerFrame } from './audio-frame';

const linearOf = new Int16Array(256);
const mulawOf = new Uint8Array(65_536);
for (let code = 0; code < linearOf.length; code++) linearOf[code] = mulaw.decodeSample(code);
for (let sample = -32_768; sample <= 32_767; sample++) mulawOf[sample & 0xffff] = mulaw.encodeSample(sample);

/** G.711 mu-law payload → linear samples. */
export function decodeMulaw(payload: Uint8Array): Int16Array {
  const samples = new Int16Array(payload.length);
  for (let i = 0; i < payload.length; i++) samples[i] = linearOf[payload[i] ?? 0xff] ?? 0;
  return samples;
}

/** One frame of linear samples → G.711 mu-law payload. */
export function encodeMulaw(frame: Int16Array): Buffer {
  const payload = Buffer.allocUnsafe(samplesPerFrame);
  for (let i = 0; i < samplesPerFrame; i++) payload[i] = mulawOf[(frame[i] ?? 0) & 0xffff] ?? 0xff;
  return payload;
}
