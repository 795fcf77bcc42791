import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoCentre } from '../../rig/demo-centre';
import { MailServer } from '../../rig/mail-server';
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

test('@session who forgot the password gets a code by mail, sets a new one and is signed in', async ({
  agent,
  page,
}) => {
  const mail = await MailServer.open();
  const folder = await mkdtemp(join(tmpdir(), 'softphone-smtp-'));
  const account = join(folder, 'smtp.json');
  await writeFile(account, JSON.stringify({ url: mail.url, from: 'centre@centre.example' }));
  const centre = await DemoCentre.open(['--smtp', account]);
  try {
    await page.getByRole('textbox', { name: 'Server address' }).fill(centre.url);
    await page.getByRole('textbox', { name: /agent name/i }).fill('alice.martin');
    await agent.button('Forgot?').click();
    await agent.button('Get a code by e-mail').click();
    const dialog = page.getByRole('dialog', { name: 'New password' });
    await dialog.getByRole('button', { name: 'Send the code' }).click();
    await expect(dialog).toContainText('Look into your mail');
    await expect.poll(() => mail.newestCode).toBeDefined();
    await dialog.getByLabel('Code from the mail').fill('AAAA-BBBB-CCCC');
    await dialog.getByLabel('New password').fill('a long new password');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('This code is wrong, too old or already used.');
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Code from the mail').fill(mail.newestCode ?? '');
    await dialog.getByRole('button', { name: 'Set password and sign in' }).click();
    await expect(agent.agentState).toBeVisible();
  } finally {
    await centre.close();
    await mail.close();
    await rm(folder, { recursive: true, force: true });
  }
});
