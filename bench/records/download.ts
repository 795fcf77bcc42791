import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { compare, alone, type LoneOutcome, type Outcome } from '../compare';
import { until } from '../launch';
import { keptFolder } from '../kept-file';
import { processTree, proportionalSetSizeMb } from '../process-tree';
import { longRecording, putRecordings } from './long-recordings';
import { openApp, openCentre, origin, type App, type Centre } from './records-app';

const files = 500;
const seconds = 60;
const mostMb = 50;
const mostTimes = 1.5;

/** Five hundred recordings of a minute, a gigabyte: in the app, beside the same requests one after the other without an app, written and hashed. */
export async function downloadBenchmark(
  pairs: number,
  say: (line: string) => void,
): Promise<(Outcome | LoneOutcome)[]> {
  const file = await longRecording(seconds);
  const ids = Array.from({ length: files }, (_none, n) => `minute-${n}`);
  const centre = await openCentre();
  await putRecordings(
    centre.data,
    ids.map(id => ({ id, file, seconds })),
  );
  const folder = join(keptFolder(), `downloads-${process.pid}`);
  mkdirSync(folder);
  const app = await openApp();
  try {
    await app.app.evaluate(({ app: electron }, path) => electron.setPath('downloads', path), folder);
    const [measured, more]: [{ ours: number; peer: number }[], number[]] = [[], []];
    for (let pair = 0; pair < pairs; pair += 1) {
      const peer = await plain(centre, ids, folder);
      const ours = await inApp(app, ids, folder);
      say(
        `download ours ${(ours.tookMs / 1000).toFixed(1)} s, +${ours.moreMb.toFixed(0)} MB; plain requests ${(peer / 1000).toFixed(1)} s`,
      );
      measured.push({ ours: ours.tookMs, peer });
      more.push(ours.moreMb);
    }
    return [
      compare(['download', 'ms'], measured, { text: `ratio ≤ ${mostTimes}`, isMet: ratio => ratio <= mostTimes }, 0),
      alone('download-memory', more, mostMb, 'MB'),
    ];
  } finally {
    await app.close();
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same bytes over the same line to the same disk. */
async function plain({ token }: Centre, ids: readonly string[], folder: string): Promise<number> {
  const own = join(folder, 'plain');
  mkdirSync(own);
  const began = performance.now();
  for (const id of ids) {
    const answer = await fetch(`${origin}/api/recordings/${id}/audio?purpose=download`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const path = join(own, `${id}.wav`);
    if (!answer.ok || answer.body === null) throw new Error(`${id}: ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(path));
    await pipeline(createReadStream(path), createHash('sha256'));
  }
  const tookMs = performance.now() - began;
  rmSync(own, { recursive: true });
  return tookMs;
}

async function inApp(
  { app, page }: App,
  recordingIds: string[],
  folder: string,
): Promise<{ readonly tookMs: number; readonly moreMb: number }> {
  const pid = app.process().pid ?? 0;
  const held = (): number => proportionalSetSizeMb(processTree(pid));
  const before = held();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, held())), 500);
  const began = performance.now();
  await page.evaluate(
    ids =>
      (window as unknown as { agentBridge: { ask(name: string, input: unknown): Promise<unknown> } }).agentBridge.ask(
        'transfers.download',
        { recordingIds: ids },
      ),
    recordingIds,
  );
  const done = page.getByTestId('transfers').locator('[data-state=done]');
  await until('every file', async () => ((await done.count()) > 0 ? true : null), 300_000);
  const tookMs = performance.now() - began;
  clearInterval(timer);
  await done.getByRole('button', { name: 'Dismiss' }).click();
  const [own = ''] = readdirSync(folder);
  const written = readdirSync(join(folder, own)).filter(name => name.endsWith('.wav')).length;
  if (written !== recordingIds.length) throw new Error(`${written} of ${recordingIds.length} files`);
  rmSync(join(folder, own), { recursive: true });
  return { tookMs, moreMb: most - before };
}
