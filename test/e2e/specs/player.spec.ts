import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { SpeakerEar } from '../../rig/sound-card';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const customerTone = 440;
const agentTone = 700;
const toleranceMs = 250;

const fieldOf = (page: Page, label: string) => page.getByRole('button', { name: new RegExp(` ${label}$`) });
/** Keys are what each order of the player is given with. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function reopened(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('player')).toBeHidden();
  await expect(page.getByTestId('recordings-table')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('player')).toBeVisible();
}

/** In the page, at each frame: the time of the player is less than it was. */
function wentBack(): boolean {
  const shown = document.querySelector<HTMLElement>('[data-testid=player-time]');
  const was = shown?.dataset['was'] ?? '';
  const now = shown?.textContent?.slice(0, 5) ?? '';
  if (shown !== null) shown.dataset['was'] = now;
  return now < was;
}

/** Milliseconds in which a channel says nothing, between the first and the last sound in it. */
function silenceIn(samples: Int16Array, rate: number): { readonly fromMs: number; readonly toMs: number } {
  const windowMs = 20;
  const size = (rate / 1000) * windowMs;
  const loud = Array.from({ length: Math.floor(samples.length / size) }, (_none, n) =>
    samples.subarray(n * size, (n + 1) * size).some(sample => Math.abs(sample) > 500),
  );
  let longest = { fromMs: 0, toMs: 0 };
  let since = loud.indexOf(true);
  for (let n = since; n <= loud.lastIndexOf(true); n += 1) {
    if (loud[n] !== true) continue;
    if ((n - since) * windowMs > longest.toMs - longest.fromMs)
      longest = { fromMs: (since + 1) * windowMs, toMs: n * windowMs };
    since = n;
  }
  return longest;
}

