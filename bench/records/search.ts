import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { CallRecordFilters } from '../../src-shared/calls/call-record-query';
import { Announcer } from '../../src-main/base/announcer';
import { callRecordsAt, wantedCallRecords } from '../../src-main/cache/call-record-table';
import { openCache } from '../../src-main/cache/open-cache';
import { SearchDesk } from '../../src-main/history/search-desk';
import type { KeptRows } from '../../src-main/history/kept-rows';
import type { CallRecord } from '../../src-shared/calls/call-record';
import { SeededRandom } from '../../src-server/demo/seeded-random';
import { alone, compare, quantile, type LoneOutcome, type Outcome } from '../compare';
import { firstRows } from '../../src-main/history/current-search';
import { firstNames, surname } from '../many-names';
import { silent } from '../silent';
import { Stopwatch } from '../stopwatch';
import { manyRecords, putIntoProfile } from './many-records';
import { openApp, openCentre, owner } from './records-app';

const answeredWithinMs = 3;
const paintedWithinMs = 20;
const timesFaster = 100;

/** What people look for, each time something else. */
function asked(n: number, random: SeededRandom): { readonly kind: string; readonly text: string } {
  const digits = (count: number): string => String(random.between(0, 10 ** count - 1)).padStart(count, '0');
  const kinds = [
    { kind: 'four digits', text: digits(4) },
    { kind: 'seven digits', text: digits(7) },
    { kind: 'a whole number', text: `+33${random.between(1, 7)}${digits(8)}` },
    { kind: 'a surname', text: surname(random) },
    { kind: 'first name and surname', text: `${random.pick(firstNames)} ${surname(random)}` },
    { kind: 'a part of a name', text: surname(random).slice(1, 5) },
    { kind: 'one letter', text: random.pick(['z', 'x', 'q', 'a']) },
    { kind: 'two digits', text: digits(2) },
    { kind: 'nothing like it', text: 'nobody at all' },
  ] as const;
  return kinds[n % kinds.length] ?? kinds[0];
}

/** A million calls in the app's cache: asked in main → answered with a page, beside the page that LIKE gives; and key → painted. */
export async function searchBenchmark(pairs: number, say: (line: string) => void): Promise<(Outcome | LoneOutcome)[]> {
  const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
  const file = manyRecords(rows, owner, say);
  const inMain = await answers(file, pairs, say);
  return [...inMain, await painted(file, rows, say)];
}

interface Measured {
  readonly kind: string;
  /** By the peer, of the page that it gives. */
  readonly found: number;
  readonly ours: number;
  readonly peer: number;
}

/** The ratio is taken where less than a page is found: there LIKE reads every row, and of what is frequent it ends as early as we do. */
async function answers(file: string, pairs: number, say: (line: string) => void): Promise<(Outcome | LoneOutcome)[]> {
  const { db } = openCache(file, silent);
  const desk = new SearchDesk<CallRecordFilters, CallRecord>({
    db,
    // Filled to its end, and nothing comes meanwhile.
    kept: { owner, span: { hasAll: true }, changes: new Announcer<void>() } as unknown as KeptRows<CallRecord>,
    wantedOf: wantedCallRecords,
    columnOf: () => 'key',
    rowsAt: keys => callRecordsAt(db, keys),
    upsert: () => undefined,
    askServer: async () => ({ rows: [], hasMore: false }),
    isOnline: () => true,
    log: silent,
  });
  const peer = new SqliteDatabase(file, { readonly: true });
  const like = peer.prepare(
    'SELECT * FROM call_records NOT INDEXED WHERE owner = ? AND (remote_name LIKE ? OR remote_number LIKE ? OR queue_name LIKE ?) ORDER BY key DESC LIMIT 50',
  );
  const random = new SeededRandom(7);
  const measured: Measured[] = [];
  for (let n = 0; n < pairs; n += 1) {
    const { kind, text } = asked(n, random);
    const began = performance.now();
    await desk.search({ searchId: `s${n}`, filters: { text }, sortBy: 'startedAt', sortDirection: 'descending' });
    const between = performance.now();
    desk.end(); // the rest is counted only while somebody looks at it
    const found = like.all(owner, `%${text}%`, `%${text}%`, `%${text}%`).length;
    measured.push({ kind, found, ours: between - began, peer: performance.now() - between });
    await new Promise(done => setImmediate(done));
  }
  peer.close();
  db.close();
  for (const kind of new Set(measured.map(each => each.kind))) {
    const some = measured.filter(each => each.kind === kind);
    const [ours, theirs] = [some.map(each => each.ours), some.map(each => each.peer)];
    const median = (values: number[]): string => quantile(values, 0.5).toFixed(2);
    say(
      `  ${kind.padEnd(24)} ours ${median(ours)} ms, most ${Math.max(...ours).toFixed(2)} ms, LIKE ${median(theirs)} ms`,
    );
  }
  const isRare = ({ found }: Measured): boolean => found < firstRows;
  return [
    compare(['search', 'ms'], measured.filter(isRare), {
      text: `${timesFaster} times faster`,
      isMet: ratio => ratio <= 1 / timesFaster,
    }),
    alone(
      'search-answer',
      measured.map(each => each.ours),
      answeredWithinMs,
    ),
  ];
}

const typed = ['5963', '71828', 'berlin', 'alice', 'zoxa', '9047', 'xavier', '8612', 'marton', '2470', 'quimo', '6158'];
/** Who finds nothing new by then sees nothing new. */
const nothingNewMs = 400;
/** Between two keys of somebody who types a hundred words a minute. */
const typedEveryMs = 120;

/** In the real window: each key, from the press to the paint of the rows that it finds. */
async function painted(file: string, rows: number, say: (line: string) => void): Promise<LoneOutcome> {
  const centre = await openCentre();
  const app = await openApp(userData => putIntoProfile(file, userData, { owner, cursor: centre.cursor }));
  const took: number[] = [];
  try {
    const { page } = app;
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    const box = page.getByRole('searchbox');
    const watch = await Stopwatch.in(page);
    await page.evaluate(watchRows);
    for (const text of typed) {
      await box.fill('');
      await page.getByText(`${rows.toLocaleString('en')} found`).waitFor();
      for (const key of text) {
        const nextKey = sleep(typedEveryMs);
        await page.keyboard.press(key);
        const ms = await watch.next(nothingNewMs);
        if (ms !== null) took.push(ms);
        await nextKey;
      }
    }
  } finally {
    await app.close();
    await centre.close();
  }
  const shown = [0.5, 0.95, 1].map(share => quantile(took, share).toFixed(1)).join(', ');
  say(`  key → painted: median, p95, most ${shown} ms of ${took.length} keys`);
  return alone('search-painted', took.slice(3), paintedWithinMs);
}

/** In the page: a key that is pressed, and the next picture in which rows or their number are others. */
function watchRows(): void {
  let pressedAt: number | null = null;
  addEventListener('keydown', event => (pressedAt = event.timeStamp), true);
  const isOfList = ({ target }: MutationRecord): boolean => {
    const element = target instanceof Element ? target : target.parentElement;
    return element !== null && element.closest('[data-testid=calls-table], [data-testid=found-count], output') !== null;
  };
  const watch = new MutationObserver(changes => {
    const from = pressedAt;
    if (from === null || !changes.some(isOfList)) return;
    pressedAt = null;
    requestAnimationFrame(() => setTimeout(() => window.benchTook(performance.now() - from)));
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}
