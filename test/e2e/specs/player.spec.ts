import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { SpeakerEar } from '../../rig/sound-card';
import { type Span, toneIn } from '../../rig/tones';
import { violations } from '../accessibility';
import { chooseDestination } from '../choose-destination';
import { expect, test } from '../fixtures';

const customerTone = 440;
const agentTone = 700;
const toleranceMs = 250;

const colleagueTone = 950;
/** Share of its lane's height that is drawn where somebody speaks. */
const spoken = 0.1;

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

async function markOf(player: Locator, kind: string): Promise<Span> {
  const mark = player.locator(`[data-testid=story-lane] [data-kind=${kind}]`);
  await expect(mark).toHaveCount(1);
  return { fromMs: Number(await mark.getAttribute('data-at')), toMs: Number(await mark.getAttribute('data-to')) };
}

function expectNear(mark: Span, sound: Span | undefined): void {
  const both = JSON.stringify({ mark, sound });
  expect(Math.abs(mark.fromMs - (sound?.fromMs ?? Infinity)), both).toBeLessThanOrEqual(toleranceMs);
  expect(Math.abs(mark.toMs - (sound?.toMs ?? Infinity)), both).toBeLessThanOrEqual(toleranceMs);
}

/** How high the voices of customer and agent are drawn at a moment of the recording, each as a share of its lane. */
const drawnAt = (page: Page, share: number): Promise<number[]> =>
  page
    .getByTestId('waveform')
    .locator('.canvases canvas')
    .evaluateAll(
      (lanes, at) =>
        lanes.map(lane => {
          const { width, height } = lane as HTMLCanvasElement;
          const column = (lane as HTMLCanvasElement)
            .getContext('2d')
            ?.getImageData(Math.floor(width * at), 0, 1, height);
          return (column?.data ?? []).filter((value, n) => n % 4 === 3 && value > 0).length / height;
        }),
      share,
    );

const hasLasted = (page: Page, seconds: number) =>
  page.waitForFunction(least => {
    const [minutes = 0, rest = 0] =
      document.querySelector('[data-testid=call-timer]')?.textContent?.split(':').slice(-2).map(Number) ?? [];
    return minutes * 60 + rest >= least;
  }, seconds);

/** Settles when the player shows this second, and tells when that was, in ms of the page's clock. */
const shows = async (page: Page, second: number): Promise<number> => {
  const shown = await page.waitForFunction(
    least =>
      Number(document.querySelector('[data-testid=player-time]')?.textContent?.slice(3, 5)) >= least &&
      performance.now(),
    second,
  );
  return Number(await shown.jsonValue());
};

