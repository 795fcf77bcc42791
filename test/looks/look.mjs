// Photographs every state of the agent window without a main process: `node test/looks/look.mjs [folder] [scene …]`.
// Not a test: somebody must look at the pictures. A page error or a console error ends it with status 1.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright';
import { startLooksServer } from './start-looks-server.mjs';
import { recordSceneOf, recordSteps } from './steps-records.mjs';

const [folder = 'looks', ...wanted] = process.argv.slice(2);
const sizes = {
  wide: { width: 1280, height: 800 },
  small: { width: 960, height: 640 },
  compact: { width: 380, height: 640 },
};
/** The phone alone has its own size. */
const sizeOf = (name, size) => (name.startsWith('compact-') ? 'compact' : size);
const ways = [
  { size: 'wide', theme: 'light', language: 'en' },
  { size: 'wide', theme: 'dark', language: 'en' },
  { size: 'small', theme: 'light', language: 'fr' },
  { size: 'small', theme: 'dark', language: 'fr' },
];
const openSettings = page => page.getByRole('button', { name: /^(Settings|Réglages)$/ }).click();
const openFirstStory = page => page.getByTestId('recent-calls').getByRole('button').first().press('Enter');
const typeInPalette = async (page, text) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').pressSequentially(text);
};

/** What is done before the picture; a name may stand for a scene of another name. */
const steps = {
  ...recordSteps,
  'sign-in-wrong': async page => {
    await page
      .getByLabel(/identi|poste|name/i)
      .first()
      .fill('maya');
    await page.locator('input[type=password]').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: /Forgot|Oublié/ }).click();
  },
  'sign-in-code': async page => {
    await page
      .getByLabel(/identi|poste|name/i)
      .first()
      .fill('maya');
    await page.getByRole('button', { name: /Forgot|Oublié/ }).click();
    await page.getByRole('button', { name: /code/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^(Send the code|Envoyer le code)$/ })
      .click();
    await page.getByLabel(/^Code/).waitFor();
  },
  'talking-keypad': async page => {
    await page.getByRole('button', { name: /^(Keypad|Clavier)$/ }).click();
    for (const digit of ['4', '2', '#']) await page.keyboard.press(digit);
  },
  'quality-tooltip': async page => {
    await page.mouse.move(400, 400); // tooltips wait for a pointer that has moved before
    await page.getByTestId('call-quality').hover();
    await page.getByRole('tooltip').waitFor();
  },
  'idle-dial': async page => {
    await page.getByRole('button', { name: /^(Dial pad|Pavé numérique)$/ }).click();
    await page.locator('[data-dial-field]').pressSequentially('5145550142');
  },
  'idle-letters': page => page.locator('[data-dial-field]').fill('call bob'),
  'idle-availability': page =>
    page
      .getByTestId('agent-state')
      .click()
      .then(() => page.getByRole('menu').waitFor()),
  'state-queue-pause': async page => {
    await page.getByTestId('agent-state').click();
    await page.getByRole('menuitem', { name: /^Réservations/ }).click();
    await page.getByRole('menu').nth(1).waitFor();
  },
  'idle-account': page =>
    page
      .getByRole('button', { name: /Account of|Compte de/ })
      .click()
      .then(() => page.getByRole('menu').waitFor()),
  'idle-shortcuts': page => page.keyboard.press('?').then(() => page.getByRole('dialog').waitFor()),
  'idle-help': page => page.keyboard.press('F1').then(() => page.getByTestId('help-panel').waitFor()),
  'idle-help-menu': page =>
    page
      .getByRole('button', { name: /^(Help|Aide)$/ })
      .click()
      .then(() => page.getByRole('menu').waitFor()),
  'idle-palette': page => page.keyboard.press('Control+k').then(() => page.getByRole('combobox').waitFor()),
  'idle-palette-number': page => typeInPalette(page, '514 555 0177'),
  'idle-palette-person': page => typeInPalette(page, 'et'),
  'idle-palette-nothing': page => typeInPalette(page, 'zzqq'),
  'compact-idle-palette': page => typeInPalette(page, 'a'),
  'compact-idle-help': page => page.keyboard.press('F1').then(() => page.getByTestId('help-panel').waitFor()),
  'compact-idle-shortcuts': page => page.keyboard.press('?').then(() => page.getByRole('dialog').waitFor()),
  'idle-move': async page => {
    await page.getByRole('listbox').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('dialog').waitFor();
  },
  'queues-crowded': async page => {
    const list = page.getByRole('listbox').first();
    await list.focus();
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('PageDown');
  },
  'idle-foot': async page => {
    await page.getByTestId('recent-calls').scrollIntoViewIfNeeded();
    await page.locator('main').evaluate(main => main.scrollTo({ top: main.scrollHeight }));
  },
  'idle-figures': page => page.getByTestId('my-figures').evaluate(cards => cards.scrollIntoView({ block: 'start' })),
  'first-use-figures': page => page.getByTestId('my-figures').evaluate(cards => cards.scrollIntoView({ block: 'end' })),
  'figures-failed': page => page.getByTestId('my-figures').evaluate(cards => cards.scrollIntoView({ block: 'end' })),
  'figures-missing': page => page.getByTestId('my-figures').evaluate(cards => cards.scrollIntoView({ block: 'end' })),
  'idle-figure': async page => {
    await page.locator('[data-figure="today.not-answered"]').click();
    await page.getByTestId('figure-calls').locator('tbody tr').first().waitFor();
  },
  story: page => openFirstStory(page).then(() => page.getByTestId('story').waitFor()),
  'story-failed': page => openFirstStory(page).then(() => page.getByRole('alert').waitFor()),
  'idle-report': page =>
    page
      .getByRole('button', { name: /^(Report a problem|Signaler un problème)$/ })
      .click()
      .then(() => page.getByRole('dialog').waitFor()),
  'shortcut-taken': async page => {
    await openSettings(page);
    const fields = page.locator('[data-shortcut=mute] button');
    await fields.first().scrollIntoViewIfNeeded();
    await page.locator('[data-shortcut=answer] button').first().click();
    await page.keyboard.press('Control+h');
    await page.locator('[data-shortcut=dial] button').first().click();
  },
  'talking-consult': page => page.keyboard.press('Control+e').then(() => page.getByRole('combobox').waitFor()),
  'talking-transfer': page => page.keyboard.press('Control+t').then(() => page.getByRole('combobox').waitFor()),
  'idle-settings-foot': page =>
    openSettings(page).then(() => page.getByRole('button', { name: /Theme|Thème/ }).scrollIntoViewIfNeeded()),
  'idle-settings': page => page.getByRole('button', { name: /Settings|Réglages/ }).click(),
  'microphone-denied': page => page.getByRole('button', { name: /Settings|Réglages/ }).click(),
};
const sceneOf = name =>
  name === 'sign-in-code'
    ? 'sign-in'
    : name === 'first-use-figures'
      ? 'first-use'
      : name.startsWith('idle-')
        ? 'idle'
        : name.startsWith('compact-idle-')
          ? 'compact-idle'
          : name === 'talking-keypad' || name === 'quality-tooltip' || /^talking-(consult|transfer)$/.test(name)
            ? 'talking'
            : recordSceneOf(name);

