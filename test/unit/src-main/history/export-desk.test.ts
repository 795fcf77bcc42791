import crypto from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRecord } from '../../../../src-shared/calls/call-record';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { Transfer } from '../../../../src-shared/ipc/transfer';
import { ExportDesk, type ExportOrder } from '../../../../src-main/history/export-desk';
import type { RestClient } from '../../../../src-main/server-link/rest-client';
import { aCallRecord, aRecording, manyCallRecords, noon } from '../../../builders/a-call-record';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';
import { sheetsOf, unzipped, xmlOf } from '../../../fakes/xlsx-reader';

let folder: string;
let downloads: string;
let rows: CallRecord[];
/** After so many rows the list fails. */
let failsAfter: number;
let begun: unknown[];
let isRefused: boolean;
let onBegun: () => void;
let isPaused: Promise<void>;
/** The search that is the newest. */
let newest: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'));
  downloads = join(folder, 'Downloads');
  mkdirSync(downloads);
  onBegun = () => undefined;
  [rows, failsAfter, begun, isRefused, isPaused, newest] = [[], Infinity, [], false, Promise.resolve(), 's'];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const listOf = <T>(all: () => readonly T[]) => ({
  filtersOf: (searchId: string) => (searchId === newest ? { text: 'roux' } : null),
  countOf: () => 1,
  all: (searchId: string) => (searchId === newest ? inParts(all) : null),
});
async function* inParts<T>(all: () => readonly T[]) {
  for (let first = 0; first < all().length; first += 500) {
    await isPaused;
    if (first >= failsAfter) throw new AppError('server/unreachable');
    yield all().slice(first, first + 500);
  }
}
function aDesk(): ExportDesk {
  const call = async (route: string, input: unknown) => {
    if (isRefused) throw new AppError('server/unreachable');
    begun.push([route, input]);
    onBegun();
  };
  return new ExportDesk({
    rest: { call: call as unknown as RestClient['call'] },
    records: listOf(() => rows),
    recordings: listOf(() => rows.map(({ id, startedAt }) => aRecording(id, startedAt, { qaScore: 87.5 }))),
    clock: new FakeClock(),
    folder: () => downloads,
    log: new QuietLogger(),
  });
}
const order = (part: Partial<ExportOrder> = {}): ExportOrder => ({
  what: 'records',
  format: 'xlsx',
  searchId: 's',
  columns: [
    'startedAt',
    'remoteName',
    'remoteNumber',
    'type',
    'disposition',
    'durationMs',
    'endCause',
    'callNumber',
  ].map(id => ({ id, label: `<${id}> & more` })),
  words: {},
  ...part,
});
const ended = (desk: ExportDesk) =>
  vi.waitUntil(() => desk.transfers.find(({ state }) => state !== 'running'), { timeout: 30_000 });
async function exported(part: Partial<ExportOrder> = {}): Promise<Buffer> {
  const desk = aDesk();
  await desk.start(order(part));
  const { state, fileName } = await ended(desk);
  expect([state, readdirSync(downloads)]).toEqual(['done', [fileName]]);
  return readFileSync(join(downloads, fileName ?? ''));
}
const names = [
  '=1+1',
  '+cmd|" /C calc"!A0',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  ' =1',
  '＝1',
  '<b> & "x" \'y\'',
  '_x0041_',
  'a\u0000b\u0007',
  '🎧 \ud800',
  'two\nlines',
];

it('a file has what was found when it was ordered, whatever is searched while the centre writes it down', async () => {
  rows = manyCallRecords(3, noon);
  onBegun = () => (newest = 'another');
  expect(
    String(await exported({ format: 'csv' }))
      .trim()
      .split('\r\n'),
  ).toHaveLength(4);
});

