import type { Page } from '@playwright/test';
import { compare, type Outcome } from '../compare';
import { launch, peerFolder, windowAt } from '../launch';
import { manyRecords, putIntoProfile } from './many-records';
import { openApp, openCentre, owner } from './records-app';

const seconds = 10;
const longestFrameMs = 25;

interface Scrolled {
  readonly longestMs: number;
  readonly tooLong: number;
  readonly frames: number;
  /** Share of the frames at whose end rows in sight had no text yet. */
  readonly blank: number;
}

/** Ten seconds through a million calls in the real window, beside ten thousand in a plain table. */
export async function scrollBenchmark(pairs: number, say: (line: string) => void): Promise<Outcome> {
  const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
  const file = manyRecords(rows, owner, say);
  const centre = await openCentre();
  const app = await openApp(userData => putIntoProfile(file, userData, { owner, cursor: centre.cursor }));
  const peer = await launch(peerFolder('long-table'), {});
  try {
    await app.page.getByRole('button', { name: 'Calls', exact: true }).click();
    await app.page.getByText(`${rows.toLocaleString('en')} found`).waitFor();
    const pages = { ours: app.page, peer: await windowAt(peer.app, 'file:') };
    await pages.peer.locator('html[data-ready=true]').waitFor();
    const measured: { ours: number; peer: number }[] = [];
    let tooLong = 0;
    for (let pair = 0; pair < pairs; pair += 1) {
      const one = { ours: 0, peer: 0 };
      for (const who of pair % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
        const seen = await scrolled(pages[who], who === 'ours' ? '[data-testid=calls-table]' : '#box');
        one[who] = seen.longestMs;
        if (who === 'ours') tooLong += seen.tooLong;
        say(
          `scroll   ${who}: ${seen.frames} frames, longest ${seen.longestMs.toFixed(1)} ms, ${seen.tooLong} over ${longestFrameMs} ms, rows without text in ${(seen.blank * 100).toFixed(0)} % of them`,
        );
      }
      measured.push(one);
    }
    return compare(
      ['scroll', 'ms'],
      measured,
      { text: `no frame over ${longestFrameMs} ms`, isMet: () => tooLong === 0 },
      0,
    );
  } finally {
    await peer.close();
    await app.close();
    await centre.close();
  }
}

/** A wheel's pace, a flight through everything, jumps, and back: the way of each frame is the same on both sides. */
async function scrolled(page: Page, box: string): Promise<Scrolled> {
  await page.bringToFront();
  const { gaps, blank } = await page.evaluate(scroll, { box, seconds });
  const settled = gaps.slice(2); // the first frames are those of being asked
  return {
    longestMs: Math.max(...settled),
    tooLong: settled.filter(gap => gap > longestFrameMs).length,
    frames: settled.length,
    blank: blank / Math.max(1, settled.length),
  };
}

/** In the page. */
function scroll({
  box: selector,
  seconds: lasting,
}: {
  box: string;
  seconds: number;
}): Promise<{ gaps: number[]; blank: number }> {
  const box = document.querySelector(selector);
  if (box === null) throw new Error(`no ${selector}`);
  const gaps: number[] = [];
  let blank = 0;
  return new Promise(done => {
    let [first, last, place] = [0, 0, 0];
    const frame = (at: number): void => {
      if (first === 0) first = at;
      else gaps.push(at - last);
      last = at;
      const share = (at - first) / (lasting * 1000);
      if (share >= 1) return done({ gaps, blank });
      const way = box.scrollHeight - box.clientHeight;
      if (share < 0.4) place += 40;
      else if (share < 0.7) place = way * ((share - 0.4) / 0.3);
      else if (share < 0.8) place = way * ((Math.floor(share * 300) * 0.618) % 1);
      else place = Math.max(0, place - 400);
      box.scrollTo({ top: place });
      if (box.querySelector('[data-waiting]') !== null) blank += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
