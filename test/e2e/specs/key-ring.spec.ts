import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DesktopKeyRing, withKeyRing } from '../../rig/key-ring';
import { expect, test } from '../fixtures';
import { AgentWindow } from '../page-models/agent-window';
import { startAgain } from '../start-again';

let ring: DesktopKeyRing;
test.use({ before: withKeyRing });
test.beforeEach(async () => void (ring = await DesktopKeyRing.open()));
test.afterEach(() => ring.close());

/** What is kept of recordings, by its name; empty where nothing is. */
async function sealedIn(userData: string): Promise<Map<string, string>> {
  const folder = join(userData, 'recordings');
  const names = existsSync(folder) ? (await readdir(folder)).filter(name => name.endsWith('.sealed')) : [];
  return new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(folder, name), 'hex')] as const)),
  );
}

async function openLongest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Recordings', exact: true }).click();
  const byLength = page.getByRole('columnheader', { name: 'Duration', exact: true });
  if ((await byLength.getAttribute('aria-sort')) === 'none') await byLength.getByRole('button').click();
  const table = page.getByTestId('recordings-table');
  await expect(table.getByRole('row').first().getByRole('gridcell').nth(3)).toHaveText(/^(00:0[3-9]|00:[1-9]|0[1-9])/);
  await table.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
}

test('@recordings @player @engine the key ring is another, then there is none: what was kept goes, what was written stays, and it plays', async ({
  agent,
  app,
  network,
  page,
  userData,
}) => {
  const note = (on: Page) => on.getByRole('textbox', { name: /^Note at/ });
  const missing = (on: Page) => on.getByText('This computer has no key ring');
  const keyFile = join(userData, 'recordings.key');
  await agent.signIn();
  await openLongest(page);
  await note(page).fill('asks for a refund');
  // The sound and its shape.
  await expect.poll(async () => (await sealedIn(userData)).size).toBeGreaterThanOrEqual(2);
  await expect(missing(page)).toHaveCount(0);
  const [first, firstKey] = [await sealedIn(userData), await readFile(keyFile)];

  await test.step('what is kept needs no server', async () => {
    await page.keyboard.press('Escape');
    network.cutAll();
    await expect(page.getByTestId('saved-only')).toBeVisible();
    await openLongest(page);
    await expect(page.getByText('Playing what is saved here')).toBeVisible();
    network.restore();
    await expect(page.getByTestId('saved-only')).toBeHidden({ timeout: 20_000 });
  });

  await ring.close();
  ring = await DesktopKeyRing.open();
  let again = await startAgain(app, userData, withKeyRing);
  try {
    await test.step('with another key ring everything is fetched again, and the note is there', async () => {
      await new AgentWindow(again.page).signIn();
      await openLongest(again.page);
      await expect(note(again.page)).toHaveValue('asks for a refund');
      await expect.poll(async () => [...(await sealedIn(userData)).keys()]).toEqual([...first.keys()]);
      for (const [name, bytes] of await sealedIn(userData)) expect(bytes, name).not.toBe(first.get(name));
      expect((await readFile(keyFile)).equals(firstKey)).toBe(false);
      await expect(missing(again.page)).toHaveCount(0);
    });
    again = await startAgain(again.app, userData);
    await test.step('without a key ring nothing is kept, the player says so and plays', async () => {
      await new AgentWindow(again.page).signIn();
      await openLongest(again.page);
      await expect(missing(again.page)).toBeVisible();
      await expect(note(again.page)).toHaveValue('asks for a refund');
      await again.page.getByRole('button', { name: 'Play', exact: true }).press('Space');
      await expect(again.page.getByTestId('player-time')).toHaveText(/^00:01/);
      expect([(await sealedIn(userData)).size, existsSync(keyFile)]).toEqual([0, false]);
    });
  } finally {
    await again.app.close();
  }
});
