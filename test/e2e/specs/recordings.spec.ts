import { execFileSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const customerTone = 440;

test('@recordings @player @download @engine a recording is found by four digits, played with its button and taken along as WAV', async ({
  agent,
  app,
  centre,
  ear,
  page,
  userData,
}) => {
  const folder = join(userData, 'downloads');
  await mkdir(folder);
  await app.evaluate(({ app: electron }, path) => electron.setPath('downloads', path), folder);
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ number: '+33159630417', hangsUpAfterMs: 6000 });
  await agent.answer();
  await expect(agent.active).toBeHidden({ timeout: 15_000 });
  const { recordingId } = await centre.storyOf(customer.callId);
  expect(recordingId).not.toBeNull();

  await agent.button('Recordings').click();
  const table = page.getByTestId('recordings-table');
  await page.getByRole('searchbox').fill('6304');
  await expect(table.getByRole('row').first()).toContainText('59 63 04 17');
  expect(await violations(page)).toEqual([]);

  await table.focus();
  await page.keyboard.press('Enter');
  const player = page.getByTestId('player');
  await expect(player.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
  const play = player.getByRole('button', { name: 'Play', exact: true });
  await expect(play).toBeFocused();
  await ear.untilSilence();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Space');
  await ear.untilTone(customerTone);
  await page.keyboard.press('Space');
  await expect(play).toBeVisible();

  await page.getByRole('dialog').getByRole('button', { name: 'Download' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(player).toBeHidden();
  await expect(table).toBeFocused();
  await expect(page.getByTestId('transfers').locator('[data-state=done]')).toBeVisible();
  const [file = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(file).toMatch(
    new RegExp(
      `^\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\+33159630417_Alice_Martin_${recordingId?.slice(0, 8)}\\.wav$`,
    ),
  );
  const said = execFileSync('sox', ['--i', join(folder, file)], { encoding: 'utf8' });
  expect(said).toMatch(/Channels\s+: 2\n/);
  expect(Number(/= (\d+) samples/.exec(said)?.[1])).toBeGreaterThan(8000 * 4);
});
