import { expect, test } from 'vitest';
import { silence } from '../../../../../src-server/telephony/embedded/media/audio-frame';
import { SpeechDetector } from '../../../../../src-server/telephony/embedded/media/speech-detector';

const voice = new Int16Array(160).fill(2000);
const hum = new Int16Array(160).fill(100);

/** @returns what was told in so many frames, in order */
function told(
  detector: SpeechDetector<string>,
  frames: number,
  said: Readonly<Record<string, Int16Array>>,
): (readonly string[])[] {
  const all: (readonly string[])[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const change = detector.hear(new Map(Object.entries(said)));
    if (change !== null) all.push(change);
  }
  return all;
}

test('a voice is told once, after three frames, and again when it was silent for 600 ms', () => {
  const detector = new SpeechDetector<string>();
  expect(told(detector, 2, { anna: voice, ben: silence })).toEqual([]);
  expect(told(detector, 50, { anna: voice, ben: silence })).toEqual([['anna']]);
  expect(told(detector, 29, { anna: silence, ben: silence })).toEqual([]);
  expect(told(detector, 50, { anna: silence, ben: silence })).toEqual([[]]);
});

test('a knock, a humming room and a breath between two words are nothing new', () => {
  const detector = new SpeechDetector<string>();
  expect(told(detector, 1, { anna: voice })).toEqual([]);
  expect(told(detector, 100, { anna: hum })).toEqual([]);
  expect(told(detector, 3, { anna: voice })).toEqual([['anna']]);
  expect(told(detector, 20, { anna: hum })).toEqual([]);
  expect(told(detector, 20, { anna: voice })).toEqual([]);
});

test('who leaves while speaking does not speak any more', () => {
  const detector = new SpeechDetector<string>();
  expect(told(detector, 3, { anna: voice, ben: voice })).toEqual([['anna', 'ben']]);
  expect(told(detector, 1, { anna: voice })).toEqual([['anna']]);
});
