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
/** Two gigabytes and a little: more than a signed number of 32 bits can say. */
const largeSeconds = 67_200;
const mostMb = 50;
const mostTimes = 1.5;

/**
 * Five hundred recordings of a minute, a gigabyte, and then one of two gigabytes: in the app, beside the same requests one after the other
 * without an app, written and hashed.
 */
export async function downloadBenchmark(
  pairs: number,
  say: (line: string) => void,
): Promise<(Outcome | LoneOutcome)[]> {
  const file = await longRecording(seconds);
  const ids = Array.from({ length: files }, (_none, n) => `minute-${n}`);
  const large = { id: 'large', file: await longRecording(largeSeconds), seconds: largeSeconds };
  const centre = await openCentre();
  await putRecordings(centre.data, [...ids.map(id => ({ id, file, seconds })), large]);
  const folder = join(keptFolder(), `downloads-${process.pid}`);
  mkdirSync(folder);
  const app = await openApp();
  try {
    await app.app.evaluate(({ app: electron }, path) => electron.setPath('downloads', path), folder);
    const [measured, more]: [{ ours: number; peer: number }[], number[]] = [[], []];
    const pair = async (recordingIds: readonly string[], what: string): Promise<{ ours: number; peer: number }> => {
      const peer = await plain(centre, recordingIds, folder);
      const ours = await inApp(app, recordingIds, folder);
      say(
        `${what} ours ${(ours.tookMs / 1000).toFixed(1)} s, +${ours.moreMb.toFixed(0)} MB; plain requests ${(peer / 1000).toFixed(1)} s`,
      );
      more.push(ours.moreMb);
      return { ours: ours.tookMs, peer };
    };
    for (let done = 0; done < pairs; done += 1) measured.push(await pair(ids, 'download'));
    const ofLarge = [await pair([large.id], 'download 2 GB')];
    const goal = { text: `ratio ≤ ${mostTimes}`, isMet: (ratio: number) => ratio <= mostTimes };
    return [
      compare(['download', 'ms'], measured, goal, 0),
      compare(['download-2gb', 'ms'], ofLarge, goal, 0),
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
  recordingIds: readonly string[],
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
  const written = readdirSync(folder, { recursive: true }).filter(name => String(name).endsWith('.wav')).length;
  if (written !== recordingIds.length) throw new Error(`${written} of ${recordingIds.length} files`);
  for (const own of readdirSync(folder)) rmSync(join(folder, own), { recursive: true });
  return { tookMs, moreMb: most - before };
}
