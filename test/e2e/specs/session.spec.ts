import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ElectronApplication, _electron } from '@playwright/test';
import Database from 'better-sqlite3';
import { agentWindowOf, expect, test } from '../fixtures';
import { AgentWindow } from '../page-models/agent-window';

const project = resolve(import.meta.dirname, '../../..');
const args = [project, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
/** As a person starts it: nothing is told but whose profile it is. */
const environment = (userData: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  SOFTPHONE_USER_DATA: userData,
});
const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise(done => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)));

/** The agent closes the window, which ends the app. */
async function close(app: ElectronApplication): Promise<void> {
  const gone = exitOf(app.process());
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(each => each.webContents.getURL().startsWith('app://agent'));
    setTimeout(() => window?.close(), 0); // after this call has been answered
  });
  expect(await gone).toBe(0);
}

/** The next morning: the same profile, and what the sign-in screen still knows. */
async function nextMorning<T>(userData: string, look: (agent: AgentWindow) => Promise<T>): Promise<T> {
  const app = await _electron.launch({ cwd: project, args, env: environment(userData) });
  try {
    const page = await agentWindowOf(app);
    await page.locator('html[data-ready="true"]').waitFor();
    return await look(new AgentWindow(page));
  } finally {
    await close(app);
  }
}

const remembered = async ({ page }: AgentWindow): Promise<Record<'server' | 'identifier' | 'password', string>> => ({
  server: await page.getByRole('textbox', { name: 'Server address' }).inputValue(),
  identifier: await page.getByRole('textbox', { name: /agent name/i }).inputValue(),
  password: await page.getByLabel(/^password/i).inputValue(),
});

test('@session name, extension or e-mail: each is the same person and opens nobody else’s account', async ({
  agent,
  page,
}) => {
  for (const identifier of ['daniel.carter', '1004', 'daniel.carter@horizon-energie.example']) {
    await agent.signIn(identifier, 'demo-1004');
    await agent.button('Account of Daniel Carter').click();
    await expect(page.getByText('Agent · Ext. 1004')).toBeVisible();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByText('You have signed out.')).toBeVisible();
  }
  await agent.signIn('1005', 'demo-1004');
  await expect(page.getByRole('alert')).toContainText('The identifier or the password is wrong.');
});

test('@session whoever forgot the password reads whom to ask, and which version this is', async ({ agent, page }) => {
  await expect(page.getByText(/^Version \d+\.\d+\.\d+$/)).toBeVisible();
  await agent.button('Forgot?').click();
  await expect(page.getByText('Only your administrator can give you a new one.')).toBeVisible();
  await expect(page.getByText('Your password is never stored on this computer.')).toBeVisible();
});