describe('an Excel file', () => {
  it('opens along its relations, every part well-formed', async () => {
    rows = manyCallRecords(3, noon);
    const files = unzipped(await exported());
    expect([...files.keys()].toSorted()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    for (const content of files.values()) expect(() => xmlOf(content)).not.toThrow();
  });

  it('has every row, with cells of their kind', async () => {
    rows = [...manyCallRecords(1700, noon), aCallRecord('last', noon, { remoteName: null, durationMs: 3_723_000 })];
    const [sheet = []] = sheetsOf(await exported());
    expect(sheet).toHaveLength(1702);
    expect(sheet[0]?.[0]).toEqual({ type: 'text', value: '<startedAt> & more', format: '@' });
    const [moment, name, number, type, , duration, cause, call] = sheet.at(-1) ?? [];
    const local = noon - new Date(noon).getTimezoneOffset() * 60_000;
    expect(moment?.format).toBe(String.raw`yyyy\-mm\-dd\ hh:mm:ss`);
    expect(Number(moment?.value)).toBeCloseTo(local / 86_400_000 + 25_569, 8);
    expect(name).toEqual({ type: 'empty', value: '', format: '' });
    expect(number).toEqual({ type: 'text', value: '+33145550101', format: '@' });
    expect([type?.value, cause?.value]).toEqual(['inbound', 'completed']);
    expect([duration?.format, Number(duration?.value) * 86_400]).toEqual(['[h]:mm:ss', 3723]);
    expect(call).toEqual({ type: 'number', value: 1, format: '' });
  });

  it.each([
    ['2026-03-29T00:59:00Z', '2026-03-29 01:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29 03:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25 02:30'],
    ['2026-10-25T01:30:00Z', '2026-10-25 02:30'],
    ['2026-10-25T02:30:00Z', '2026-10-25 03:30'],
  ])(
    'has a moment as the clock on the wall showed it, in the nights in which clocks change too: %s',
    async (at, wall) => {
      const zone = process.env['TZ'];
      process.env['TZ'] = 'Europe/Paris';
      try {
        rows = [aCallRecord('a', Date.parse(at))];
        const [, cells] = sheetsOf(await exported())[0] ?? [];
        const days = Number(cells?.[0]?.value);
        expect(new Date(Math.round((days - 25_569) * 86_400_000)).toISOString().slice(0, 16)).toBe(
          wall.replace(' ', 'T'),
        );
      } finally {
        if (zone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = zone;
      }
    },
  );

  it('has text as text, whatever it looks like', async () => {
    rows = names.map((remoteName, n) => aCallRecord(`r${n}`, noon, { remoteName }));
    const xlsx = await exported();
    expect(unzipped(xlsx).get('xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/);
    const [sheet = []] = sheetsOf(xlsx);
    const read = sheet.slice(1).map(cells => cells[1]);
    expect(read.every(cell => cell?.type === 'text' && cell.format === '@')).toBe(true);
    expect(read.map(cell => cell?.value)).toEqual(
      names.map(name => name.replace('a\u0000b\u0007', 'ab').replace('\ud800', '')),
    );
  });

  it('has the words of the person and of recordings their own columns', async () => {
    rows = [aCallRecord('a', noon, { type: 'manual', endCause: 'no-answer', remoteName: 'manual' })];
    const words = { type: { manual: 'Manuel' }, endCause: { 'no-answer': 'Sans réponse' } };
    const [, cells] = sheetsOf(await exported({ words }))[0] ?? [];
    expect(cells?.map(({ value }) => value).filter((_value, at) => [1, 3, 4, 6].includes(at))).toEqual([
      'manual',
      'Manuel',
      'answered',
      'Sans réponse',
    ]);
    rmSync(downloads, { recursive: true });
    mkdirSync(downloads);
    const columns = ['accountName', 'qaScore', 'constructor'].map(id => ({ id, label: id }));
    const [, others] = sheetsOf(await exported({ what: 'recordings', columns }))[0] ?? [];
    expect(others?.map(({ value }) => value)).toEqual(['Horizon Énergie', 87.5, '']);
  });
});

describe('a CSV file', () => {
  it('is read by its commas, quotes and lines', async () => {
    rows = [aCallRecord('a', noon, { remoteName: 'Roux, "Camille"\r\n;x', durationMs: 3_723_400 })];
    const text = (await exported({ format: 'csv' })).toString();
    expect(text.startsWith('\ufeff<startedAt> & more,')).toBe(true);
    expect(text).toContain(',"Roux, ""Camille""\r\n;x",+33145550101,inbound,answered,1:02:03,completed,1\r\n');
  });

  it.each(names.slice(0, 7))('never begins a formula: %j', async remoteName => {
    rows = [aCallRecord('a', noon, { remoteName })];
    const columns = [{ id: 'remoteName', label: remoteName }];
    const [head, cell] = (await exported({ format: 'csv', columns })).toString().slice(1).split('\r\n');
    for (const written of [head, cell]) expect(written?.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leaves a plain number and a name as they are', async () => {
    rows = [aCallRecord('a', noon, { remoteName: 'Jean-Luc' })];
    expect((await exported({ format: 'csv' })).toString()).toContain(',Jean-Luc,+33145550101,');
  });
});

describe('an export', () => {
  it('tells how far it is, and is its owner’s alone', async () => {
    rows = manyCallRecords(5000, noon);
    const desk = aDesk();
    const told: Transfer[] = [];
    desk.changes.hear(() => told.push(...desk.transfers));
    await desk.start(order());
    const { fileName } = await ended(desk);
    expect(begun).toEqual([['exports.begun', { what: 'records', format: 'xlsx', filters: { text: 'roux' } }]]);
    expect(told.every(({ done, total }) => done <= total)).toBe(true);
    expect(desk.transfers[0]).toMatchObject({ done: 5000, total: 5000, state: 'done' });
    expect(statSync(join(downloads, fileName ?? '')).mode & 0o777).toBe(0o600);
  });

  it('does not begin when the centre cannot write it down, or another search is shown', async () => {
    isRefused = true;
    await expect(aDesk().start(order())).rejects.toMatchObject({ code: 'server/unreachable' });
    await expect(aDesk().start(order({ searchId: 'old' }))).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(downloads)).toEqual([]);
  });

  it('that fails half-way leaves nothing, and says why', async () => {
    rows = manyCallRecords(2000, noon);
    failsAfter = 1000;
    const desk = aDesk();
    await desk.start(order());
    expect(await ended(desk)).toMatchObject({ state: 'failed', code: 'server/unreachable', fileName: null });
    expect(readdirSync(downloads)).toEqual([]);
    failsAfter = Number.POSITIVE_INFINITY;
    downloads = join(folder, 'gone');
    const other = aDesk();
    await other.start(order());
    expect(await ended(other)).toMatchObject({ state: 'failed', code: 'file/not-written' });
  });

  it('that fills the disk on its way leaves nothing, and says so', async () => {
    rows = manyCallRecords(2000, noon);
    const { randomUUID } = crypto;
    crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
    syncBuiltinESMExports();
    try {
      const desk = aDesk();
      let go: () => void = () => undefined;
      isPaused = new Promise(done => (go = done));
      const second = new Date(new FakeClock().now()).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
      symlinkSync('/dev/full', join(downloads, `records_${second}.xlsx.00000000.part`)); // every write to it meets a full disk
      await desk.start(order());
      go();
      expect(await ended(desk)).toMatchObject({ state: 'failed', code: 'disk/full', fileName: null });
      expect(readdirSync(downloads)).toEqual([]);
    } finally {
      crypto.randomUUID = randomUUID;
      syncBuiltinESMExports();
    }
  });

  it.each(['cancel', 'end'] as const)('leaves nothing after %s', async how => {
    rows = manyCallRecords(2000, noon);
    let go: () => void = () => undefined;
    isPaused = new Promise(done => (go = done));
    const desk = aDesk();
    await desk.start(order({ format: 'csv' }));
    const [{ id } = { id: '' }] = desk.transfers;
    await vi.waitUntil(() => readdirSync(downloads).length === 1);
    expect(readdirSync(downloads)[0]).toMatch(/\.part$/);
    if (how === 'cancel') desk.cancel(id);
    else desk.end();
    go();
    await vi.waitUntil(() => readdirSync(downloads).length === 0);
    expect(desk.transfers.map(({ state }) => state)).toEqual(how === 'cancel' ? ['cancelled'] : []);
  });

  it('takes no place of another, also of one in the same second', async () => {
    rows = manyCallRecords(600, noon);
    const desk = aDesk();
    await Promise.all([desk.start(order()), desk.start(order())]);
    await vi.waitUntil(() => desk.transfers.every(({ state }) => state === 'done'));
    const files = readdirSync(downloads);
    expect(files).toHaveLength(2);
    for (const file of files) expect(sheetsOf(readFileSync(join(downloads, file)))[0]).toHaveLength(601);
    const [first = ''] = files;
    writeFileSync(join(downloads, first), 'mine');
    await aDesk().start(order());
    await vi.waitUntil(() => readdirSync(downloads).filter(name => name.endsWith('.xlsx')).length === 3);
    expect(readFileSync(join(downloads, first), 'utf8')).toBe('mine');
  });
});
