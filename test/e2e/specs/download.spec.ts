import type { IncomingMessage } from 'node:http';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { downloadsFolder } from '../downloads-folder';
import { expect, test } from '../fixtures';
import { AgentWindow } from '../page-models/agent-window';
import { startAgain } from '../start-again';

/** What has come of a file when its line breaks. */
const before = 50_000;
const idOf = ({ url }: IncomingMessage): string | undefined =>
  /^\/api\/recordings\/([^/]+)\/audio\?purpose=download$/.exec(url ?? '')?.[1];

/** Lets so many bytes through; the rest never comes. */
function held(): Transform {
  let left = before;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      this.push(chunk.subarray(0, left));
      left -= Math.min(left, chunk.length);
      if (left > 0) done();
    },
  });
}

/** One byte becomes another. */
function spoilt(): Transform {
  let isDone = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!isDone) chunk[chunk.length - 1] = (chunk.at(-1) ?? 0) ^ 1;
      isDone = true;
      done(null, chunk);
    },
  });
}

test('@recordings @download @engine several recordings: one is cancelled, a byte is spoilt, the server is lost, the program ends; all are whole', async ({
  agent,
  app,
  centre,
  network,
  page,
  userData,
}) => {
  const folder = await downloadsFolder(app, userData);
  const files = async (): Promise<string[]> => {
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    return all.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  };
  /** Settles when a file has so much of it and no more. */
  const half = () =>
    expect
      .poll(async () => {
        const parts = (await files()).filter(name => name.endsWith('.part'));
        return Promise.all(parts.map(async name => (await stat(name)).size));
      })
      .toEqual([before]);
  const asked: { readonly id: string; readonly range: string | null }[] = [];
  /** What happens to the nth file that is asked for from now on. */
  const breaking = (ways: Readonly<Record<number, () => Transform>>): void => {
    let nth = 0;
    network.through = request => {
      const id = idOf(request);
      if (id === undefined) return null;
      asked.push({ id, range: request.headers.range ?? null });
      nth += 1;
      return ways[nth]?.() ?? null;
    };
  };
  await agent.signIn('2001', 'demo-2001');
  await agent.button('Recordings').click();
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('button', { name: /^Clear/ }).click();
  // Long enough to be broken in the middle; the specs before this one have left shorter ones.
  await page.getByRole('spinbutton', { name: 'At least (seconds)' }).fill('5');
  const table = page.getByTestId('recordings-table');
  const lengths = table.getByRole('row').locator('[role=gridcell]:nth-child(4)');
  await expect.poll(async () => (await lengths.allInnerTexts()).toSorted()[0]).toMatch(/^00:(0[5-9]|[1-5]\d)$/);
  const transfers = page.getByTestId('transfers');

  await test.step('one that is cancelled in the middle leaves nothing', async () => {
    breaking({ 1: held });
    await table.getByRole('button', { name: 'Download' }).first().click();
    await half();
    await expect(transfers.locator('[data-state=running]').getByRole('progressbar')).toBeVisible();
    expect((await files()).filter(name => name.endsWith('.wav'))).toEqual([]);
    await transfers.getByRole('button', { name: 'Cancel' }).click();
    const cancelled = transfers.locator('[data-state=cancelled]');
    await expect(cancelled).toContainText('Cancelled');
    await expect.poll(files).toEqual([]);
    await cancelled.getByRole('button', { name: 'Dismiss' }).click();
  });

  asked.length = 0;
  let wanted = 0;
  await test.step('the server is lost: it is waited for, and nothing is half there under its final name', async () => {
    breaking({ 2: spoilt, 4: held });
    await page.getByRole('button', { name: /^Download \d+$/ }).click();
    await half();
    network.cutAll();
    const waiting = transfers.locator('[data-state=waiting]');
    await expect(waiting).toContainText('Waiting for the server');
    wanted = Number(/2 of (\d+) recordings/.exec(await waiting.innerText())?.[1]);
    expect((await files()).filter(name => name.endsWith('.wav'))).toHaveLength(2);
  });
  await test.step('it is back: the rest comes, until the program is ended', async () => {
    network.restore();
    breaking({ 3: held });
    await expect.poll(async () => (await files()).filter(name => name.endsWith('.wav')).length).toBe(4);
    await half();
  });

  const again = await startAgain(app, userData);
  try {
    await test.step('started again, it goes on where it was', async () => {
      breaking({});
      await new AgentWindow(again.page).signIn('2001', 'demo-2001');
      await expect(again.page.getByTestId('transfers').locator('[data-state=done]')).toBeVisible();
    });
  } finally {
    await again.app.close();
  }

  await test.step('no byte is asked for twice but those of the spoilt one, and every file is the server’s', async () => {
    const rest = `bytes=${before}-`;
    expect(asked.filter(({ range }) => range !== null).map(({ range }) => range)).toEqual([rest, rest]);
    const whole = asked.filter(({ range }) => range === null).map(({ id }) => id);
    const twice = whole.filter((id, nth) => whole.indexOf(id) !== nth);
    expect(twice).toEqual([whole[1]]);
    const written = await files();
    expect(written).toHaveLength(wanted);
    for (const name of written) {
      const id = /_([^_]+)\.wav$/.exec(basename(name))?.[1] ?? 'not a recording';
      expect((await readFile(name)).equals(await readFile(await centre.fileOf(id))), name).toBe(true);
    }
  });
});