test('@session every page says whose phone it is, and leads home, to help and to one’s state', async ({
  agent,
  page,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await expect(page.getByRole('heading', { name: 'Welcome, Horizon Énergie' })).toBeVisible();
  await expect(page.getByTestId('dashboard-notices')).toContainText('Your line is ready');
  for (const screen of ['Dashboard', 'Settings']) {
    await agent.button(screen).click();
    await expect(agent.button(screen)).toHaveAttribute('aria-current', 'page');
    await expect(page.getByText('Account AC-204518 · Billing number BL-77310')).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('Ext. 1001');
    await expect(agent.agentState).toBeVisible();
    await expect(agent.button('Account of Alice Martin')).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText('Support');
  }
  await agent.button('Dashboard').click();
  await expect(agent.recentCalls).toBeVisible();
});

test('@session the note about notifications is read once and stays away', async ({ agent, page }) => {
  await agent.signIn();
  const note = page.getByText('Calls also ring outside this window');
  await expect(note).toBeVisible();
  await agent.button('Got it').click();
  await expect(note).toBeHidden();
  await page.reload();
  await expect(agent.recentRows.first()).toBeVisible();
  await expect(note).toBeHidden();
});

test('@session @engine a number is dialled with the dial pad alone', async ({ agent, ear, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await agent.button('Dial pad').click();
  const pad = page.getByRole('group', { name: 'Dial pad' });
  await pad.getByRole('button', { name: 'Star' }).click();
  for (const digit of '43') await pad.getByText(digit, { exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Number to call' })).toHaveValue('*43');
  await agent.button('Call').click();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await ear.untilSound();
  await agent.hangUp();
});

test('@session @engine signed out, the line is gone at the centre and the screen is empty of the person', async ({
  agent,
  centre,
  desk,
  page,
}) => {
  await agent.becomeAvailable();
  const colleague = await desk.phoneOf('1002', 'demo-1002', 980);
  await agent.button('Account of Alice Martin').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await expect(page.getByText('Horizon Énergie')).toHaveCount(0);

  const call = await colleague.dial('1001');
  await expect.poll(() => call.statuses.find(status => status >= 300 && status !== 401)).toBe(480);
  const customer = await centre.customerCalls();
  await expect.poll(() => customer.state()).toBe('waiting');
  await customer.hangUp();
  expect((await centre.storyOf(customer.callId)).legs.map(({ role }) => role)).toEqual(['customer']);
});

test('@session @engine signing out in a call asks first, and then ends it', async ({ agent, centre, page }) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls();
  await agent.answer();
  const signOut = async (): Promise<void> => {
    await agent.button('Account of Alice Martin').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('alertdialog', { name: 'Sign out during a call?' })).toBeVisible();
  };
  await signOut();
  await agent.button('Cancel').click();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await signOut();
  await agent.button('Hang up and sign out').click();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  await expect.poll(() => customer.state()).toBe('ended');
  expect((await centre.storyOf(customer.callId)).endCause).toBe('completed');
});

test.describe('the next morning', () => {
  test('@session the server is remembered, the identifier only on request, the password never', async ({
    agent,
    app,
    network,
    page,
    userData,
  }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await close(app);
    expect(await nextMorning(userData, remembered)).toEqual({ server: network.url, identifier: '', password: '' });

    await nextMorning(userData, async again => {
      await again.page.getByRole('checkbox', { name: 'Remember my identifier' }).check();
      await again.signIn();
      await expect(again.lineState).toHaveAttribute('data-state', 'registered');
    });
    expect(await nextMorning(userData, remembered)).toEqual({
      server: network.url,
      identifier: 'alice.martin',
      password: '',
    });
    expect(page.isClosed()).toBe(true);
  });
});

test('@session @engine the app is killed in a call and started again: the customer comes back to the agent within seconds', async ({
  agent,
  app,
  centre,
  userData,
}) => {
  await agent.becomeAvailable();
  const customer = await centre.customerCalls({ name: 'Left Alone' });
  await agent.answer();
  const gone = exitOf(app.process());
  app.process().kill('SIGKILL');
  await gone;
  await nextMorning(userData, async again => {
    await again.signIn();
    await expect(again.lineState).toHaveAttribute('data-state', 'registered');
    await again.agentState.click();
    await again.page.getByRole('menuitem', { name: 'Available' }).click();
    await expect(again.incoming).toContainText('Left Alone', { timeout: 5000 });
    await customer.hangUp();
    await expect(again.incoming).toBeHidden();
  });
});

test('@session another language is spoken at once, on every part of the screen', async ({ agent, centre, page }) => {
  await expect(page.getByRole('heading', { name: 'Please sign in' })).toBeVisible();
  await expect(page.getByText('Veuillez vous connecter')).toBeVisible();
  await page.getByRole('button', { name: /^FR/ }).click();
  await expect(page.getByRole('heading', { name: 'Veuillez vous connecter' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: /^EN/ }).click();
  await agent.becomeAvailable();
  await centre.customerCalls();
  await agent.answer();
  await page.getByRole('button', { name: /^FR/ }).click();
  await expect(agent.active.getByRole('button', { name: 'Raccrocher' })).toBeVisible();
  await expect(agent.lineState).toHaveText('Ligne prête');
  await expect(page.getByText('Hang up')).toHaveCount(0);
  await page.getByRole('button', { name: /^EN/ }).click();
  await agent.hangUp();
});

test('@session started a second time, the first window comes to the front and the second ends', async ({
  app,
  page,
  userData,
}) => {
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  const isMinimized = (): Promise<boolean | undefined> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(each => each.webContents.getURL().startsWith('app://agent'))
        ?.isMinimized(),
    );
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(each => each.webContents.getURL().startsWith('app://agent'))
      ?.minimize(),
  );
  await expect.poll(isMinimized).toBe(true);
  const program = await app.evaluate(() => process.execPath);
  const second = spawn(program, args, { cwd: project, env: environment(userData), stdio: 'ignore' });
  expect(await exitOf(second)).toBe(0);
  await expect.poll(isMinimized).toBe(false);
});

const withNewerCache = test.extend({
  userData: async ({ userData }, use) => {
    const cache = new Database(join(userData, 'cache.db'));
    cache.exec('CREATE TABLE from_the_future (thing TEXT) STRICT');
    cache.pragma('user_version = 999');
    cache.close();
    await use(userData);
  },
});
withNewerCache(
  '@session a cache of a newer version is set aside whole, and the calls are fetched again',
  async ({ agent, page, userData }) => {
    await expect(page.getByTestId('toasts')).toContainText('Saved data on this computer comes from a newer version.');
    await agent.signIn();
    await expect(agent.recentRows.first()).toBeVisible();
    const aside = join(userData, 'cache.db.newer');
    expect(existsSync(aside)).toBe(true);
    const kept = new Database(aside, { readonly: true });
    expect(kept.pragma('user_version', { simple: true })).toBe(999);
    kept.close();
    expect(readFileSync(join(userData, 'cache.db')).subarray(0, 15).toString()).toBe('SQLite format 3');
  },
);
