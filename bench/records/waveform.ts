import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { alone, compare, type LoneOutcome, type Outcome } from '../compare';
import { launch, peerFolder, until, windowAt } from '../launch';
import { processTree, proportionalSetSizeMb } from '../process-tree';
import { decodedPage } from './decoded-page';
import { longRecording, putRecordings } from './long-recordings';
import { Stopwatch } from '../stopwatch';
import { openApp, openCentre, origin, type App } from './records-app';

const hour = 3600;
const paintedWithinMs = 100;
const seekWithinMs = 100;
const mostMb = 25;
const timesFaster = 50;

interface Opened {
  readonly paintedMs: number;
  readonly moreMb: number;
  readonly seekMs: readonly number[];
}

/** Recordings of one and of eight hours, each opened for the first time: Enter → waveform painted, beside `WaveSurfer.load(url)`; seeks; memory. */
export async function waveformBenchmark(
  pairs: number,
  say: (line: string) => void,
): Promise<(Outcome | LoneOutcome)[]> {
  const [short, long] = [await longRecording(hour), await longRecording(8 * hour)];
  const ids = (name: string, count: number): string[] => Array.from({ length: count }, (_none, n) => `${name}-${n}`);
  const [hours, days] = [ids('hour', pairs), ids('day', 2)];
  const centre = await openCentre();
  await putRecordings(centre.data, [
    ...hours.map(id => ({ id, file: short, seconds: hour })),
    ...days.map(id => ({ id, file: long, seconds: 8 * hour })),
  ]);
  // As the server has made them while it recorded.
  for (const id of [...hours, ...days])
    await fetch(`${origin}/api/recordings/${id}/peaks?zoom=coarse`, {
      headers: { authorization: `Bearer ${centre.token}` },
    });
  const site = await decodedPage(short);
  const peer = await launch(peerFolder('decoded'), { BENCH_PAGE: site.url });
  const app = await openApp();
  try {
    const watch = await Stopwatch.in(app.page);
    await app.page.evaluate(watchPlayer);
    await app.page.getByRole('button', { name: 'Recordings', exact: true }).click();
    await app.page.getByRole('searchbox').fill('Recording '); // more than the ten newest
    await app.page.getByText(`${pairs + days.length} found`).waitFor();
    const decoding = await windowAt(peer.app, site.url);
    await decoding.locator('html[data-ready=true]').waitFor();
    const [measured, more, seeks]: [{ ours: number; peer: number }[], number[], number[]] = [[], [], []];
    for (const place of hours.keys()) {
      const theirs = await decoded(decoding, peer.app.process().pid ?? 0);
      const ours = await opened(app, watch, place);
      say(
        `waveform 1 h: ours ${ours.paintedMs.toFixed(1)} ms, +${ours.moreMb.toFixed(0)} MB, seeks up to ${Math.max(...ours.seekMs).toFixed(0)} ms; decoded ${theirs.paintedMs.toFixed(0)} ms, +${theirs.moreMb.toFixed(0)} MB`,
      );
      measured.push({ ours: ours.paintedMs, peer: theirs.paintedMs });
      more.push(ours.moreMb);
      seeks.push(...ours.seekMs);
    }
    const eight: Opened[] = [];
    for (const place of days.keys()) {
      const ours = await opened(app, watch, hours.length + place);
      say(
        `waveform 8 h: ours ${ours.paintedMs.toFixed(1)} ms, +${ours.moreMb.toFixed(0)} MB, seeks up to ${Math.max(...ours.seekMs).toFixed(0)} ms`,
      );
      eight.push(ours);
    }
    return [
      compare(
        ['waveform', 'ms'],
        measured,
        {
          text: `ours ≤ ${paintedWithinMs} ms, ${timesFaster} times faster`,
          isMet: (ratio, ours) => ours.median <= paintedWithinMs && ratio <= 1 / timesFaster,
        },
        1,
      ),
      alone(
        'waveform-8h',
        eight.map(({ paintedMs }) => paintedMs),
        paintedWithinMs,
      ),
      alone('waveform-seek', [...seeks, ...eight.flatMap(({ seekMs }) => seekMs)], seekWithinMs),
      alone('waveform-memory', [...more, ...eight.map(({ moreMb }) => moreMb)], mostMb, 'MB'),
    ];
  } finally {
    await app.close();
    await peer.close();
    await site.close();
    await centre.close();
  }
}

