import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { DemoCentre } from '../../rig/demo-centre';
import { sipMessage } from '../../rig/sip-message';
import { expect, test } from '../fixtures';

const certificates = resolve(import.meta.dirname, '../../fixtures/tls');
const file = (name: string): string => join(certificates, name);
const groupsOf = (pem: string): string[] =>
  new X509Certificate(readFileSync(file(pem))).fingerprint256.replaceAll(':', '').match(/.{4}/g) ?? [];

test.describe('a certificate nobody vouches for', () => {
  test('@trouble it is shown to be compared; cancelled, nothing is sent; trusted, the agent is signed in', async ({
    agent,
    page,
  }) => {
    const centre = await DemoCentre.open(['--tls-cert', file('self-signed.pem'), '--tls-key', file('self-signed.key')]);
    try {
      const panel = page.getByTestId('certificate-panel');
      await page.getByRole('textbox', { name: 'Server address' }).fill(centre.url);
      await page.keyboard.press('Tab');
      await expect(panel).toBeVisible(); // before a password is typed
      await expect(panel.getByRole('listitem')).toHaveText(groupsOf('self-signed.pem'));
      await expect(agent.button('Cancel')).toBeFocused();

      await agent.button('Cancel').click();
      await expect(page.getByRole('textbox', { name: 'Server address' })).toHaveValue(centre.url);
      await expect(agent.lineState).toBeHidden();

      await agent.signIn();
      await agent.button('I compared it, trust this server').click();
      await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    } finally {
      await centre.close();
    }
  });

  test('@trouble a trusted server that suddenly shows another certificate is not spoken to', async ({
    agent,
    page,
  }) => {
    const asked: string[] = [];
    const open = async (name: string, port: number): Promise<ReturnType<typeof createServer>> => {
      const pair = { cert: readFileSync(file(`${name}.pem`)), key: readFileSync(file(`${name}.key`)) };
      const server = createServer(pair, (request, response) => {
        asked.push(`${name} ${request.url ?? ''}`);
        response.end('{}');
      });
      await new Promise<void>(done => server.listen(port, '127.0.0.1', done));
      return server;
    };
    const first = await open('self-signed', 0);
    const { port } = first.address() as AddressInfo;
    await page.getByRole('textbox', { name: 'Server address' }).fill(`https://127.0.0.1:${port}`);
    await page.keyboard.press('Tab');
    await agent.button('I compared it, trust this server').click();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await expect(page.getByRole('textbox', { name: 'Server address' })).toHaveAttribute('aria-invalid', 'true');
    first.closeAllConnections();
    await new Promise<void>(done => first.close(() => done()));

    const impostor = await open('issued', port);
    await agent.signIn();
    await expect(page.getByTestId('certificate-panel').getByRole('listitem')).toHaveText(groupsOf('issued.pem'));
    expect(asked.filter(each => each.startsWith('issued'))).toEqual([]);
    impostor.close();
  });
});