test('@recordings @player @engine by keys alone: marks where the sound changes, a note that is not lost, a loop, the chosen loudspeaker', async ({
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
    await hasLasted(page, 4);
    await agent.button('Mute').click();
    await expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01);
    await hasLasted(page, 7);
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
      const { channels, sampleRate } = await centre.recording(recordingId ?? '');
      const { gaps } = toneIn(channels[1] ?? new Int16Array(), sampleRate, agentTone);
      expect(gaps).toHaveLength(1);
      expectNear(await markOf(player, 'mute'), gaps[0]);
    });

    await test.step('who speaks is seen: both, and the customer alone while the agent is muted', async () => {
      const { fromMs, toMs } = await markOf(player, 'mute');
      const whole = Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('max'));
      const [customerNow = 0, agentNow = 0] = await drawnAt(page, (fromMs + toMs) / 2 / whole);
      const [customerLater = 0, agentLater = 0] = await drawnAt(page, (toMs + 1500) / whole);
      expect([customerNow > spoken, agentNow > spoken]).toEqual([true, false]);
      expect([customerLater > spoken, agentLater > spoken]).toEqual([true, true]);
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

test('@recordings @player @engine held and sent on: marks where the sound changes; faster at the same pitch; silence is skipped', async ({
  agent,
  centre,
  desk,
  ear,
  page,
  speak,
}) => {
  test.setTimeout(120_000); // what is recorded is played, whole
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('1002', 'demo-1002', colleagueTone);
  const customer = await centre.customerCalls({ number: '+33159630419', voice: { kind: 'silence' } });
  speak(agentTone);
  await agent.answer();
  const hears = (isHeard: boolean) =>
    isHeard
      ? expect.poll(() => customer.hears(agentTone)).toBeGreaterThan(0.01)
      : expect.poll(() => customer.hears(agentTone)).toBeLessThan(0.002);
  await hears(true);
  await hasLasted(page, 3);
  await agent.button('Mute').click();
  await hears(false);
  await hasLasted(page, 6);
  await agent.button('Mute').click();
  await hears(true);
  await hasLasted(page, 8);
  await agent.button('Hold').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await hasLasted(page, 10);
  await agent.button('Resume').click();
  await hears(true);
  await hasLasted(page, 12); // or the hold would end where the sending on begins
  await chooseDestination(page, 'Control+t', '1002');
  const sent = await colleague.incoming();
  await sent.answer();
  await expect.poll(() => customer.hears(colleagueTone)).toBeGreaterThan(0.01);
  const packets = sent.media.packetsReceived;
  await expect.poll(() => sent.media.packetsReceived).toBeGreaterThan(packets + 50);
  sent.hangUp();
  const { recordingId } = await centre.storyOf(customer.callId);
  await agent.button('Recordings').click();
  await page.getByRole('searchbox').fill('9630419');
  await expect(page.getByTestId('recordings-table').getByRole('row')).toHaveCount(1);
  await page.getByTestId('recordings-table').focus();
  await press(page, 'Enter');
  const player = page.getByTestId('player');
  await expect(player.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
  await expect(player.getByRole('button', { name: 'Play', exact: true })).toBeFocused();

  await test.step('hold and transfer are marked where they are heard', async () => {
    const { channels, sampleRate } = await centre.recording(recordingId ?? '');
    const right = channels[1] ?? new Int16Array();
    const { heard, gaps } = toneIn(right, sampleRate, agentTone);
    expect(gaps).toHaveLength(2);
    expectNear(await markOf(player, 'mute'), gaps[0]);
    const [hold, transfer] = [await markOf(player, 'hold'), await markOf(player, 'transfer')];
    const { fromMs: colleagueMs } = toneIn(right, sampleRate, colleagueTone).heard;
    const all = JSON.stringify({ hold, gaps, transfer, heard, colleagueMs });
    // Whoever holds or sends is silent a moment before the centre hears of it, and who answers agrees on keys before anybody is heard.
    expect(hold.fromMs, all).toBeLessThanOrEqual((gaps[1]?.fromMs ?? 0) + toleranceMs);
    expect(hold.toMs, all).toBeGreaterThanOrEqual((gaps[1]?.toMs ?? Infinity) - toleranceMs);
    expect([hold.fromMs > (gaps[0]?.toMs ?? Infinity), hold.toMs < transfer.fromMs], all).toEqual([true, true]);
    expect(transfer.fromMs, all).toBeGreaterThanOrEqual(heard.toMs - toleranceMs);
    expect(transfer.toMs, all).toBeGreaterThan(transfer.fromMs);
    expect(transfer.toMs, all).toBeLessThanOrEqual(colleagueMs + toleranceMs);
    await expect(player.locator('[data-kind=joined]').last()).toHaveAccessibleName(/Bruno/);
  });

  const { toMs: spokenAgainMs } = await markOf(player, 'mute');
  /** Longest time in which nobody is heard, from the first words to those after the silence. */
  const longestSilence = async (): Promise<number> => {
    await ear.untilSilence();
    await press(page, 'Home', 'Space');
    await ear.untilTone(agentTone);
    const from = Date.now();
    await shows(page, Math.ceil(spokenAgainMs / 1000) + 1);
    await press(page, 'Space');
    return ear.longestGapMs(agentTone, from);
  };
  await test.step('a silence is heard, or skipped', async () => {
    expect(await longestSilence()).toBeGreaterThanOrEqual(2000);
    await press(page, 's');
    await expect(player.getByRole('button', { name: 'Skip silence' })).toHaveAttribute('aria-pressed', 'true');
    expect(await longestSilence()).toBeLessThan(1500);
    await press(page, 's');
  });

  await test.step('twice as fast it has the same pitch', async () => {
    await ear.untilSilence();
    await press(page, '>', '>', '>', 'Home', 'Space');
    const begun = await shows(page, 1);
    const [ended] = await Promise.all([shows(page, 4), ear.untilTone(agentTone)]);
    const pace = ((4 - 1) / (ended - begun)) * 1000;
    expect(pace).toBeGreaterThan(1.7);
    expect(pace).toBeLessThan(2.4);
    await expect(player.getByRole('button', { name: /^Speed/ })).toContainText('2');
  });
});
