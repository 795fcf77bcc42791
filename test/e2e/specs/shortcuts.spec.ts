import type { Locator, Page } from '@playwright/test';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import { OtherProgram, pressOnDesktop } from '../../rig/other-program';
import { AgentWindow } from '../page-models/agent-window';
import { startAgain } from '../start-again';

const plainSound = { autoGainControl: false, noiseSuppression: false, echoCancellation: false };
const keys = {
  answer: 'Mod+Shift+F9',
  'hang-up': 'Mod+Shift+F10',
  mute: 'Mod+Shift+F11',
  hold: 'Mod+Shift+F12',
  pause: 'Mod+Shift+F8',
};
const muteButton = (page: Page): Locator => page.getByTestId('active-call').getByRole('button', { name: 'Mute' });

test('@shell @keyboard @shortcuts @engine keys are changed, refused with words, and hold after a restart', async ({
  agent,
  app,
  centre,
  page,
  userData,
}) => {
  await agent.becomeAvailable();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  const field = page.getByRole('button', { name: /^Mute or unmute the microphone, shortcut in this window/ });
  await field.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+h');
  await expect(page.getByRole('alert')).toContainText('Hold or resume the call');
  await field.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await expect(page.getByRole('alert')).toContainText('type text');
  await field.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+j');
  await expect(field).toHaveAccessibleName(/Ctrl J$/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Control+j');
  await expect(muteButton(page)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+Shift+h');
  await expect(agent.active).toBeHidden();

  const again = await startAgain(app, userData);
  try {
    const restarted = new AgentWindow(again.page);
    await restarted.signIn();
    await expect(restarted.lineState).toHaveAttribute('data-state', 'registered');
    await again.page.keyboard.press('Control+k');
    await again.page.keyboard.type('test call');
    await again.page.keyboard.press('Enter');
    await expect(restarted.active).toHaveAttribute('data-state', 'active');
    await again.page.keyboard.press('Control+j');
    await expect(muteButton(again.page)).toHaveAttribute('aria-pressed', 'true');
    await restarted.hangUp();
  } finally {
    await again.app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined); // it ends before it answers
  }
});

test.describe('in every program', () => {
  test.use({ userDataFiles: { 'settings.json': JSON.stringify({ ...plainSound, globalShortcuts: keys }) } });

  test('@shell @shortcuts @engine a call is taken, muted and ended while another program has the keyboard', async ({
    agent,
    centre,
    page,
  }) => {
    const other = await OtherProgram.open();
    try {
      await agent.becomeAvailable();
      await centre.customerCalls();
      await expect(agent.incoming).toBeVisible();
      await other.focus();
      await pressOnDesktop('ctrl+shift+F9');
      await expect(agent.active).toHaveAttribute('data-state', 'active');
      await pressOnDesktop('ctrl+shift+F11');
      await expect(muteButton(page)).toHaveAttribute('aria-pressed', 'true');
      await pressOnDesktop('ctrl+shift+F12');
      await expect(agent.active).toHaveAttribute('data-state', 'held');
      await pressOnDesktop('ctrl+shift+F12');
      await expect(agent.active).toHaveAttribute('data-state', 'active');
      expect(await other.hasFocus()).toBe(true);
      await pressOnDesktop('ctrl+shift+F10');
      await expect(agent.active).toBeHidden();
      await pressOnDesktop('ctrl+shift+F8');
      await expect(agent.agentState).toHaveAttribute('data-state', 'on-break');
      await pressOnDesktop('h');
      await expect(other.page.getByRole('textbox')).toHaveValue('h');
    } finally {
      await other.close();
    }
  });

  test('@shell @shortcuts a key another program has is named beside its order, and the others work', async ({
    agent,
    page,
  }) => {
    const other = await OtherProgram.open({ takes: 'CommandOrControl+Shift+F9' });
    try {
      await agent.signIn();
      await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
      await page.getByRole('button', { name: 'Settings' }).click();
      const said = page.getByText('Another program uses this key combination');
      await expect(said).toHaveCount(1);
      await expect(page.locator('tr[data-shortcut=answer] + tr')).toContainText('Another program');
      expect(await violations(page)).toEqual([]);
      await agent.button('Start test call').click();
      await expect(agent.active).toHaveAttribute('data-state', 'active');
      await other.focus();
      await pressOnDesktop('ctrl+shift+F11');
      await expect(muteButton(page)).toHaveAttribute('aria-pressed', 'true');
      await agent.hangUp();
      const field = page.getByRole('button', { name: /^Answer the ringing call, shortcut in every program/ });
      await field.click();
      await page.keyboard.press('Control+Shift+F7');
      await expect(said).toHaveCount(0);
    } finally {
      await other.close();
    }
  });

  test('@shell @shortcuts the keys are given back at sign-out', async ({ agent, app, page }) => {
    const isHeld = (): Promise<boolean> =>
      app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Shift+F9'));
    expect(await isHeld()).toBe(false);
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await expect.poll(isHeld).toBe(true);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sign out');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    expect(await isHeld()).toBe(false);
  });
});