async function namesOfScenes(browser, url) {
  const page = await browser.newPage();
  await page.goto(`${url}/test/looks/look.html?scene=idle`);
  const names = await page.evaluate(async () => Object.keys((await import('/test/looks/scenes.ts')).scenes));
  await page.close();
  return names;
}

const server = await startLooksServer();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
  ignoreDefaultArgs: ['--hide-scrollbars'], // in the app they take room
});
let troubles = 0;
try {
  mkdirSync(folder, { recursive: true });
  const names =
    wanted.length > 0 ? wanted : [...new Set([...(await namesOfScenes(browser, server.url)), ...Object.keys(steps)])];
  for (const { size, theme, language } of ways) {
    const context = await browser.newContext({ viewport: sizes[size], locale: 'en-CA' });
    for (const name of names) {
      const shape = sizeOf(name, size);
      const page = await context.newPage();
      page.on('pageerror', error => {
        troubles += 1;
        process.stderr.write(`${name}: ${error.message}\n`);
      });
      page.on('console', message => {
        if (message.type() === 'error') {
          troubles += 1;
          process.stderr.write(`${name}: ${message.text()}\n`);
        }
      });
      await page.setViewportSize(sizes[shape]);
      await page.goto(`${server.url}/test/looks/look.html?scene=${sceneOf(name)}&theme=${theme}&language=${language}`);
      await page.locator('html[data-ready=true]').waitFor({ timeout: 30_000 });
      await page.evaluate(() => document.fonts.ready);
      await steps[name]?.(page);
      await page.screenshot({ path: `${folder}/${name}-${shape}-${theme}-${language}.png`, animations: 'disabled' });
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = troubles === 0 ? 0 : 1;
