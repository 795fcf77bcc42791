import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import { plugIn } from '../../rig/sound-card';

/** From the pull until the header says so (beyond.md B3). */
const detectedMs = 2_000;

test('@state @devices @engine a headset that is pulled out is a break within two seconds; back, one click ends it', async ({
  agent,
  page,
}) => {
  let pullOut = await plugIn('late', 'LateHeadset');
  try {
    await agent.becomeAvailable();
    await agent.button('Settings').click();
    const speaker = page.getByRole('button', { name: / Speaker$/ });
    await expect(async () => {
      await speaker.click();
      await page.getByRole('option', { name: 'LateHeadset', exact: true }).click({ timeout: 1_000 });
    }).toPass();
    await agent.button('Dashboard').click();

    await test.step('gone for a moment, as when Bluetooth changes its profile: nothing happens', async () => {
      const states = await page.evaluateHandle(watchStates);
      await pullOut();
      pullOut = await plugIn('late', 'LateHeadset');
      const seconds = async (): Promise<number> =>
        Number((await page.getByTestId('time-in-state').innerText()).slice(-2));
      const from = await seconds();
      await expect.poll(async () => (60 + (await seconds()) - from) % 60).toBeGreaterThanOrEqual(4); // twice the time in which it is found
      expect(await states.jsonValue()).toEqual([]);
    });

    await test.step('gone for good', async () => {
      const pulledAt = Date.now();
      await pullOut();
      await expect(agent.agentState).toHaveAttribute('data-state', 'on-break', { timeout: 10_000 });
      const tookMs = Date.now() - pulledAt;
      test.info().annotations.push({ type: 'detected ms', description: String(tookMs) });
      expect(tookMs).toBeLessThanOrEqual(detectedMs);
      await expect(agent.agentState).toContainText('Device missing');
      await expect(agent.toasts).toContainText('Paused: a sound device is missing.');
      await expect(page.locator('[data-problem=speaker-gone]')).toContainText('The speaker you chose is not there.');
      expect(await violations(page)).toEqual([]);
    });

    await test.step('Available is refused while it is gone', async () => {
      await agent.agentState.click();
      await page.getByRole('menuitem', { name: 'Available' }).click();
      await expect(agent.toasts).toContainText('You are not available: calls could not be heard here.');
      await expect(agent.agentState).toHaveAttribute('data-state', 'on-break');
    });

    await test.step('and back', async () => {
      pullOut = await plugIn('late', 'LateHeadset');
      await agent.button('Become available').click();
      await expect(agent.agentState).toHaveAttribute('data-state', 'available');
    });
  } finally {
    await pullOut();
  }
});

/** In the page: every state the header shows from now on. */
function watchStates(): string[] {
  const states: string[] = [];
  const shown = document.querySelector('[data-testid=agent-state]');
  if (shown === null) throw new Error('no state in the header');
  new MutationObserver(() => states.push(shown.getAttribute('data-state') ?? '')).observe(shown, {
    attributes: true,
    attributeFilter: ['data-state'],
  });
  return states;
}

test.describe('nothing plugged in', () => {
  test.use({ microphone: 'none' });
  test('@state @devices @missed @engine who cannot be heard is not available, and a queue call goes on to the next', async ({
    agent,
    centre,
    network,
    page,
  }) => {
    const refusals: string[] = [];
    network.onSip = (from, message) => {
      if (from === 'app' && message.startsWith('SIP/2.0 580')) refusals.push(message);
    };
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await expect(page.locator('[data-problem=microphone-missing]')).toBeVisible();
    await expect(page.locator('[data-problem=speaker-missing]')).toBeVisible();
    await agent.agentState.click();
    await page.getByRole('menuitem', { name: 'Available' }).click();
    await expect(agent.toasts).toContainText('You are not available');
    await expect(agent.agentState).toHaveAttribute('data-state', 'on-break');

    await test.step('somebody else makes them available: the call that waits is refused, and they are paused again', async () => {
      const customer = await centre.customerCalls();
      await centre.setAvailability('alice.martin', 'available');
      if (centre.offersAtOnce) await expect.poll(() => refusals.length).toBeGreaterThan(0);
      await expect(agent.agentState).toContainText('Device missing');
      await expect(agent.incoming).toBeHidden();
      expect(await customer.state()).toBe('waiting');
      await customer.hangUp();
      if (!centre.offersAtOnce) return;
      await expect(agent.recentCalls.locator(`tr[data-call-id="${customer.callId}"]`)).toContainText('No device');
      const { legs } = await centre.storyOf(customer.callId);
      expect(new Set(legs.flatMap(({ offerOutcome }) => offerOutcome ?? []))).toEqual(new Set(['device']));
    });
  });
});
