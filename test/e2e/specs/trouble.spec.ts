import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ElectronApplication } from '@playwright/test';
import type { PhoneCall } from '../../telephony/phone-call';
import { expect, type Fixtures, test } from '../fixtures';
import type { AgentWindow } from '../page-models/agent-window';

const customerTone = 440;

/** Evaluates in the agent window through the main process. */
const inAgentWindow = (app: ElectronApplication, expression: string): Promise<unknown> =>
  app.evaluate(
    ({ webContents }, code) =>
      webContents
        .getAllWebContents()
        .find(each => each.getURL().startsWith('app://agent'))
        ?.executeJavaScript(code) as Promise<unknown>,
    expression,
  );

test('@line-loss @engine a call lives through a minute without its WebSocket, and the sound never stops', async ({
  agent,
  centre,
  ear,
  network,
  speak,
}) => {
  test.setTimeout(150_000);
  await agent.becomeAvailable();
  speak(700);
  const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  const from = Date.now();
  network.cutSip();
  await expect(agent.lineState).toHaveAttribute('data-state', 'reconnecting', { timeout: 2000 });

  await test.step('hold is refused or waits visibly; the call does not end', async () => {
    await agent.button('Hold').click();
    await expect(agent.active).toHaveAttribute('data-state', 'active');
  });
  await expect.poll(() => Date.now() - from, { timeout: 65_000, intervals: [1000] }).toBeGreaterThan(60_000);
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  expect(await customer.hears(700)).toBeGreaterThan(0.01);
  expect(ear.windowsSince(from)).toBeGreaterThan(500);
  expect(ear.longestGapMs(customerTone, from)).toBeLessThanOrEqual(200);

  network.restore();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 15_000 });
  await agent.button('Hold').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await agent.hangUp();
  await expect.poll(() => customer.state()).toBe('ended');
});

test('@restart-ui @engine the window reloads in a call: card back, same timer, no gap in the sound', async ({
  agent,
  app,
  centre,
  ear,
  page,
}) => {
  await agent.becomeAvailable();
  await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  const from = Date.now();
  await page.reload();
  await expect(agent.active).toHaveAttribute('data-state', 'active');
  await expect(agent.timer).toHaveText(/\d:\d\d/);
  const seconds = async (): Promise<number> => {
    const [minutes, rest] = (await agent.timer.innerText()).split(':').map(Number);
    return (minutes ?? 0) * 60 + (rest ?? 0);
  };
  const age = await seconds();
  expect(age).toBeGreaterThanOrEqual(Math.floor((Date.now() - from) / 1000));

  await test.step('the window crashes outright', async () => {
    await app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find(each => each.getURL().startsWith('app://agent'));
      if (contents === undefined) throw new Error('no agent window');
      const isBack = new Promise<void>(resolve =>
        contents.once('render-process-gone', () => contents.once('did-finish-load', () => resolve())),
      );
      contents.forcefullyCrashRenderer();
      return isBack;
    });
    // Playwright never forgives a crashed page, so main reads the new one.
    await expect
      .poll(() => inAgentWindow(app, `document.querySelector('[data-testid="active-call"]')?.dataset.state`))
      .toBe('active');
    expect(await inAgentWindow(app, `document.querySelector('[data-testid="call-timer"]')?.textContent`)).toMatch(
      /\d:\d\d/,
    );
    await expect.poll(() => ear.windowsSince(from)).toBeGreaterThan(20);
    expect(ear.longestGapMs(customerTone, from)).toBeLessThanOrEqual(100);
  });
});

test('@trouble @engine the phone engine crashes: the call is closed honestly, the line comes back and so does the customer', async ({
  agent,
  app,
  centre,
}) => {
  await agent.becomeAvailable();
  await centre.customerCalls({ name: 'Left Alone' });
  await agent.answer();
  await app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find(each => each.getURL().startsWith('app://engine'))
      ?.forcefullyCrashRenderer(),
  );
  await expect(agent.ended).toBeVisible();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 15_000 });
  await expect(agent.incoming).toContainText('Left Alone', { timeout: 20_000 });
});

