import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';
import { agentWindowOf } from './fixtures';

const project = resolve(import.meta.dirname, '../..');
const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const environment = (userData: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  SOFTPHONE_USER_DATA: userData,
  SOFTPHONE_LANGUAGE: 'en',
});

/** Ends the program as its menu would and starts it with the same profile. Whoever starts it ends it. */
export async function startAgain(
  app: ElectronApplication,
  userData: string,
  before: readonly string[] = [],
): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const ended = new Promise(done => app.process().once('exit', done));
  await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined); // it may be gone before it can answer
  await ended;
  const again = await _electron.launch({
    cwd: project,
    args: [...before, project, ...noSandbox],
    env: environment(userData),
  });
  return { app: again, page: await readyPage(again) };
}

/** Starts the program as a link does when it is not running. Whoever starts it ends it. */
export async function startByLink(
  userData: string,
  serverUrl: string,
  link: string,
): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const app = await _electron.launch({
    cwd: project,
    args: [project, ...noSandbox, '--', link],
    env: { ...environment(userData), SOFTPHONE_SERVER_URL: serverUrl },
  });
  return { app, page: await readyPage(app) };
}

async function readyPage(app: ElectronApplication): Promise<Page> {
  const page = await agentWindowOf(app);
  page.setDefaultTimeout(10_000);
  await page.locator('html[data-ready="true"]').waitFor();
  return page;
}

/** Opens a link as the desktop does: by starting the installed program with it. @returns when that second start has ended */
export async function openLink(app: ElectronApplication, userData: string, ...links: readonly string[]): Promise<void> {
  const second = spawn(app.process().spawnfile, [...noSandbox, project, '--', ...links], {
    env: environment(userData),
    stdio: 'ignore',
  });
  await new Promise((done, fail) => second.once('exit', done).once('error', fail));
}