test('@recordings @player by keys alone: marks where the sound changes, a note that is not lost, a loop, the chosen loudspeaker', async ({
  agent,
  centre,
  ear,
  page,
  speak,
  userData,
}) => {
  const headset = new SpeakerEar('spk2');
  try {
    await agent.becomeAvailable();
    const customer = await centre.customerCalls({ number: '+33159630418' });
    speak(agentTone);
    await agent.answer();
    await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
    await agent.button('Mute').click();
    await expect.poll(() => customer.hears(agentTone)).toBeLessThan(0.002);
    await page.waitForFunction(() => document.querySelector('[data-testid=call-timer]')?.textContent?.endsWith('4'));
    await agent.button('Mute').click();
    await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
    await page.waitForFunction(() => document.querySelector('[data-testid=call-timer]')?.textContent?.endsWith('7'));
    await agent.hangUp();
    const { recordingId } = await centre.storyOf(customer.callId);

    await agent.button('Settings').click();
    await fieldOf(page, 'Speaker').click();
    await page.getByRole('option', { name: 'VirtualHeadset', exact: true }).click();
    await agent.button('Recordings').click();
    await page.getByRole('searchbox').fill('9630418');
    const table = page.getByTestId('recordings-table');
    await expect(table.getByRole('row')).toHaveCount(1);
    await table.focus();
    await press(page, 'Enter');
    const player = page.getByTestId('player');
    await expect(player.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
    const play = player.getByRole('button', { name: 'Play', exact: true });
    await expect(play).toBeFocused();

    await test.step('marks stand where the sound changes', async () => {
      const mark = player.locator('[data-kind=mute]');
      await expect(mark).toHaveCount(1);
      const at = Number(await mark.getAttribute('data-at'));
      const to = Number(await mark.getAttribute('data-to'));
      const { channels, sampleRate } = await centre.recording(recordingId ?? '');
      const silence = silenceIn(channels[1] ?? new Int16Array(), sampleRate);
      expect(Math.abs(at - silence.fromMs), `begins ${at} / ${silence.fromMs}`).toBeLessThanOrEqual(toleranceMs);
      expect(Math.abs(to - silence.toMs), `ends ${to} / ${silence.toMs}`).toBeLessThanOrEqual(toleranceMs);
    });

    await test.step('the arrows go from mark to mark, and Enter plays from one', async () => {
      await player.locator('[data-testid=story-lane] button[tabindex="0"]').focus();
      await press(page, 'End', 'Home');
      const reached = player.locator('[data-testid=story-lane] button:focus');
      await expect(reached).toHaveCount(1);
      const at = Number(await reached.getAttribute('data-at'));
      await press(page, 'Enter');
      const clock = `00:${String(Math.floor(at / 1000)).padStart(2, '0')}`;
      await expect(player.getByTestId('player-time')).toHaveText(new RegExp(`^${clock}`));
    });

    await test.step('it is heard in the headset that was chosen, and nowhere else', async () => {
      await ear.untilSilence();
      const from = Date.now();
      await play.focus();
      await press(page, 'Home', 'Space');
      await headset.untilTone(customerTone);
      expect(ear.loudestSince(from)).toBeLessThan(0.002);
    });

    await test.step('a part is played again and again', async () => {
      const time = player.getByTestId('player-time');
      await press(page, 'Home');
      await expect(time).toHaveText(/^00:01/);
      await press(page, 'l');
      await expect(time).toHaveText(/^00:03/);
      await press(page, 'l');
      await page.waitForFunction(wentBack);
      await page.waitForFunction(wentBack);
      await press(page, 'l');
    });

    await test.step('the customer alone is turned down', async () => {
      await press(page, 'Home');
      await page.getByRole('slider', { name: 'Customer’s voice' }).focus();
      await press(page, 'Home');
      await headset.untilTone(agentTone);
      await page.keyboard.press('End');
    });

    await test.step('a note that was begun is there again after Escape, and is pinned to its moment', async () => {
      const line = page.getByRole('textbox', { name: /^Note at/ });
      await line.fill('asks for a refund');
      await reopened(page);
      await expect(line).toHaveValue('asks for a refund');
      const label = await line.evaluate((box: HTMLInputElement) => box.labels?.[0]?.textContent);
      await line.press('Enter');
      await expect(line).toHaveValue('');
      const notes = player.getByRole('region', { name: 'Notes' });
      await expect(notes.getByRole('listitem')).toContainText('asks for a refund');
      await expect(notes.getByRole('listitem')).toContainText(/\d\d:\d\d/.exec(label ?? '')?.[0] ?? 'no time');
      expect(await violations(page)).toEqual([]);
      await reopened(page);
      await expect(notes.getByRole('listitem')).toContainText('asks for a refund');
      await expect(line).toHaveValue('');
    });

    await test.step('nothing of the sound is on the disk in the clear', async () => {
      const { channels } = await centre.recording(recordingId ?? '');
      const left = channels[0] ?? new Int16Array();
      const middle = left.subarray(8000, 8200);
      const clear = Buffer.alloc(middle.length * 4);
      middle.forEach((sample, n) => {
        clear.writeInt16LE(sample, n * 4);
        clear.writeInt16LE(channels[1]?.[8000 + n] ?? 0, n * 4 + 2);
      });
      for (const name of await readdir(userData, { recursive: true })) {
        const bytes = await readFile(join(userData, name)).catch(() => Buffer.alloc(0)); // folders, sockets, what is gone by now
        expect(bytes.includes(clear), name).toBe(false);
      }
    });
  } finally {
    await headset.stop();
  }
});

test('@recordings @download a supervisor narrows by who, how long and how good, sees the total, scores, and takes all of it along', async ({
  agent,
  app,
  page,
  userData,
}) => {
  const folder = join(userData, 'downloads');
  await mkdir(folder);
  await app.evaluate(({ app: electron }, path) => electron.setPath('downloads', path), folder);
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
    await press(page, 'Escape');
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
  });

  await test.step('everything that is found becomes files, all whole', async () => {
    const some = Number(/\d+/.exec(await count.innerText())?.[0]);
    await page.getByRole('button', { name: `Download ${some}` }).click();
    await expect(done).toBeVisible();
    const files = await readdir(folder, { recursive: true });
    expect(files.filter(name => name.endsWith('.wav'))).toHaveLength(some + 1);
    expect(files.filter(name => name.endsWith('.part'))).toEqual([]);
  });
});
