import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readline from 'node:readline';
import { DemoCentre } from '../test/rig/demo-centre';
import { type Outcome, compare, median } from './compare';
import { launch, noSandbox, peerFolder, project, until, windowAt } from './launch';
import { processTree, proportionalSetSizeMb } from './process-tree';

const electron = createRequire(import.meta.url)('electron') as string;
const now = (): number => performance.timeOrigin + performance.now();

interface Started {
  readonly paintedMs: number;
  readonly child: ChildProcess;
  readonly userData: string;
}

/** Starts an app as a person does, without a debugger attached, and waits until it has painted. */
async function start(
  folder: string,
  userData: string,
  paintedAt: (child: ChildProcess) => Promise<number>,
): Promise<Started> {
  const spawnedAt = now();
  const child = spawn(electron, [folder, ...noSandbox, '--enable-logging=stderr'], {
    env: { ...process.env, SOFTPHONE_USER_DATA: userData, SOFTPHONE_BENCH: '1', SOFTPHONE_LANGUAGE: 'en' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const at = await paintedAt(child);
  return { paintedMs: at - spawnedAt, child, userData };
}

async function end({ child }: Started): Promise<void> {
  const gone = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

const helloPainted = (child: ChildProcess): Promise<number> =>
  new Promise(resolve => {
    readline.createInterface({ input: child.stderr! }).on('line', line => {
      const stamp = /painted (\d+(\.\d+)?)/.exec(line)?.[1];
      if (stamp !== undefined) resolve(Number(stamp));
    });
  });

const marksOf = (userData: string): { mark: string; at: number; detail?: string }[] => {
  try {
    return readFileSync(join(userData, 'marks.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { mark: string; at: number });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** A3: spawn → painted, warm profile, in turns. */
export async function startBenchmark(pairs: number): Promise<Outcome> {
  const folders = {
    ours: mkdtempSync(join(tmpdir(), 'bench-ours-')),
    peer: mkdtempSync(join(tmpdir(), 'bench-peer-')),
  };
  const measured: { ours: number; peer: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const peer = await start(peerFolder('hello'), folders.peer, helloPainted);
    await end(peer);
    const from = now();
    const ours = await start(project, folders.ours, () =>
      until('our first paint', () => marksOf(folders.ours).find(each => each.mark === 'painted' && each.at > from)?.at),
    );
    await end(ours);
    measured.push({ ours: ours.paintedMs, peer: peer.paintedMs });
  }
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  return compare(['start', 'ms'], measured, { text: 'ratio ≤ 1.5', isMet: ratio => ratio <= 1.5 });
}

/** The second half of A3, a person's typing left out: sign-in clicked → registered. Milliseconds. */
export async function registrationMs(runs: number): Promise<number> {
  const centre = await DemoCentre.open();
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const launched = await signedIn(centre);
    took.push(launched.registeredMs);
    await launched.close();
  }
  await centre.close();
  return median(took);
}

async function signedIn(centre: DemoCentre): Promise<Awaited<ReturnType<typeof launch>> & { registeredMs: number }> {
  const launched = await launch(project, { SOFTPHONE_SERVER_URL: centre.url, SOFTPHONE_LANGUAGE: 'en' });
  const page = await windowAt(launched.app, 'app://agent');
  await page.locator('html[data-ready="true"]').waitFor();
  await page.getByRole('textbox', { name: /user name|identifier|agent name/i }).fill('alice.martin');
  await page.getByLabel(/^password/i).fill('demo-1001');
  const clickedAt = now();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('[data-testid="line-state"][data-state="registered"]').waitFor();
  return { ...launched, registeredMs: now() - clickedAt };
}

/** A4: PSS of the whole tree, idle; five looks, one second apart, smallest of them, in turns. */
export async function memoryBenchmark(pairs: number): Promise<Outcome> {
  const centre = await DemoCentre.open();
  const measured: { ours: number; peer: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const hello = await launch(peerFolder('hello'), {});
    await hello.app.firstWindow();
    const peer = await settledPss(hello.app.process().pid ?? 0);
    await hello.close();
    const launched = await signedIn(centre);
    const ours = await settledPss(launched.app.process().pid ?? 0);
    await launched.close();
    measured.push({ ours, peer });
  }
  await centre.close();
  return compare(['memory', 'MB'], measured, { text: 'ratio ≤ 1.35', isMet: ratio => ratio <= 1.35 }, 0);
}

async function settledPss(pid: number): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    await new Promise(done => setTimeout(done, 1000));
    looks.push(proportionalSetSizeMb(processTree(pid)));
  }
  return Math.min(...looks);
}