test('@trouble @engine the server is lost and comes back: the agent sees it, and stays signed in', async ({
  agent,
  network,
  page,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  await expect(agent.recentRows.first()).toBeVisible();
  const known = await agent.recentRows.count();

  network.cutAll();
  await expect(agent.lineState).toHaveAttribute('data-state', 'reconnecting');
  await expect(page.getByTestId('dashboard-notices')).toContainText('The server does not answer');
  await expect(page.getByText('Offline: showing the calls known here.')).toBeVisible();
  await expect(agent.recentRows).toHaveCount(known);
  await agent.dial('+33145550199');
  await expect(page.getByText('Your line is not ready, so the call was not made.').first()).toBeVisible();
  await expect(agent.active).toBeHidden();

  network.restore();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
  await expect(page.getByTestId('dashboard-notices')).not.toContainText('The server does not answer', {
    timeout: 20_000,
  });
  await expect(agent.toasts).toContainText('The line is back.');
  await agent.dial('+33145550199');
  await expect(agent.active).toHaveAttribute('data-state', 'active', { timeout: 15_000 });
  await agent.hangUp();
});

test.describe('signed in on a second computer', () => {
  const why = 'You were signed out here because you signed in on another computer.';

  test('@trouble @engine the first one says why it was signed out', async ({ agent, centre, page }) => {
    await agent.signIn();
    await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
    await centre.lineOf('alice.martin', 'demo-1001');
    await expect(page.getByText(why)).toBeVisible();
    await expect(page.getByLabel(/^password/i)).toHaveValue('');
  });

  test('@trouble @engine a call that runs on the first one is not cut', async ({ agent, centre, ear, page }) => {
    await agent.becomeAvailable();
    const customer = await centre.customerCalls({ voice: { kind: 'tone', hz: 440 } });
    await agent.answer();
    await ear.untilTone(440);
    const from = Date.now();
    await centre.lineOf('alice.martin', 'demo-1001');
    await expect.poll(() => ear.windowsSince(from)).toBeGreaterThan(30);
    expect(ear.longestGapMs(440, from)).toBeLessThan(1000);
    await expect(agent.active).toHaveAttribute('data-state', 'active');
    await customer.hangUp();
    await expect(page.getByText(why)).toBeVisible();
  });
});

test('@trouble @session @engine who is removed while signed in is told so, and is out', async ({
  agent,
  centre,
  page,
}) => {
  await agent.becomeAvailable('1010', 'demo-1010');
  await centre.removePerson('1010');
  await expect(page.getByText('An administrator ended your session.')).toBeVisible();
  await expect(page.getByLabel(/^password/i)).toHaveValue('');
});

test('@trouble @engine the centre refuses the line: said with its code, and tried again when the agent asks', async ({
  agent,
  network,
  page,
}) => {
  let isRefusing = true;
  network.onSip = (from, text) => {
    const request = sipMessage(text);
    if (isRefusing && from === 'app' && request.startLine.startsWith('REGISTER'))
      network.saySip(request.answeredWith('403 Forbidden'));
  };
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'refused');
  await expect(page.getByTestId('dashboard-notices')).toContainText('The centre refused your line');
  await expect(page.getByTestId('dashboard-notices')).toContainText('code 403');
  await agent.dial('1002');
  await expect(page.getByText('Your line is not ready, so the call was not made.').first()).toBeVisible();
  isRefusing = false;
  await agent.button('Try now').click();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
});

test('@trouble @engine a call that was answered elsewhere stops ringing and is no missed call', async ({
  agent,
  centre,
  ear,
  network,
  page,
}) => {
  let invite = '';
  network.onSip = (from, text) => {
    if (from === 'server' && text.startsWith('INVITE ')) invite = text;
  };
  await agent.becomeAvailable();
  const customer = await centre.customerCalls();
  await expect(agent.incoming).toBeVisible();
  await ear.untilSound();
  network.saySip(sipMessage(invite).cancelled('SIP;cause=200;text="Call completed elsewhere"'));
  await expect(agent.incoming).toBeHidden();
  await ear.untilSilence();
  await expect(agent.toasts).toContainText('Call from Camille Roux was answered elsewhere');
  await expect(page.getByText('Missed call from')).toHaveCount(0);
  await customer.hangUp();
});

test('@trouble the server restarts in a call: the call is closed honestly and the next one comes', async ({
  agent,
  centre,
  page,
}) => {
  test.setTimeout(120_000);
  await agent.becomeAvailable();
  await centre.customerCalls();
  await agent.answer();
  await centre.restart();
  await expect(agent.ended).toBeVisible({ timeout: 45_000 });
  await expect(agent.ended).not.toContainText('The call is finished.');
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
  await expect(page.getByTestId('dashboard-notices')).not.toContainText('The server does not answer', {
    timeout: 20_000,
  });
  // Whatever the server says of the agent after its start is what the window shows.
  await agent.agentState.click();
  await page.getByRole('menuitem', { name: 'Available' }).click();
  await expect(agent.agentState).toHaveAttribute('data-state', 'available');
  await centre.customerCalls({ name: 'Next One' });
  await expect(agent.incoming).toContainText('Next One', { timeout: 20_000 });
});
