/** Recordings come from main, which is not here: a silent file plays in their place. */
export function playSilence(): void {
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
  if (source === undefined) throw new Error('a sound has no source');
  const silence = URL.createObjectURL(new Blob([silentWav(8000 * 300)], { type: 'audio/wav' }));
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {
    ...source,
    set(this: HTMLMediaElement, wanted: string) {
      source.set?.call(this, wanted.startsWith('desk-recording:') ? silence : wanted);
    },
  });
}

/** 8 bits, one channel, 8000 samples a second. */
function silentWav(samples: number): ArrayBuffer {
  const file = new DataView(new ArrayBuffer(44 + samples));
  const write = (at: number, text: string): void =>
    Array.from(text).forEach((letter, index) => file.setUint8(at + index, letter.charCodeAt(0)));
  write(0, 'RIFF');
  file.setUint32(4, 36 + samples, true);
  write(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, 8000, true);
  file.setUint32(28, 8000, true);
  file.setUint16(32, 1, true);
  file.setUint16(34, 8, true);
  write(36, 'data');
  file.setUint32(40, samples, true);
  new Uint8Array(file.buffer).fill(128, 44);
  return file.buffer;
}
