import type { ElectronApplication } from '@playwright/test';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';
import { startAgain } from '../start-again';

/** Bounds and look of the agent's window, as the window system has them. */
const windowOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(each => each.webContents.getURL().startsWith('app://agent'));
    if (window === undefined) throw new Error('no agent window');
    const { x, y, width, height } = window.getBounds();
    return { x, y, width, height, isOnTop: window.isAlwaysOnTop(), renderer: window.webContents.getOSProcessId() };
  });

test('@shell @shortcuts @engine the phone alone: the call goes on, and the window comes back as it was', async ({
  agent,
  app,
  centre,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  const before = await windowOf(app);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: /number/i }).fill('514555');
  await centre.customerCalls({ voice: { kind: 'tone', hz: 440 } });
  await agent.answer();
  const callId = await agent.active.getAttribute('data-call-id');
  await page.keyboard.press('Control+Shift+m');
  await expect.poll(async () => windowOf(app)).toMatchObject({ width: 380, height: 640, renderer: before.renderer });
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeHidden();
  for (const name of ['Mute', 'Hold', 'Hang up']) await expect(agent.button(name)).toBeInViewport({ ratio: 1 });
  expect(await agent.active.getAttribute('data-call-id')).toBe(callId);
  await ear.untilTone(440);
  expect(await violations(page)).toEqual([]);
  await agent.button('Whole window').click();
  await expect.poll(async () => windowOf(app)).toEqual(before);
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  expect(await agent.active.getAttribute('data-call-id')).toBe(callId);
  await expect(page.getByRole('textbox', { name: /number/i })).toHaveValue(/514.*555/);
  await agent.hangUp();
});

test('@shell @shortcuts a maximised window becomes small and maximised again', async ({ agent, app, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const isMaximized = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        each => each.webContents.getURL().startsWith('app://agent') && each.isMaximized(),
      ),
    );
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(each => each.webContents.getURL().startsWith('app://agent'))
      ?.maximize(),
  );
  await expect.poll(isMaximized).toBe(true);
  await page.keyboard.press('Control+Shift+m');
  await expect.poll(async () => windowOf(app)).toMatchObject({ width: 380, height: 640 });
  await page.keyboard.press('Control+Shift+m');
  await expect.poll(isMaximized).toBe(true);
});

test('@shell @shortcuts the small window and its place above the others are remembered', async ({
  agent,
  app,
  page,
  userData,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('phone only');
  await page.keyboard.press('Enter');
  await expect.poll(async () => windowOf(app)).toMatchObject({ width: 380, height: 640 });
  await agent.button('Keep above other windows').click();
  await expect.poll(async () => (await windowOf(app)).isOnTop).toBe(true);
  const again = await startAgain(app, userData);
  try {
    await expect.poll(async () => windowOf(again.app)).toMatchObject({ width: 380, height: 640, isOnTop: true });
    await expect(again.page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  } finally {
    await again.app.close();
  }
});
