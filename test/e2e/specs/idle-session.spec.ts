import type { ElectronApplication } from '@playwright/test';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const minute = 60_000;

/** Time passes in which nobody touches anything. */
const pass = (app: ElectronApplication, ms: number): Promise<void> =>
  app.evaluate(({ powerMonitor }, passedMs) => {
    const present = performance.now.bind(performance);
    performance.now = () => present() + passedMs;
    powerMonitor.getSystemIdleTime = () => 3_600;
  }, ms);

test('@session @state @engine who has left is warned, may stay, and is signed out', async ({ agent, app, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const dialog = page.getByRole('alertdialog');

  await test.step('warned a minute before, and stays by keyboard alone', async () => {
    await pass(app, 9.2 * minute);
    await expect(dialog).toContainText('Are you still there?');
    await expect(page.getByTestId('idle-countdown')).toHaveText(/^Signed out in 00:[1-5]\d$/);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(agent.button('Stay signed in')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  });

  await test.step('signed out, which the sign-in screen says', async () => {
    await pass(app, 9.2 * minute);
    await expect(dialog).toBeVisible();
    await pass(app, minute);
    await expect(page.getByText('You were signed out because nothing was done for a while.')).toBeVisible();
  });
});

test('@session @state @engine who waits for calls is not signed out', async ({ agent, app, centre }) => {
  await agent.becomeAvailable();
  await pass(app, 30 * minute);
  await centre.customerCalls();
  await agent.answer();
  await pass(app, 30 * minute);
  await agent.hangUp();
  await expect(agent.agentState).toBeVisible();
});
