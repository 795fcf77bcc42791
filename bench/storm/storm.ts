import { spawn } from 'node:child_process';
import { join } from 'node:path';
import readline from 'node:readline';
import type { Page } from '@playwright/test';
import { type Outcome, compare } from '../compare';
import { launch, peerFolder, project, until, windowAt } from '../launch';
import type { StormEnd, StormOrder } from './storm-centre';

const perSecond = 3_000;
const seconds = 10;
const leastFramesPerSecond = 58;
/** Two refreshes of a screen at 60 Hz, 33.3 ms: one frame came late, and none later. */
const longestFrameMs = 33;
/** What is not on screen so long after the last event is lost. */
const calmWithinMs = 1_000;
/** Blown before anything counts: server and pages run programs that are compiled, as they do all day. */
const warmUpSeconds = 3;

interface Frames {
  readonly perSecond: number;
  readonly longestMs: number;
  /** When the longest ended, in seconds from the first frame. */
  readonly longestAt: number;
}

/** In a page, while the storm blows: the time between each two frames. */
const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    const each = (at: number): void => {
      frames.push(at);
      requestAnimationFrame(each);
    };
    requestAnimationFrame(each);
  });
async function framesOf(page: Page): Promise<Frames> {
  const at = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0));
  const gaps = at.slice(1).map((time, index) => time - (at[index] ?? time));
  const longestMs = Math.max(...gaps);
  return {
    perSecond: (gaps.length * 1000) / gaps.reduce((sum, gap) => sum + gap, 0),
    longestMs,
    longestAt: ((at[gaps.indexOf(longestMs) + 1] ?? 0) - (at[0] ?? 0)) / 1000,
  };
}

/** The whole queue screen under 3,000 queue events a second, beside a page that changes its list for each of them. */
export async function stormBenchmark(pairs: number, say: (line: string) => void): Promise<Outcome> {
  const centre = await openCentre();
  const app = await launch(project, {
    SOFTPHONE_SERVER_URL: centre.url,
    SOFTPHONE_BENCH: '1',
    SOFTPHONE_LANGUAGE: 'en',
  });
  const peer = await launch(peerFolder('every-event'), { BENCH_PORT: String(centre.peerPort) });
  try {
    const ourPage = await windowAt(app.app, 'app://agent');
    const peerPage = await windowAt(peer.app, 'file:');
    await openQueues(ourPage);
    const pages = { ours: ourPage, peer: peerPage };
    for (const who of ['ours', 'peer'] as const) {
      await watchFrames(pages[who]);
      await centre.blow({ to: who, perSecond, seconds: warmUpSeconds });
      say(`storm    ${who}: warm-up, ${spoken(await framesOf(pages[who]))}`);
      await openAnew(pages[who], who);
    }
    const measured: { ours: number; peer: number }[] = [];
    const worst = { ours: 0, peer: 0 };
    let lost = 0;
    for (let pair = 0; pair < pairs; pair += 1) {
      const one = { ours: 0, peer: 0 };
      for (const who of pair % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
        await watchFrames(pages[who]);
        const end = await centre.blow({ to: who, perSecond, seconds });
        const frames = await framesOf(pages[who]);
        one[who] = frames.perSecond;
        worst[who] = Math.max(worst[who], frames.longestMs);
        const missing = who === 'ours' ? await missingIn(ourPage, end) : 0;
        lost += missing;
        say(`storm    ${who}: ${end.told} events, ${spoken(frames)}, ${missing} lost`);
        await openAnew(pages[who], who);
      }
      measured.push(one);
    }
    return compare(
      ['storm', 'frames/s'],
      measured,
      {
        text: `ours ≥ ${leastFramesPerSecond} frames/s, none over ${longestFrameMs} ms, none lost`,
        isMet: (_ratio, ours) =>
          ours.median >= leastFramesPerSecond && Math.round(worst.ours) <= longestFrameMs && lost === 0,
      },
      0,
    );
  } finally {
    await peer.close();
    await app.close();
    await centre.close();
  }
}

const spoken = ({ perSecond: rate, longestMs, longestAt }: Frames): string =>
  `${rate.toFixed(1)} frames/s, longest ${longestMs.toFixed(1)} ms after ${longestAt.toFixed(1)} s`;

const openedAgain = (page: Page): Promise<void> => page.locator('[data-testid=queue]').first().waitFor();

async function openAnew(page: Page, who: 'ours' | 'peer'): Promise<void> {
  await page.reload();
  if (who === 'ours') await openedAgain(page);
}

/** A supervisor sees every queue. */
async function openQueues(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor();
  await page.getByRole('textbox', { name: /agent name/i }).fill('2001');
  await page.getByLabel(/^password/i).fill('demo-2001');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await openedAgain(page);
}

/** How many callers of the end the screen does not show, once it is calm. */
async function missingIn(page: Page, { lines }: StormEnd): Promise<number> {
  const shown = (): Promise<Record<string, number>> =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('[data-testid=queue]')].map(queue => [
          queue.dataset['queueId'] ?? '',
          Number(queue.querySelector<HTMLElement>('[data-waiting]')?.dataset['waiting']),
        ]),
      ),
    );
  const difference = async (): Promise<number> => {
    const seen = await shown();
    return Object.entries(lines).reduce((sum, [id, line]) => sum + Math.abs(line.length - (seen[id] ?? 0)), 0);
  };
  await until('a calm screen', async () => ((await difference()) === 0 ? true : null), calmWithinMs).catch(
    () => undefined,
  );
  const newest = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid=queue]')].map(
      queue => queue.querySelector<HTMLElement>('[role=option]')?.dataset['callId'],
    ),
  );
  const wrongHeads = Object.values(lines).filter(line => line.length > 0 && !newest.includes(line.at(-1))).length;
  return (await difference()) + wrongHeads;
}

interface StormCentre {
  readonly url: string;
  readonly peerPort: number;
  blow(order: StormOrder): Promise<StormEnd>;
  close(): Promise<void>;
}

async function openCentre(): Promise<StormCentre> {
  const part = join(project, 'bench', 'asterisk-load', 'part.mjs');
  const child = spawn(process.execPath, [part, join(import.meta.dirname, 'storm-centre.ts'), '{}'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => JSON.parse(String((await lines.next()).value)) as T;
  const { url, peerPort } = await next<{ url: string; peerPort: number }>();
  return {
    url,
    peerPort,
    blow: order => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return next<StormEnd>();
    },
    close: async () => {
      const gone = new Promise(done => child.once('exit', done));
      child.stdin.end();
      await gone;
    },
  };
}