/** The most that this tree holds, looked at while `work` is done. */
async function mostHeldMb(pid: number, work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = (): void => void (most = Math.max(most, proportionalSetSizeMb(processTree(pid))));
  const timer = setInterval(look, 250);
  await work();
  clearInterval(timer);
  look();
  return most;
}

async function decoded(page: Page, pid: number): Promise<Omit<Opened, 'seekMs'>> {
  const before = proportionalSetSizeMb(processTree(pid));
  let paintedMs = 0;
  const most = await mostHeldMb(pid, async () => {
    paintedMs = await page.evaluate(() => (window as unknown as { openRecording(): Promise<number> }).openRecording());
  });
  await page.evaluate(() => (window as unknown as { closeRecording(): void }).closeRecording());
  return { paintedMs, moreMb: most - before };
}

/** Opens the recording in this row with Enter, and looks at memory until all of it has come. */
async function opened({ app, page, userData }: App, watch: Stopwatch, row: number): Promise<Opened> {
  const pid = app.process().pid ?? 0;
  const table = page.getByTestId('recordings-table');
  await table.focus();
  await page.keyboard.press('Home');
  for (let down = 0; down < row; down += 1) await page.keyboard.press('ArrowDown');
  const before = proportionalSetSizeMb(processTree(pid));
  let paintedMs = 0;
  const seekMs: number[] = [];
  const most = await mostHeldMb(pid, async () => {
    await page.keyboard.press('Enter');
    paintedMs = await watch.sure('the waveform', 60_000);
    for (const share of [0.9, 0.5, 0.2, 0.7]) seekMs.push(await sought(page, watch, share));
    await until('all of its sound', () => (isComing(userData) ? null : true), 120_000);
    for (const share of [0.1, 0.8, 0.4]) seekMs.push(await sought(page, watch, share));
  });
  await page.keyboard.press('Escape');
  await page.getByTestId('player').waitFor({ state: 'hidden' });
  return { paintedMs, moreMb: most - before, seekMs };
}

/** A recording is being kept. Where there is no key ring, as on the private desktop, none is. */
function isComing(userData: string): boolean {
  const folder = join(userData, 'recordings');
  return existsSync(folder) && readdirSync(folder).some(name => name.endsWith('.part'));
}

async function sought(page: Page, watch: Stopwatch, share: number): Promise<number> {
  const box = await page.getByTestId('waveform').boundingBox();
  if (box === null) throw new Error('no waveform');
  await page.mouse.click(box.x + box.width * share, box.y + 20);
  return watch.sure('a seek', 30_000);
}

/** In the page: from Enter to the painted waveform, and from each press of the mouse to the sound being there. */
function watchPlayer(): void {
  let [from, isDrawn] = [0, false];
  addEventListener('keydown', event => event.key === 'Enter' && (from = event.timeStamp), true);
  addEventListener('pointerdown', event => (from = event.timeStamp), true);
  const Usual = window.Audio;
  window.Audio = class extends Usual {
    constructor() {
      super();
      this.addEventListener('seeked', () => window.benchTook(performance.now() - from));
    }
  };
  const watch = new MutationObserver(() => {
    const wasDrawn = isDrawn;
    isDrawn = document.querySelector('[data-testid=waveform][data-drawn]') !== null;
    if (isDrawn && !wasDrawn) requestAnimationFrame(() => setTimeout(() => window.benchTook(performance.now() - from)));
  });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true });
}
