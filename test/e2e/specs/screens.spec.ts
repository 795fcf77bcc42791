import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import english from '../../../src-shared/text/en.json' with { type: 'json' };
import french from '../../../src-shared/text/fr.json' with { type: 'json' };
import { violations } from '../accessibility';
import { expect, test } from '../fixtures';

const texts = { en: english, fr: french };
const sizes = [
  { width: 1280, height: 800 },
  { width: 960, height: 640 },
] as const;
const isForReadme = process.env['UPDATE_README_SCREENSHOTS'] === '1';

interface Look {
  readonly language: 'en' | 'fr';
  readonly theme: 'light' | 'dark';
}

async function resize(app: ElectronApplication, page: Page, { width, height }: (typeof sizes)[number]): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) =>
      BrowserWindow.getAllWindows()
        .find(each => each.webContents.getURL().startsWith('app://agent'))
        ?.setContentSize(size.width, size.height),
    { width, height },
  );
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** What lies outside the window sideways, or is cut off inside a button. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...(document.documentElement.scrollWidth > innerWidth
      ? [`page: ${document.documentElement.scrollWidth} px wide`]
      : []),
    ...(document.documentElement.scrollHeight > innerHeight
      ? [`page: ${document.documentElement.scrollHeight} px high`]
      : []),
    ...[...document.querySelectorAll<HTMLElement>('button, [role=menuitem]')]
      .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
      .map(each => `button ${each.textContent || each.ariaLabel}: ${each.scrollWidth} in ${each.clientWidth} px`),
  ]);

/** One state, checked and pictured in every size. All states are looked at even if one is wrong. */
function photographer(app: ElectronApplication, page: Page, { language, theme }: Look) {
  const { phone } = texts[language];
  return async (state: string): Promise<void> => {
    await page.mouse.move(2, 2);
    for (const size of sizes) {
      const name = `${language}-${theme}-${size.width}x${size.height}-${state}`;
      await resize(app, page, size);
      expect.soft(await overflowing(page), `${name}: nothing is cut off`).toEqual([]);
      for (const label of [phone.answer, phone['hang-up'], phone.hold])
        for (const button of await page.getByRole('button', { name: label, exact: true }).all())
          await expect.soft(button, `${name}: ${label} is in sight`).toBeInViewport({ ratio: 1 });
      await page.screenshot({ path: join('test-results', 'screens', `${name}.png`), animations: 'disabled' });
      if (
        isForReadme &&
        language === 'en' &&
        theme === 'light' &&
        size.width === 1280 &&
        /^(dashboard|talking)$/.test(state)
      )
        await page.screenshot({ path: join('assets', 'screenshots', `${state}.png`), animations: 'disabled' });
    }
    expect.soft(await violations(page), `${language}-${theme}-${state}: WCAG 2.2 AA`).toEqual([]);
  };
}

for (const look of [
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark' },
  { language: 'fr', theme: 'light' },
  { language: 'fr', theme: 'dark' },
] as const)
  test.describe(`${look.language} ${look.theme}`, () => {
    test.use({ language: look.language, userDataFiles: { 'settings.json': JSON.stringify({ theme: look.theme }) } });

    // Once on each engine; what a theme or a language changes, an engine does not.
    const tag = look.language === 'en' && look.theme === 'light' ? '@screens @engine' : '@screens';
    test(`${tag} every state fits, can be read and can be operated: ${look.language}, ${look.theme}`, async ({
      agent,
      app,
      centre,
      desk,
      network,
      page,
    }) => {
      test.setTimeout(150_000);
      const text = texts[look.language];
      const photograph = photographer(app, page, look);
      const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

      await test.step('sign-in', async () => {
        await expect(page.getByText(text['sign-in']['server-ours'].split('{{')[0] ?? '')).toBeVisible();
        await photograph('sign-in');
        await page.getByLabel(text['sign-in'].identifier).fill('alice.martin');
        await page.getByLabel(text['sign-in'].password, { exact: true }).fill('not the password');
        await press(text['sign-in'].submit);
        await expect(page.getByRole('alert')).toContainText(text.errors['sign-in/wrong-credentials'].what);
        await photograph('sign-in-error');
        await page.getByLabel(text['sign-in'].password, { exact: true }).fill('demo-1001');
        await press(text['sign-in'].submit);
      });

      await test.step('dashboard and settings', async () => {
        await expect(agent.lineState).toHaveAttribute('data-state', 'registered');
        await expect(agent.recentRows.first()).toBeVisible();
        await photograph('dashboard');
        await press(text.shell.settings);
        await expect(page.getByTestId('microphone-level')).toBeVisible();
        await photograph('settings');
        await press(text.shell.dashboard);
        await press(text.dashboard['become-available']);
        await expect(agent.agentState).toHaveAttribute('data-state', 'available');
      });

      const name = look.language === 'fr' ? 'Marie-Véronique de La Rochefoucauld-Montmorency' : 'Camille Roux';
      const customer = await centre.customerCalls({ name });
      await test.step('a call', async () => {
        await expect(agent.incoming).toContainText(name);
        await photograph('incoming');
        await press(text.phone.answer);
        await expect(page.getByTestId('call-quality')).toBeVisible();
        await photograph('talking');
        await press(text.phone.keypad);
        await press(`${text.phone.digit['5']} JKL`);
        await photograph('keypad');
        await press(text.phone.keypad);
        await press(text.phone.hold);
        await expect(agent.active).toHaveAttribute('data-state', 'held');
        await photograph('on-hold');
        await press(text.phone.resume);
        await expect(agent.active).toHaveAttribute('data-state', 'active');
      });

      await test.step('a second call, and the line lost', async () => {
        const colleague = await desk.phoneOf('1002', 'demo-1002', 980);
        const second = await colleague.dial('1001');
        await expect(agent.incoming).toBeVisible();
        await photograph('second-call');
        second.cancel();
        await expect(agent.incoming).toBeHidden();
        network.cutSip();
        await expect(agent.lineState).toHaveAttribute('data-state', 'reconnecting');
        await photograph('line-lost');
        network.restore();
        await expect(agent.lineState).toHaveAttribute('data-state', 'registered', { timeout: 20_000 });
      });

      await test.step('after the call', async () => {
        await customer.hangUp();
        await expect(agent.ended).toBeVisible();
        await photograph('ended');
      });
    });
  });
