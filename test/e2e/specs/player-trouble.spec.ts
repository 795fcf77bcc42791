import { Transform } from 'node:stream';
import { aWav } from '../../builders/a-wav';
import { sine } from '../../rig/tones';
import { expect, test } from '../fixtures';

const tone = 440;
/** Of the player's pieces of 256 kB it has eight. */
const longMs = 64_000;
const samples = sine(tone, 8000, longMs / 1000);
const long = aWav(longMs, at => [samples[at] ?? 0, samples[at] ?? 0]);

/** Nothing of the answer comes. */
const silent = (): Transform => new Transform({ transform: () => undefined });

test('@recordings @player @engine no file, a file that is no sound; then the server is lost while it plays: it plays on, says so, and has the rest later', async ({
  agent,
  centre,
  ear,
  network,
  page,
}) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ number: '+33159630420' });
  await agent.answer();
  await agent.hangUp();
  const { recordingId } = await centre.storyOf(customer.callId);
  await agent.button('Recordings').click();
  await page.getByRole('searchbox').fill('9630420');
  const table = page.getByTestId('recordings-table');
  await expect(table.getByRole('row')).toHaveCount(1);
  const open = async (): Promise<void> => {
    await table.focus();
    await page.keyboard.press('Enter');
  };
  for (const [bytes, words] of [
    [null, 'The sound of this recording is not on the server.'],
    [long.subarray(0, 30), 'The file of this recording is damaged and cannot be played.'],
    [Buffer.alloc(100_000, 'no sound at all '), 'The file of this recording is damaged and cannot be played.'],
  ] as const)
    await test.step(words, async () => {
      await centre.soundIs(recordingId ?? '', bytes);
      await open();
      await expect(page.getByRole('alert')).toContainText(words);
      await page.keyboard.press('Escape');
      await expect(table).toBeFocused();
    });

  await centre.soundIs(recordingId ?? '', long, longMs);
  let asked = 0;
  network.through = request => {
    if (!/\/audio(\?|$)/.test(request.url ?? '')) return null;
    asked += 1;
    return asked > 3 ? silent() : null;
  };
  await open();
  await expect(page.getByTestId('waveform')).toHaveAttribute('data-drawn', 'true');
  await page.keyboard.press('Space');
  await ear.untilTone(tone);
  const cut = page.getByText(/3\d % of the recording is here and plays on/);

  await test.step('the server is lost: what is here plays on without a gap, and it is said', async () => {
    await expect.poll(() => asked).toBeGreaterThan(3);
    const from = Date.now();
    network.cutAll();
    await expect(cut).toBeVisible();
    const until = Number((await page.getByTestId('player-time').innerText()).slice(3, 5)) + 2;
    await expect(page.getByTestId('player-time')).toHaveText(new RegExp(`^00:${String(until).padStart(2, '0')}`));
    expect(ear.windowsSince(from)).toBeGreaterThan(10);
    expect(ear.longestGapMs(tone, from)).toBeLessThanOrEqual(200);
  });

  await test.step('it is back: the rest is here, and the end is heard', async () => {
    network.restore();
    await expect(cut).toBeHidden({ timeout: 20_000 });
    await page.keyboard.press('Space');
    await ear.untilSilence();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await ear.untilTone(tone);
    await expect(page.getByTestId('player-time')).toHaveText(/^01:0[0-3]/);
  });
});
