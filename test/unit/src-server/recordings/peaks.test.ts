import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeakMeter } from '../../../../src-server/recordings/peak-meter';
import { PeaksDesk } from '../../../../src-server/recordings/peaks-desk';
import { PeaksWriter } from '../../../../src-server/recordings/peaks-writer';
import { readWavFormat } from '../../../../src-server/recordings/wav-format';
import { coarserPeaks, peaksHeader, readPeaks } from '../../../../src-shared/recordings/peaks';
import { aWav } from '../../../builders/a-wav';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peaks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const peaksIn = (bytes: Uint8Array) => {
  const peaks = readPeaks(bytes);
  if (peaks === null) throw new Error('no peaks');
  return peaks;
};

describe('the shape of samples', () => {
  it('is the same however the pieces fall', () => {
    const samples = aWav(1250, at => [((at * 37) % 40_000) - 20_000, -at]).subarray(44);
    const shapeOf = (size: number): Buffer => {
      const meter = new PeakMeter(2, 8000);
      const columns = [];
      for (let at = 0; at < samples.length; at += size) {
        meter.add(samples.subarray(at, at + size));
        columns.push(meter.take());
      }
      return Buffer.concat([...columns, meter.take({ isEnd: true })]);
    };
    const whole = shapeOf(samples.length);
    expect(whole).toHaveLength(13 * 4);
    for (const size of [1, 3, 4, 1001, 3200]) expect(shapeOf(size)).toEqual(whole);
  });

  it('has lowest and highest of each channel', () => {
    const meter = new PeakMeter(2, 8000);
    meter.add(aWav(200, at => (at < 800 ? [32_767, -32_768] : [0, 256])).subarray(44));
    expect([...new Int8Array(meter.take())]).toEqual([0, 127, -128, 0, 0, 0, 0, 1]);
  });

  it('is coarser ten to one, the last column of what is left', () => {
    const bytes = Int8Array.from({ length: 25 * 2 }, (_, index) => (index % 2 === 0 ? -(index / 2) : index));
    expect([...coarserPeaks({ channels: 1, columnMs: 100, columns: 25, bytes }, 10).bytes]).toEqual([
      -9, 19, -19, 39, -24, 49,
    ]);
  });
});

describe('peaks on disk', () => {
  const write = (wav: Buffer): string => {
    const path = join(folder, 'r.wav');
    writeFileSync(path, wav);
    return path;
  };
  const ask = (path: string, zoom: 'fine' | 'coarse' = 'fine') =>
    new PeaksDesk().peaksOf(path, statSync(path).size, zoom);

  it('written while recording are those that are made afterwards', async () => {
    const wav = aWav(3450, at => [at % 3000, -(at % 1000)]);
    const path = write(wav);
    const writer = new PeaksWriter(path, 2, 8000);
    for (let at = 44; at < wav.length; at += 32_000) writer.add(wav.subarray(at, at + 32_000));
    writer.close();
    const written = readFileSync(join(folder, 'r.peaks'));
    rmSync(join(folder, 'r.peaks'));
    expect(peaksIn(await ask(path))).toEqual(peaksIn(written));
    expect(readFileSync(join(folder, 'r.peaks')), 'kept for the next time').toEqual(written);
    expect(peaksIn(written)).toMatchObject({ channels: 2, columnMs: 100, columns: 35 });
    expect(peaksIn(await ask(path, 'coarse'))).toMatchObject({ channels: 2, columnMs: 1000, columns: 4 });
  });

  it('stand there coarse as well, and are those that the fine ones make', async () => {
    const path = write(aWav(3450, at => [(at % 3000) - 2000, -(at % 1000)]));
    const fine = peaksIn(await ask(path));
    const coarse = await ask(path, 'coarse');
    expect(peaksIn(coarse)).toEqual(coarserPeaks(fine, 10));
    truncateSync(join(folder, 'r.peaks'), 16 + 35 * 4);
    expect(await ask(path, 'coarse'), 'of a server that wrote the fine ones only').toEqual(coarse);
    appendFileSync(join(folder, 'r.peaks'), coarse.subarray(0, -1));
    expect(await ask(path, 'coarse'), 'torn').toEqual(coarse);
    truncateSync(join(folder, 'r.peaks'), 16 + 35 * 4);
    const other = coarserPeaks(fine, 10);
    other.bytes.fill(7);
    appendFileSync(join(folder, 'r.peaks'), Buffer.concat([peaksHeader(other), Buffer.from(other.bytes)]));
    expect(peaksIn(await ask(path, 'coarse')), 'and they are not made again').toEqual(other);
  });

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['torn', (file: string) => truncateSync(file, 30)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['something else', (file: string) => writeFileSync(file, 'hello, these are no peaks at all')],
  ])('that are %s are made anew', async (_name, spoil) => {
    const path = write(aWav(1000));
    const whole = await ask(path);
    spoil(join(folder, 'r.peaks'));
    expect(await ask(path)).toEqual(whole);
    expect(existsSync(join(folder, 'r.peaks'))).toBe(true);
  });

  it('of a recording that a crash left are made anew when they end too early', async () => {
    const path = write(aWav(1000));
    await ask(path);
    appendFileSync(path, aWav(2000).subarray(44));
    expect(peaksIn(await ask(path)).columns).toBe(30);
  });

  it('asked twice at once are made once', async () => {
    const path = write(aWav(2000));
    const desk = new PeaksDesk();
    const size = statSync(path).size;
    const [first, second] = await Promise.all([desk.peaksOf(path, size, 'fine'), desk.peaksOf(path, size, 'fine')]);
    expect(first).toEqual(second);
  });

  it('do not stop a recording when they cannot be written', () => {
    const writer = new PeaksWriter(join(folder, 'none', 'r.wav'), 2, 8000);
    writer.add(aWav(500).subarray(44));
    writer.close();
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('the head of a file', () => {
  it('says where the samples are', () => {
    expect(readWavFormat(aWav(10))).toEqual({ channels: 2, sampleRate: 8000, dataAt: 44 });
    const extra = Buffer.concat([
      aWav(0).subarray(0, 36),
      Buffer.from('LIST\u0003\0\0\0abc\0data\u00ff\u00ff\u00ff\u00ff', 'latin1'),
    ]);
    expect(readWavFormat(extra), 'another chunk before, a size that nobody can believe').toMatchObject({ dataAt: 56 });
  });

  it.each<[string, (wav: Buffer) => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['half a head', wav => wav.subarray(0, 40)],
    ['an MP3', () => Buffer.from(`ID3${'x'.repeat(100)}`)],
    ['zeros', wav => Buffer.alloc(wav.length)],
    ['no channels', wav => Buffer.concat([wav.subarray(0, 22), Buffer.from([0, 0]), wav.subarray(24)])],
    ['seven channels', wav => Buffer.concat([wav.subarray(0, 22), Buffer.from([7, 0]), wav.subarray(24)])],
    ['eight bits', wav => Buffer.concat([wav.subarray(0, 34), Buffer.from([8, 0]), wav.subarray(36)])],
    ['another coding', wav => Buffer.concat([wav.subarray(0, 20), Buffer.from([85, 0]), wav.subarray(22)])],
    ['no rate', wav => Buffer.concat([wav.subarray(0, 24), Buffer.alloc(4), wav.subarray(28)])],
    ['no samples', wav => Buffer.concat([wav.subarray(0, 36), Buffer.from('nope'), wav.subarray(40)])],
  ])('with %s is none that we play', (_name, spoil) => {
    expect(readWavFormat(spoil(aWav(10)))).toBeNull();
  });
});
