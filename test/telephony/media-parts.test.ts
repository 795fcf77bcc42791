import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInfoDtmf } from '../../src-server/telephony/embedded/legs/info-dtmf';
import {
  samplesPerFrame,
  silence,
  type AudioPort,
  type AudioSource,
} from '../../src-server/telephony/embedded/media/audio-frame';
import { toneSource } from '../../src-server/telephony/embedded/media/audio-sources';
import { Bridge, type BridgeParty } from '../../src-server/telephony/embedded/media/bridge';
import { decodeMulaw, encodeMulaw } from '../../src-server/telephony/embedded/media/g711';
import { MediaClock } from '../../src-server/telephony/embedded/media/media-clock';
import { PlayoutBuffer } from '../../src-server/telephony/embedded/media/playout-buffer';
import { incomingSdp, isHoldOffer, outgoingSdp } from '../../src-server/telephony/embedded/media/sdp-rules';
import { TelephoneEventReader } from '../../src-server/telephony/embedded/media/telephone-event';
import { toneLevel } from '../../src-server/telephony/embedded/media/tone-meter';
import { WavWriter } from '../../src-server/telephony/embedded/recording/wav-writer';
import { sentencesOf } from '../../src-server/telephony/embedded/scenario/customer-voice';
import { readWav } from '../rig/wav';

const frameOf = (value: number): Int16Array => new Int16Array(samplesPerFrame).fill(value);

describe('playout buffer', () => {
  const play = (buffer: PlayoutBuffer, count: number): (number | undefined)[] =>
    Array.from({ length: count }, () => buffer.take()[0]);

  test('waits for two frames, then plays in order', () => {
    const buffer = new PlayoutBuffer();
    buffer.put(1, frameOf(1));
    expect(play(buffer, 1)).toEqual([0]);
    buffer.put(2, frameOf(2));
    expect(play(buffer, 2)).toEqual([1, 2]);
  });

  test('sorts what comes out of order and across the wrap of the sequence number', () => {
    const buffer = new PlayoutBuffer();
    for (const sequence of [65_534, 0, 65_535, 2, 1]) buffer.put(sequence, frameOf(sequence % 1000));
    expect(play(buffer, 5)).toEqual([534, 535, 0, 1, 2]);
  });

  test('drops late and doubled frames', () => {
    const buffer = new PlayoutBuffer();
    for (const sequence of [5, 6, 6]) buffer.put(sequence, frameOf(sequence));
    expect(play(buffer, 2)).toEqual([5, 6]);
    buffer.put(4, frameOf(4));
    buffer.put(6, frameOf(6));
    expect(buffer.dropped).toBe(3);
    expect(play(buffer, 1)).toEqual([0]);
  });

  test('plays silence when it runs dry, and waits for two frames again', () => {
    const buffer = new PlayoutBuffer();
    for (const sequence of [1, 2]) buffer.put(sequence, frameOf(sequence));
    expect(play(buffer, 3)).toEqual([1, 2, 0]);
    expect(buffer.underruns).toBe(1);
    buffer.put(4, frameOf(4));
    expect(play(buffer, 1)).toEqual([0]);
    buffer.put(5, frameOf(5));
    expect(play(buffer, 2)).toEqual([4, 5]);
  });

  test('a burst is cut back instead of becoming delay', () => {
    const buffer = new PlayoutBuffer();
    for (let sequence = 1; sequence <= 9; sequence++) buffer.put(sequence, frameOf(sequence));
    expect(play(buffer, 4)).toEqual([7, 8, 9, 0]);
    expect(buffer.dropped).toBe(6);
  });

  test('after a reset another stream may begin anywhere', () => {
    const buffer = new PlayoutBuffer();
    for (const sequence of [100, 101]) buffer.put(sequence, frameOf(1));
    play(buffer, 2);
    buffer.reset();
    for (const sequence of [7, 8]) buffer.put(sequence, frameOf(9));
    expect(play(buffer, 1)).toEqual([9]);
  });
});

