import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { violations } from '../accessibility';
import { DemoCentre } from '../../rig/demo-centre';
import { expect, test as base } from '../fixtures';

/** A centre whose policy names whom to ask. */
const test = base.extend<object, { centre: DemoCentre }>({
  centre: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      const centre = await DemoCentre.open(['--support-phone', '1002', '--support-email', 'help@centre.example']);
      await use(centre);
      await centre.close();
    },
    { scope: 'worker' },
  ],
});

/** The person's answer to the system's own save dialog. */
const answerSaveDialog = (app: ElectronApplication, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === '', filePath: chosen });
  }, filePath);

test('@shell @shortcuts @keyboard F1 helps with the screen one is on, ? shows the keys', async ({ agent, page }) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const help = page.getByTestId('help-panel');
  await page.keyboard.press('F1');
  await expect(help).toContainText('Receive queue calls');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(help).toContainText('Sound devices');
  await page.keyboard.press('F1');
  await expect(help).toBeHidden();
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Answer the ringing call');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('@shell @shortcuts @engine support is named at the foot of every screen and called from there', async ({
  agent,
  page,
}) => {
  await agent.signIn();
  await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
  const foot = page.getByRole('contentinfo');
  for (const screen of ['Dashboard', 'Settings']) {
    await page.getByRole('button', { name: screen, exact: true }).click();
    await expect(foot).toContainText('Report a problem');
    await expect(foot.getByRole('button', { name: /^Call support/ })).toBeVisible();
  }
  await foot.getByRole('button', { name: /^Call support/ }).click();
  await expect(agent.active.or(agent.ended).first()).toBeVisible();
});

test('@shell @shortcuts @engine a report says what happened and nothing about anybody', async ({
  agent,
  app,
  centre,
  page,
  userData,
}) => {
  await mkdir(join(userData, 'logs'), { recursive: true });
  await agent.becomeAvailable();
  await centre.customerCalls({ number: '+33145550142', name: 'Camille Roux' });
  await agent.answer();
  await appendFile(
    join(userData, 'logs', 'main.log'),
    [
      '[2026-11-21 22:03:05.207] [warn]  (planted)  Camille Roux at +33 1 45 55 01 42, alice.martin, extension 1001',
      '[2026-11-21 22:03:05.208] [error] (planted)  password=planted-password Bearer planted-token eyJplanted.eyJplanted.x',
      '[2026-11-21 22:03:05.209] [debug] (planted)  planted-debug INVITE sip:planted@centre',
      '',
    ].join('\n'),
  );
  const file = join(userData, 'report.txt');
  await answerSaveDialog(app, file);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Report a problem' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report a problem' });
  await expect(dialog).toContainText('Names, telephone numbers');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save the file…' }).click();
  await expect(dialog).toContainText('The report is saved.');
  const report = await readFile(file, 'utf8');
  expect(report).toContain('line: registered');
  expect(report).toContain('(planted)');
  expect(report).toContain('connecting → active');
  const withoutIds = report.replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, ''); // chance writes any four digits into one
  expect(withoutIds).not.toMatch(/camille|roux|alice|martin|1001|0142|45 55|planted-|eyJ|127\.0\.0\.1/i);
  await page.keyboard.press('Escape');
  await agent.hangUp();
});

test('@shell @shortcuts a report that cannot be written says so; one that is not wanted is not written', async ({
  app,
  page,
  userData,
}) => {
  await answerSaveDialog(app, '');
  await page.getByRole('button', { name: 'Report a problem' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report a problem' });
  const save = dialog.getByRole('button', { name: 'Save the file…' });
  await save.click();
  await expect(save).not.toHaveAttribute('aria-busy');
  await expect(dialog).not.toContainText('The report is saved.');
  await answerSaveDialog(app, join(userData, 'no-such-folder', 'report.txt'));
  await save.click();
  await expect(dialog.getByRole('alert')).toContainText('could not be written');
  expect(await violations(page)).toEqual([]);
});
