// The scripted shift of `npm start` on a machine without a display: an agent signs in, takes a queue call, holds,
// mutes, sends digits, hangs up and finds the call. Leaves screenshots and the recording under demo-out/.
import fs from 'node:fs';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { startCentralServer } from './central-server.mjs';
import { startDesktop } from './desktop.mjs';

const demoKey = 'key-of-the-demo-shift';

/** @returns {Promise<number>} exit status: 0 when the whole shift went well */
export async function playShift(root) {
  const out = path.join(root, 'demo-out');
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(out, { recursive: true });
  const desktop = await startDesktop();
  const server = await startCentralServer({
    args: ['--demo', '--no-schedule', '--demo-key', demoKey, '--port', '0', '--data', path.join(out, 'server')],
  });
  let app;
  try {
    const began = Date.now();
    app = await launchApp(root, out, desktop.env, server.url);
    const page = await agentWindow(app);
    say(`window after ${Date.now() - began} ms`);
    await shift({ page, server, out });
    say(`done; pictures and recording are in ${path.relative(process.cwd(), out) || out}`);
    return 0;
  } catch (error) {
    console.error(`[shift] ${error.stack}`);
    return 1;
  } finally {
    await app
      ?.evaluate(({ app: electron }) => electron.exit(0))
      .catch(error => say(`closing: ${error.message.split('\n')[0]}`));
    await server.stop();
    await desktop.stop();
    fs.rmSync(path.join(out, 'server'), { recursive: true, force: true });
    fs.rmSync(path.join(out, 'app'), { recursive: true, force: true });
  }
}

const say = message => console.log(`[shift] ${message}`);

function launchApp(root, out, env, url) {
  return _electron.launch({
    cwd: root,
    args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...env, SOFTPHONE_SERVER_URL: url, SOFTPHONE_USER_DATA: path.join(out, 'app'), SOFTPHONE_LANGUAGE: 'en' },
  });
}

/** The phone engine's hidden window may open first. */
async function agentWindow(app) {
  for (;;) {
    const page = app.windows().find(each => each.url().startsWith('app://agent'));
    if (page)
      return page
        .locator('html[data-ready="true"]')
        .waitFor()
        .then(() => page);
    await app.waitForEvent('window', { timeout: 15_000 });
  }
}

async function shift({ page, server, out }) {
  let picture = 0;
  const look = name =>
    page.screenshot({ path: path.join(out, `${String((picture += 1)).padStart(2, '0')}-${name}.png`) });
  const button = name => page.getByRole('button', { name, exact: true });
  const isIn = state => page.locator(`[data-testid="active-call"][data-state="${state}"]`).waitFor();

  await look('sign-in');
  await page.getByRole('textbox', { name: /user name|identifier|agent name/i }).fill('alice.martin');
  await page.getByLabel(/^password/i).fill('demo-1001');
  await button('Sign in').click();
  await page.locator('[data-testid="line-state"][data-state="registered"]').waitFor();
  say('signed in, line registered');
  await page.getByTestId('agent-state').click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await page.locator('[data-testid="agent-state"][data-state="available"]').waitFor();
  await look('dashboard');

  const { callId } = await ask(server, 'POST', '/api/demo/callers', {
    body: {
      queueId: 'support',
      number: '+33145550142',
      name: 'Camille Roux',
      voice: { kind: 'tone', hz: 440 },
      givesUpAfterMs: null,
      hangsUpAfterMs: null,
      whenHeld: 'waits',
    },
  });
  await page.getByTestId('incoming-card').waitFor();
  await look('incoming');
  say('a customer of the Support queue is calling');
  await button('Answer').click();
  await isIn('active');
  await page
    .getByTestId('call-timer')
    .filter({ hasText: /0:0[3-9]/ })
    .waitFor();
  await look('talking');
  await button('Hold').click();
  await isIn('held');
  await look('on-hold');
  await button('Resume').click();
  await isIn('active');
  await page.getByRole('button', { name: /^mute/i }).click();
  await look('muted');
  await page.getByRole('button', { name: /mute/i }).click();
  await button('Keypad').click();
  await page.getByRole('group', { name: 'Keypad' }).getByText('5', { exact: true }).click();
  await look('keypad');
  await button('Hang up').click();
  await page.getByTestId('recent-calls').getByText('Camille Roux').first().waitFor();
  await look('after-the-call');
  say('held, resumed, muted, sent a digit, hung up');
  await keepRecording(server, callId, out);
}

async function keepRecording(server, callId, out) {
  const { accessToken } = await ask(server, 'POST', '/api/sign-in', {
    body: { identifier: '2003', password: 'demo-2003', machine: 'shift' },
  });
  const authorization = `Bearer ${accessToken}`;
  const call = await ask(server, 'GET', `/api/calls/${callId}`, { headers: { authorization } });
  const audio = await fetch(`${server.url}/api/recordings/${call.recordingId}/audio`, { headers: { authorization } });
  if (!audio.ok) throw new Error(`the recording cannot be had: ${audio.status}`);
  const bytes = Buffer.from(await audio.arrayBuffer());
  fs.writeFileSync(path.join(out, 'recording.wav'), bytes);
  say(
    `journal: ${call.endCause}, talked ${Math.round(call.talkMs / 1000)} s, held ${Math.round(call.holdMs / 1000)} s; recording of ${bytes.length} bytes`,
  );
}

async function ask(server, method, url, { body, headers = {} } = {}) {
  const answer = await fetch(server.url + url, {
    method,
    headers: { 'x-demo-key': demoKey, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