describe('telephone-event reader', () => {
  const packet = (code: number, duration: number, isEnd: boolean): Uint8Array =>
    Uint8Array.from([code, (isEnd ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);

  test('knows all sixteen symbols and tells each once though End comes three times', () => {
    const reader = new TelephoneEventReader();
    const told: string[] = [];
    for (let code = 0; code < 16; code++) {
      for (const duration of [160, 320])
        told.push(...reader.read(packet(code, duration, false), code * 1000).map(({ digit }) => digit));
      for (let end = 0; end < 3; end++)
        told.push(...reader.read(packet(code, 800, true), code * 1000).map(({ digit }) => digit));
    }
    expect(told.join('')).toBe('0123456789*#ABCD');
  });

  test('two equal digits in a row are two', () => {
    const reader = new TelephoneEventReader();
    expect([...reader.read(packet(5, 800, true), 1), ...reader.read(packet(5, 800, true), 2)]).toEqual([
      { digit: '5', durationMs: 100 },
      { digit: '5', durationMs: 100 },
    ]);
  });

  test('a press whose End packets are all lost is told when the next begins', () => {
    const reader = new TelephoneEventReader();
    expect(reader.read(packet(1, 320, false), 1)).toEqual([]);
    expect(reader.read(packet(2, 160, false), 2)).toEqual([{ digit: '1', durationMs: 40 }]);
    expect(reader.read(packet(2, 320, true), 2)).toEqual([{ digit: '2', durationMs: 40 }]);
  });

  test('rubbish is nothing', () => {
    const reader = new TelephoneEventReader();
    expect(reader.read(Uint8Array.from([1]), 1)).toEqual([]);
    expect(reader.read(packet(16, 320, true), 2)).toEqual([]);
  });
});

test.each([
  ['Signal=5\r\nDuration=160\r\n', { digit: '5', durationMs: 160, via: 'info' }],
  ['Duration = 90\nSignal = a', { digit: 'A', durationMs: 90, via: 'info' }],
  ['Signal=#', { digit: '#', durationMs: 100, via: 'info' }],
  ['Signal=55', null],
  ['', null],
])('INFO body %j', (body, dtmf) => expect(readInfoDtmf(body)).toEqual(dtmf));

describe('bridge', () => {
  class Party implements BridgeParty {
    readonly heard: Int16Array[] = [];
    isHolding = false;
    isHeldByOrder = false;
    isAway = false;
    treatment: AudioSource | null = null;
    isMuted = false;
    tap = null;
    readonly port: AudioPort;
    constructor(says: Int16Array) {
      this.port = { pull: () => says, push: frame => this.heard.push(frame) };
    }
    get last(): number | undefined {
      return this.heard.at(-1)?.[0];
    }
  }
  const setUp = (...says: number[]): { parties: Party[]; bridge: Bridge; tick: () => void } => {
    let now = 0;
    const clock = new MediaClock(() => now);
    const bridge = new Bridge(clock, () => ({ pull: () => frameOf(77) }));
    const parties = says.map(value => new Party(value === 0 ? silence : frameOf(value)));
    for (const party of parties) bridge.join(party);
    clock.stop();
    return {
      parties,
      bridge,
      tick: () => {
        clock.catchUp();
        now += 20;
      },
    };
  };
  const heardBy = (parties: Party[]): (number | undefined)[] => parties.map(({ last }) => last);

  test('everybody hears the sum of the others and not itself', () => {
    const { parties, tick } = setUp(1, 10, 100);
    tick();
    expect(heardBy(parties)).toEqual([110, 101, 11]);
  });

  test('loud speakers clip instead of wrapping round', () => {
    const { parties, tick } = setUp(30_000, 30_000, -1);
    tick();
    expect(parties[2]?.last).toBe(32_767);
  });

  test('who is alone with a holding party hears music; treatment goes before everything', () => {
    const { parties, tick } = setUp(1, 10);
    const [first, second] = parties;
    if (first === undefined || second === undefined) throw new Error('two parties');
    first.isHolding = true;
    second.treatment = null;
    tick();
    expect(second.last).toBe(77);
    first.treatment = { pull: () => frameOf(55) };
    tick();
    expect(first.last).toBe(55);
  });

  test('a bridge that was empty works again', () => {
    const { parties, bridge, tick } = setUp(1, 10);
    for (const party of parties) bridge.leave(party);
    expect(bridge.size).toBe(0);
    for (const party of parties) bridge.join(party);
    tick();
    expect(heardBy(parties)).toEqual([10, 1]);
    for (const party of parties) bridge.leave(party);
  });
});

test('after a stall the media clock skips instead of bursting', () => {
  let now = 0;
  let ticks = 0;
  let told = 0;
  const clock = new MediaClock(() => now);
  clock.add(skipped => {
    ticks++;
    told += skipped;
  });
  clock.stop(); // no timer: this test is the timer
  clock.catchUp();
  expect(ticks).toBe(1);
  now = 100;
  clock.catchUp();
  expect(ticks).toBe(6);
  now = 5000;
  clock.catchUp();
  expect(ticks).toBe(7);
  expect(told).toBe(clock.skippedTicks);
  expect((ticks + told - 1) * 20).toBe(5000);
});

test('mu-law there and back keeps a tone', () => {
  const tone = toneSource([1000]).pull();
  expect(toneLevel(decodeMulaw(encodeMulaw(tone)), 1000)).toBeCloseTo(6000, -2);
  expect([...decodeMulaw(Uint8Array.from([0xff, 0x7f, 0x00, 0x80]))].map(sample => sample + 0)).toEqual([
    0, 0, -32_124, 32_124,
  ]);
});

test('a WAV file is valid after every second and complete at the end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wav-'));
  const path = join(folder, 'a.wav');
  const writer = new WavWriter(path);
  expect(() => new WavWriter(path)).toThrow('EEXIST');
  for (let frame = 0; frame < 50; frame++) writer.write(frameOf(100), frameOf(-100));
  expect(readWav(readFileSync(path)).channels[0]).toHaveLength(8000); // not closed yet
  for (let frame = 0; frame < 7; frame++) writer.write(frameOf(3), frameOf(4));
  expect(writer.durationMs).toBe(57 * 20);
  writer.close();
  writer.close();
  writer.write(frameOf(9), frameOf(9));
  const { sampleRate, channels } = readWav(readFileSync(path));
  expect(sampleRate).toBe(8000);
  expect(channels.map(samples => [samples.length, samples[0], samples.at(-1)])).toEqual([
    [57 * 160, 100, 3],
    [57 * 160, -100, 4],
  ]);
  rmSync(folder, { recursive: true });
});

