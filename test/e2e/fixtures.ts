import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ElectronApplication, type Page, _electron, test as base } from '@playwright/test';
import { DemoCentre } from '../rig/demo-centre';
import { FaultProxy } from '../rig/fault-proxy';
import { SpeakerEar, speakTone } from '../rig/sound-card';
import { notificationDaemon } from '../rig/notification-daemon';
import { TestPhone } from '../telephony/test-phone';
import { AgentWindow } from './page-models/agent-window';

const project = resolve(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;

/** Ways to break the surroundings on purpose; set with `test.use`. */
export interface Surroundings {
  /** What the app is told about where the server is. */
  readonly serverUrl: string | null;
  readonly microphone: 'real' | 'none' | 'denied';
  readonly language: 'en' | 'fr';
  /** Files in the fresh user-data folder before the app starts: name → content. */
  readonly userDataFiles: Readonly<Record<string, string>>;
  /** For Electron, before the program. */
  readonly before: readonly string[];
}

export interface Fixtures extends Surroundings {
  /** Between app and server, to be broken. */
  readonly network: FaultProxy;
  readonly userData: string;
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly agent: AgentWindow;
  readonly ear: SpeakerEar;
  readonly speak: (hz: number) => void;
  /** Other desks: phones of a different make, registered at the same centre. */
  readonly desk: { phoneOf(identifier: string, password: string, hz: number): Promise<TestPhone> };
}

/** Sound as it is: noise suppression would take the steady tones of these tests for noise. */
const plainSound = { autoGainControl: false, noiseSuppression: false, echoCancellation: false };

/** Waits for the agent window: the phone engine's window may open first. */
export async function agentWindowOf(app: ElectronApplication): Promise<Page> {
  const isAgent = (page: Page): boolean => page.url().startsWith('app://agent');
  const open = app.windows().find(isAgent);
  return (
    open ?? app.waitForEvent('window', { predicate: async page => (await page.waitForURL(/^app:/), isAgent(page)) })
  );
}

export const test = base.extend<Fixtures, { centre: DemoCentre }>({
  serverUrl: [null, { option: true }],
  microphone: ['real', { option: true }],
  language: ['en', { option: true }],
  userDataFiles: [{ 'settings.json': JSON.stringify(plainSound) }, { option: true }],
  before: [[], { option: true }],

  centre: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      const centre = await DemoCentre.open();
      await use(centre);
      await centre.close();
    },
    { scope: 'worker' },
  ],
  network: async ({ centre }, use, info) => {
    const proxy = await FaultProxy.before(centre.url);
    await use(proxy);
    await proxy.stop();
    if (info.status !== info.expectedStatus) await info.attach('centre output', { body: centre.said });
    await centre.sendCustomersHome();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  userData: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'softphone-user-data-'));
    await use(folder);
    // Chromium's children outlive the main process by a moment, and write.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  app: async ({ network, serverUrl, userData, microphone, language, userDataFiles, before }, use, info) => {
    for (const [name, content] of Object.entries(userDataFiles)) await writeFile(join(userData, name), content);
    await notificationDaemon.closeAll();
    const app = await _electron.launch({
      cwd: project,
      args: [...before, project, ...(isRoot ? ['--no-sandbox'] : [])],
      env: {
        ...(process.env as Record<string, string>),
        SOFTPHONE_USER_DATA: userData,
        SOFTPHONE_SERVER_URL: serverUrl ?? network.url,
        SOFTPHONE_LANGUAGE: language,
        ...(microphone === 'none' ? { PULSE_SERVER: 'unix:/nonexistent' } : {}),
      },
    });
    const output: string[] = [];
    const process_ = app.process(); // not to be asked for once a test has closed the app itself
    process_.stdout?.on('data', chunk => output.push(String(chunk)));
    process_.stderr?.on('data', chunk => output.push(String(chunk)));
    if (microphone === 'denied')
      await app.evaluate(({ session }) =>
        session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false)),
      );
    await use(app);
    if (info.status !== info.expectedStatus) await info.attach('app output', { body: output.join('') });
    const hasEnded = (): boolean => process_.exitCode !== null || process_.signalCode !== null;
    const gone = new Promise<void>(done => (hasEnded() ? done() : process_.once('exit', () => done())));
    // A call may be up and the app would ask before it closes: a test ends without a question.
    if (!hasEnded()) await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => process_.kill('SIGKILL'));
    await gone;
  },
  page: async ({ app }, use) => {
    const page = await agentWindowOf(app);
    page.setDefaultTimeout(10_000);
    await page.locator('html[data-ready="true"]').waitFor();
    await use(page);
  },
  agent: async ({ page }, use) => {
    await use(new AgentWindow(page));
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  ear: async ({}, use) => {
    const ear = new SpeakerEar();
    await use(ear);
    await ear.stop();
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  speak: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(hz => ends.push(speakTone(hz)));
    for (const end of ends) await end();
  },
  desk: async ({ centre }, use) => {
    const phones: TestPhone[] = [];
    await use({
      phoneOf: async (identifier, password, hz) => {
        const line = await centre.lineOf(identifier, password);
        const domain = line.sipUri.split('@')[1] ?? '';
        const phone = await TestPhone.registered({
          url: line.webSocketUrl,
          extension: line.authorizationUser,
          secret: line.secret,
          domain,
          hz,
        });
        phones.push(phone);
        return phone;
      },
    });
    for (const phone of phones) await phone.close();
  },
});
export { expect } from '@playwright/test';
export { notificationDaemon };
