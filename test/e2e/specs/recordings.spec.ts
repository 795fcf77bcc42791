import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { blockSize } from '../../../src-main/recordings/sealed-file';
import { aWav } from '../../builders/a-wav';
import { sine } from '../../rig/tones';
import { violations } from '../accessibility';
import { downloadsFolder } from '../downloads-folder';
import { expect, test } from '../fixtures';

const customerTone = 440;

/** Eight of the pieces that are fetched; what plays sound looks at the last one first. */
const longMs = 64_000;
const samples = sine(customerTone, 8000, longMs / 1000);
const long = aWav(longMs, at => [samples[at] ?? 0, samples[at] ?? 0]);
/** Says that there is more of it than there is. */
const truncated = Buffer.concat([aWav(2 * longMs).subarray(0, 44), long.subarray(44), Buffer.of(1)]);
/** Four thousand million samples a second. */
const wrongHead = Buffer.concat([long.subarray(0, 24), Buffer.alloc(4, 0xff), long.subarray(28)]);

/** Nothing of the answer comes. */
const silent = (): Transform => new Transform({ transform: () => undefined });

test('@recordings @player @download @engine a recording is found by four digits, played with its button and taken along as WAV; others are damaged or missing, or the server is lost while they play', async ({
  agent,
  app,
  centre,
  ear,
  network,
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

  const recordingOf = async (number: string): Promise<string> => {
    const { callId } = await centre.customerCalls({ number });
    await agent.answer();
    await agent.hangUp();
    await page.getByRole('searchbox').fill(number.slice(-7));
    await expect(table.getByRole('row')).toHaveCount(1);
    return (await centre.storyOf(callId)).recordingId ?? '';
  };
  const open = async (): Promise<void> => {
    await table.focus();
    await page.keyboard.press('Enter');
  };
  const isSaid = async (words: string, hasBytes = false): Promise<void> => {
    await open();
    await expect(page.getByRole('alert')).toContainText(words);
    if (!hasBytes) await expect(page.getByRole('dialog').getByRole('button', { name: 'Download' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(table).toBeFocused();
  };
  const damaged = 'The file of this recording is damaged and cannot be played.';
  await test.step('a head that no player believes: it is said', async () => {
    await centre.soundIs(await recordingOf('+33159630421'), wrongHead, longMs);
    await isSaid(damaged, true);
  });
  const broken = await recordingOf('+33159630420');
  for (const [what, bytes, words] of [
    ['missing', null, 'The sound of this recording is not on the server.'],
    ['empty', Buffer.alloc(0), damaged],
    ['a head alone', long.subarray(0, 44), 'This recording has no sound: nothing of the call was kept.'],
    ['half a head', long.subarray(0, 30), damaged],
    ['no WAV', Buffer.alloc(100_000, 'no sound '), damaged],
  ] as const)
    await test.step(`${what}: it is said`, async () => {
      await centre.soundIs(broken, bytes);
      await isSaid(words);
    });

  await centre.soundIs(broken, truncated, longMs);
  let held = 0;
  network.through = request => {
    if (!/\/audio(\?|$)/.test(request.url ?? '')) return null;
    const first = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (first < 3 * blockSize || first >= 7 * blockSize) return null;
    held += 1;
    return silent();
  };
  await open();
  await expect(player.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
  await expect(play).toBeFocused();
  await page.keyboard.press('Space');
  await ear.untilTone(customerTone);
  const cut = page.getByText(/^(38|50) % of the recording is here and plays on/);

  await test.step('the server is lost: what is here plays on without a gap, and it is said', async () => {
    await expect.poll(() => held).toBeGreaterThan(0);
    const from = Date.now();
    network.cutAll();
    await expect(cut).toBeVisible();
    const played = async (): Promise<number> => Number((await page.getByTestId('player-time').innerText()).slice(3, 5));
    const before = await played();
    await expect.poll(played).toBeGreaterThan(before + 1);
    expect(ear.windowsSince(from)).toBeGreaterThan(10);
    expect(ear.longestGapMs(customerTone, from)).toBeLessThanOrEqual(500);
  });

  await test.step('it is back: the rest follows, and the end is heard', async () => {
    network.restore();
    await expect(cut).toBeHidden({ timeout: 20_000 });
    await page.keyboard.press('Space');
    await ear.untilSilence();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await ear.untilTone(customerTone);
    await expect(page.getByTestId('player-time')).toHaveText(/^01:0[0-4]/);
  });
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
    const initials = (await table.getByRole('row').first().getByRole('gridcell').nth(4).innerText()).trim();
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
    await expect(table.getByRole('row').first().getByRole('gridcell').nth(7)).toHaveText('90');
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
    const said = /^Downloaded\D*(\d+) of \1 recordings(?:(\d+) could not be had\. This recording has no sound)?/;
    await expect(done).toContainText(said);
    const [, had, soundless] = (said.exec((await done.textContent()) ?? '') ?? []).map(Number);
    // An Asterisk that is killed in the first second of a call keeps nothing of it: see pbx-trouble.spec.ts.
    expect(soundless || 0).toBeLessThanOrEqual(process.env['ENGINE'] === 'asterisk' ? 1 : 0);
    expect((had ?? 0) + (soundless || 0)).toBe(some);
    const files = await readdir(folder, { recursive: true });
    expect(files.filter(name => name.endsWith('.wav'))).toHaveLength((had ?? 0) + 1);
    expect(files.filter(name => name.endsWith('.part'))).toEqual([]);
  });
});
