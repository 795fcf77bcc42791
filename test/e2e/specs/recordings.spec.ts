import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from '../accessibility';
import { downloadsFolder } from '../downloads-folder';
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
  const folder = await downloadsFolder(app, userData);
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
  await expect(page.getByText('Recorded for quality and training')).toBeVisible();
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

test('@recordings @download @engine a supervisor narrows by who, how long and how good, sees the total, scores, and takes all of it along', async ({
  agent,
  app,
  page,
  userData,
}) => {
  const folder = await downloadsFolder(app, userData);
  await agent.signIn('2001', 'demo-2001');
  await agent.button('Recordings').click();
  const table = page.getByTestId('recordings-table');
  const count = page.getByTestId('found-count');
  const total = page.getByText(/^Total \d/);
  const shownTotal = async (): Promise<string> => (await total.innerText()).trim();
  await page.getByRole('button', { name: /^Filters/ }).click();

  await test.step('the last hour is chosen at first, any time shows everything', async () => {
    const period = page.getByRole('button', { name: / Period$/ });
    await expect(period).toHaveText(/Last hour/);
    await period.click();
    await page.getByRole('option', { name: 'From … to …' }).click();
    const day = await page.evaluate(() => new Intl.DateTimeFormat('sv').format(new Date()));
    await expect(page.getByLabel('From', { exact: true })).toHaveValue(`${day}T00:00`);
    await expect(page.getByLabel('To', { exact: true })).toHaveValue(`${day}T23:59`);
    await page.getByRole('button', { name: /^Clear/ }).click();
    await expect(table).toBeVisible();
    await expect(count).not.toHaveText(/and more/);
  });
  const all = Number(/\d+/.exec(await count.innerText())?.[0]);
  const allTotal = await shownTotal();
  expect(all).toBeGreaterThan(10);

  await test.step('by initials and length, with the total of what is found', async () => {
    const initials = (await table.getByRole('row').first().getByRole('gridcell').nth(3).innerText()).trim();
    expect(initials).toMatch(/^[A-Z]{2}$/);
    await page.getByRole('textbox', { name: 'Initials' }).fill(initials);
    await expect(count).not.toHaveText(new RegExp(`^${all} `));
    await expect(total).not.toHaveText(allTotal);
    const some = Number(/\d+/.exec(await count.innerText())?.[0]);
    expect(some).toBeLessThan(all);
    for (const row of await table.getByRole('row').all()) await expect(row).toContainText(initials);
    await page.getByRole('spinbutton', { name: 'At least (seconds)' }).fill('9999');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await page.getByRole('spinbutton', { name: 'At least (seconds)' }).fill('');
    await expect(count).toHaveText(new RegExp(`^${some} `));
  });

  await test.step('a score given in the form is found by its points', async () => {
    await table.getByRole('button', { name: 'Play recording' }).first().click();
    await expect(page.getByTestId('player').getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    const form = page.getByRole('form', { name: 'Quality' });
    await expect(form.getByRole('button', { name: 'Save score' })).toBeDisabled();
    for (const box of await form.getByRole('spinbutton').all()) await box.fill((await box.getAttribute('max')) ?? '0');
    await form.getByRole('spinbutton').first().fill('0');
    expect(await violations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Save score' }).click();
    await expect(form).toContainText('gave 90');
    await page.keyboard.press('Escape');
    await page.getByRole('spinbutton', { name: 'QA from' }).fill('90');
    await expect(count).toHaveText(/^1 found/);
    await page.getByRole('spinbutton', { name: 'QA from' }).fill('91');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await page.getByRole('spinbutton', { name: 'QA from' }).fill('');
  });

  const done = page.getByTestId('transfers').locator('[data-state=done]');
  await test.step('one recording becomes a file with the button in its row', async () => {
    await table.getByRole('button', { name: 'Download' }).first().click();
    await expect(done).toBeVisible();
    expect(await readdir(folder)).toHaveLength(1);
    await done.getByRole('button', { name: 'Dismiss' }).click();
    await expect(done).toBeHidden();
  });

  await test.step('everything that is found becomes files, all whole', async () => {
    const some = Number(/\d+/.exec(await count.innerText())?.[0]);
    await page.getByRole('button', { name: `Download ${some}` }).click();
    await expect(done).toBeVisible();
    await expect(done).toContainText(new RegExp(`^Downloaded\\D*${some} of ${some} `));
    const files = await readdir(folder, { recursive: true });
    expect(files.filter(name => name.endsWith('.wav'))).toHaveLength(some + 1);
    expect(files.filter(name => name.endsWith('.part'))).toEqual([]);
  });
});
