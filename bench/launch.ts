import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';

export const project = resolve(import.meta.dirname, '..');
export const peerFolder = (name: 'hello' | 'bare-jssip' | 'every-event' | 'long-table' | 'decoded'): string =>
  join(project, 'bench', 'peers', name);
export const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface Launched {
  readonly app: ElectronApplication;
  readonly userData: string;
  close(): Promise<void>;
}

/** One Electron app with a profile of its own, which is made ready before. */
export async function launch(
  folder: string,
  env: Record<string, string>,
  prepare: (userData: string) => void = () => undefined,
): Promise<Launched> {
  const userData = mkdtempSync(join(tmpdir(), 'softphone-bench-'));
  prepare(userData);
  const app = await _electron.launch({
    cwd: project,
    args: [folder, ...noSandbox],
    env: { ...(process.env as Record<string, string>), SOFTPHONE_USER_DATA: userData, ...env },
  });
  return {
    app,
    userData,
    close: async () => {
      const gone = new Promise(done => app.process().once('exit', done));
      // The connection breaks while the app leaves, which is what we asked for.
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch((error: Error) => error.message);
      await gone;
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** The window whose address begins so; hidden ones count. */
export async function windowAt(app: ElectronApplication, prefix: string): Promise<Page> {
  for (;;) {
    const found = app.windows().find(page => page.url().startsWith(prefix));
    if (found) return found;
    await app.waitForEvent('window', { timeout: 15_000 });
  }
}

/** Asks until there is an answer; facts of other processes announce themselves to nobody here. */
export async function until<T>(
  what: string,
  ask: () => T | null | undefined | Promise<T | null | undefined>,
  withinMs = 15_000,
): Promise<T> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await new Promise(done => setTimeout(done, 5));
  }
  throw new Error(`bench: ${what} did not happen in ${withinMs} ms`);
}
