import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { startCentralServer } from '../../scripts/central-server.mjs';
import { keptFolder } from '../kept-file';
import { launch, project, windowAt, type Launched } from '../launch';

/** Always the same: what a cache holds is told by the server's address. */
const port = 47_613;
export const origin = `http://127.0.0.1:${port}`;
/** Whose records are in the cache. */
export const owner = `${origin} person-1001`;

export interface Centre {
  readonly data: string;
  readonly token: string;
  readonly cursor: string;
  close(): Promise<void>;
}

/** The real server with demo data, in the folder of the kept files: large ones are linked, not copied. */
export async function openCentre(): Promise<Centre> {
  const data = mkdtempSync(join(keptFolder(), 'centre-'));
  const server = await startCentralServer({
    args: ['--demo', '--no-schedule', '--data', data, '--port', String(port)],
  });
  const { nextCursor } = await post<{ nextCursor: string }>(
    '/api/records/changes',
    { limit: 1 },
    await tokenOf('1001'),
  );
  return {
    data,
    token: await tokenOf('2003'), // the app has the session of 1001
    cursor: nextCursor,
    close: async () => {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function tokenOf(extension: string): Promise<string> {
  const signIn = { identifier: extension, password: `demo-${extension}`, machine: 'bench' };
  return (await post<{ accessToken: string }>('/api/sign-in', signIn)).accessToken;
}

async function post<T>(path: string, body: object, token?: string): Promise<T> {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

export interface App extends Launched {
  readonly page: Page;
}

/** The app with somebody signed in, in a profile that was made ready before. */
export async function openApp(prepare: (userData: string) => void = () => undefined): Promise<App> {
  const env = { SOFTPHONE_SERVER_URL: origin, SOFTPHONE_BENCH: '1', SOFTPHONE_LANGUAGE: 'en' };
  const launched = await launch(project, env, prepare);
  const page = await windowAt(launched.app, 'app://agent');
  await page.locator('html[data-ready="true"]').waitFor();
  await page.getByRole('textbox', { name: /agent name/i }).fill('alice.martin');
  await page.getByLabel(/^password/i).fill('demo-1001');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('[data-testid="line-state"][data-state="registered"]').waitFor();
  return { ...launched, page };
}