test('@trouble @engine malformed SIP and a frame of one megabyte do not disturb a call', async ({
  agent,
  centre,
  ear,
  network,
}) => {
  await agent.becomeAvailable();
  await centre.customerCalls({ voice: { kind: 'tone', hz: customerTone } });
  await agent.answer();
  await ear.untilTone(customerTone);
  const from = Date.now();
  const rubbish = [
    'nonsense',
    'INVITE sip:1001@centre.local SIP/2.0\r\nVia: \r\n\r\n',
    'SIP/2.0 200 OK\r\nCSeq: 99999999999999 INVITE\r\nContact: <%%%>\r\n\r\n',
    `INVITE sip:%ff@x SIP/2.0\r\nFrom: ${'<'.repeat(5000)}\r\n\r\n`,
    Buffer.from([0, 255, 13, 10]),
    `MESSAGE sip:1001@centre.local SIP/2.0\r\nX: ${'a'.repeat(1024 * 1024)}\r\n\r\n`,
  ];
  for (const frame of rubbish) expect(network.saySip(frame)).toBe(1);
  await agent.button('Hold').click();
  await expect(agent.active).toHaveAttribute('data-state', 'held');
  await agent.button('Resume').click();
  await ear.untilTone(customerTone);
  expect(ear.windowsSince(from)).toBeGreaterThan(0);
  await agent.hangUp();
});

test.describe('signing in', () => {
  test('@trouble a wrong password is said so, and after ten the door closes for a while', async ({ agent, page }) => {
    await agent.signIn('1002', 'wrong');
    await expect(page.getByRole('alert')).toContainText(/password/i);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await agent.signIn('1002', `wrong-${attempt}`);
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(agent.button('Sign in')).toBeEnabled();
    }
    await expect(page.getByRole('alert')).toContainText(/minute|second|wait/i);
  });

  test.describe('no server', () => {
    test.use({ serverUrl: 'http://127.0.0.1:9' });
    test('@trouble an unreachable server is named', async ({ agent, page }) => {
      await agent.signIn();
      await expect(page.getByText('The server does not answer.')).toBeVisible();
      await expect(agent.button('Sign in')).toBeEnabled();
    });
  });

  test('@trouble another web server is not taken for ours, and never sees the password', async ({ agent, page }) => {
    const asked: string[] = [];
    const stranger = createServer((request, response) => {
      request.on('data', chunk => asked.push(String(chunk)));
      response.setHeader('content-type', 'text/html').end('<h1>It works!</h1>');
    });
    await new Promise<void>(done => stranger.listen(0, '127.0.0.1', done));
    await page
      .getByRole('textbox', { name: 'Server address' })
      .fill(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}`);
    await agent.signIn();
    await expect(page.getByRole('textbox', { name: 'Server address' })).toHaveAttribute('aria-invalid', 'true');
    expect(asked.join('')).not.toContain('demo-1001');
    stranger.close();
  });

  test('@trouble the password is on no disk and in no page afterwards', async ({ agent, page, userData }) => {
    await agent.signIn('1003', 'demo-1003');
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    const found = execFileSync('sh', ['-c', `grep -rl -- demo-1003 "${userData}" || true`], { encoding: 'utf8' });
    expect(found).toBe('');
    expect(await page.content()).not.toContain('demo-1003');
  });
});

/** Nobody is available to a queue without a microphone; a colleague who dials the extension rings all the same. */
async function colleagueCalls(agent: AgentWindow, desk: Fixtures['desk']): Promise<PhoneCall> {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const colleague = await desk.phoneOf('1002', 'demo-1002', 980);
  const call = await colleague.dial('1001');
  await expect(agent.incoming).toBeVisible();
  return call;
}

test.describe('no microphone', () => {
  test.use({ microphone: 'denied' });
  test('@trouble the agent is told, and the caller goes on ringing', async ({ agent, desk, page }) => {
    const call = await colleagueCalls(agent, desk);
    await agent.button('Answer').click();
    await expect(page.getByText(/microphone/i).first()).toBeVisible();
    await expect(agent.incoming).toBeVisible();
    expect(call.state).toBe('early');
    call.cancel();
  });
});

test.describe('no sound hardware at all', () => {
  test.use({ microphone: 'none' });
  test('@trouble the missing microphone and speaker are named, and the caller goes on ringing', async ({
    agent,
    desk,
    page,
  }) => {
    const call = await colleagueCalls(agent, desk);
    await agent.button('Answer').click();
    await expect(agent.toasts).toContainText(/microphone/i);
    await expect(agent.incoming).toBeVisible();
    call.cancel();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByText(/no microphone/i).first()).toBeVisible();
    await expect(page.getByText(/no (loud)?speaker/i).first()).toBeVisible();
  });
});

test.describe('rubbish on disk', () => {
  test.use({
    userDataFiles: { 'settings.json': '{"theme": 42, broken', 'cache.db': 'not a database '.repeat(3000) },
  });
  test('@trouble settings and cache full of rubbish are set aside, and the app works', async ({ agent, page }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await expect(agent.recentRows.first()).toBeVisible();
    await expect(page.getByRole('status').or(page.getByRole('alert')).first()).toBeVisible();
  });
});