describe('SDP rules', () => {
  const body =
    'v=0\r\nt=0 0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0 101\r\na=ice-lite\r\na=candidate:1 1 udp 1 10.0.0.5 5 typ host\r\na=candidate:2 1 udp 1 127.0.0.1 6 typ host\r\na=inactive\r\n';

  test('out: one address, ice-lite for the session, never port 0', () => {
    expect(outgoingSdp(body)).toBe(
      'v=0\r\nt=0 0\r\na=ice-lite\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 101\r\na=candidate:2 1 udp 1 127.0.0.1 6 typ host\r\na=inactive\r\n',
    );
  });

  test('in: no candidates; no description without G.711', () => {
    expect(incomingSdp(body)).not.toContain('candidate');
    expect(() => incomingSdp('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')).toThrow('G.711');
    expect(() => incomingSdp('v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=sendrecv\r\n')).toThrow('G.711');
    expect(() => incomingSdp('')).toThrow('G.711');
    expect(isHoldOffer('a=sendonly\r\n')).toBe(true);
    expect(isHoldOffer('a=sendrecv\r\n')).toBe(false);
  });
});

test('speech is cut at its pauses', () => {
  const speech = new Int16Array(8000 * 3);
  speech.fill(2000, 800, 8000);
  speech.fill(-2000, 14_000, 20_000);
  const sentences = sentencesOf(speech);
  expect(sentences).toHaveLength(2);
  expect(sentences[0]?.[0]).toBe(2000);
  expect(sentences[1]?.[0]).toBe(-2000);
  expect(sentencesOf(new Int16Array(100))).toEqual([]);
});
