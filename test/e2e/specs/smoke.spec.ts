import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures';

test('@smoke @engine an agent signs in and is ready for calls', async ({ agent, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await expect(agent.agentState).toHaveAttribute('data-state', 'on-break');
  await expect(page.getByRole('button', { name: 'Account of Alice Martin' })).toBeVisible();
  await expect(agent.recentCalls).toBeVisible();
});

test('@smoke every page runs in a locked process of its own', async ({ app, page }) => {
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  // The engine's window opens when the agent's has painted.
  const loaded = (): Promise<number> =>
    app.evaluate(
      ({ webContents }) => webContents.getAllWebContents().filter(each => each.getURL().startsWith('app:')).length,
    );
  await expect.poll(loaded).toBe(2);
  const windows = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map(contents => {
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      return {
        url: contents.getURL().replace(/[?#].*/, ''),
        pid: contents.getOSProcessId(),
        sandbox,
        contextIsolation,
        nodeIntegration,
        webSecurity,
        webviewTag,
      };
    }),
  );
  const locked = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  };
  expect(windows.map(({ pid: _pid, url: _url, ...rest }) => rest)).toEqual([locked, locked]);
  expect(windows.map(({ url }) => new URL(url).host).toSorted()).toEqual(['agent', 'engine']);
  expect(windows[0]?.pid).not.toBe(windows[1]?.pid);
  // Chromium's own sandbox cannot run as root; everybody else has the system call filter on.
  if (process.getuid?.() !== 0)
    for (const { pid } of windows) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
});

test('@smoke the page holds nothing but its narrow bridge', async ({ page }) => {
  const surface = await page.evaluate(() => {
    const bridge = (window as unknown as { agentBridge: Record<string, unknown> }).agentBridge;
    return {
      bridge: Object.keys(bridge).toSorted(),
      node: typeof (globalThis as Record<string, unknown>)['require'],
      process: typeof (globalThis as Record<string, unknown>)['process'],
    };
  });
  expect(surface).toEqual({ bridge: ['ask', 'hear'], node: 'undefined', process: 'undefined' });
});
