import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { build, preview } from 'vite';
import { DemoCentre } from '../test/rig/demo-centre';
import { FaultProxy } from '../test/rig/fault-proxy';
import { type Launched, launch, peerFolder, project, until, windowAt } from './launch';

/** One phone on the bench, ours or the bare one, driven the same way. */
export interface BenchPhone {
  readonly identifier: string;
  readonly proxy: FaultProxy;
  /** What a person sees. */
  readonly page: Page;
  /** The page in which the media live. */
  readonly mediaPage: Page;
  /** When the newest card was painted, if after `since`. */
  paintedAfter(since: number): Promise<number | null>;
  /** Click and its stamp. */
  click(what: keyof typeof peerTexts): Promise<number>;
  readyToDial(number: string): Promise<void>;
  isIdle(): Promise<void>;
}

export interface TwoPhones {
  readonly centre: DemoCentre;
  readonly ours: BenchPhone;
  readonly peer: BenchPhone;
  close(): Promise<void>;
}

/** Ours sends nobody away with one click; it has a list for it. */
const ourTexts = { answer: 'Answer', dial: 'Call', 'hang-up': 'Hang up', refer: '' };
const peerTexts = { answer: 'Answer', dial: 'Dial', 'hang-up': 'Hang up', refer: 'Refer' };

/** Behind a real PBX an agent is heard by a steady tone, which noise suppression would take away: off, in both phones. */
const plainSound =
  process.env['ENGINE'] === 'asterisk'
    ? { autoGainControl: false, noiseSuppression: false, echoCancellation: false }
    : null;

/** Stamps, in the page where media live, each time a remote track begins to sound after silence: decoded samples, past the jitter buffer. */
const watchTracks = `(() => {
  window.benchHeard = [];
  const listen = async track => {
    const reader = new MediaStreamTrackProcessor({ track: track.clone() }).readable.getReader();
    let wasLoud = false;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      value.close();
      const isLoud = samples.some(sample => Math.abs(sample) > 0.01);
      if (isLoud && !wasLoud) window.benchHeard.push(performance.timeOrigin + performance.now());
      wasLoud = isLoud;
    }
  };
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...all) {
      super(...all);
      this.addEventListener('track', ({ track }) => void listen(track));
    }
  };
})()`;

/** A click inside the page on the visible button with this text, stamped in the same task. */
const stampedClick = (page: Page, text: string): Promise<number> =>
  page.evaluate(wanted => {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find(each => each.offsetParent !== null && each.textContent?.trim() === wanted);
    if (button === undefined) throw new Error(`no button ${wanted} to click`);
    const at = performance.timeOrigin + performance.now();
    button.click();
    return at;
  }, text);

async function openOurs(centre: DemoCentre): Promise<{ phone: BenchPhone; launched: Launched }> {
  const proxy = await FaultProxy.before(centre.url);
  const launched = await launch(
    project,
    { SOFTPHONE_SERVER_URL: proxy.url, SOFTPHONE_BENCH: '1', SOFTPHONE_LANGUAGE: 'en' },
    userData => {
      if (plainSound !== null) writeFileSync(join(userData, 'settings.json'), JSON.stringify(plainSound));
    },
  );
  const engine = await windowAt(launched.app, 'app://engine');
  const page = await windowAt(launched.app, 'app://agent');
  await engine.evaluate(watchTracks);
  await page.locator('html[data-ready="true"]').waitFor();
  await page.getByRole('textbox', { name: /user name|identifier|agent name/i }).fill('alice.martin');
  await page.getByLabel(/^password/i).fill('demo-1001');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('[data-testid="line-state"][data-state="registered"]').waitFor();
  const marks = (): { mark: string; at: number; detail?: string }[] =>
    readFileSync(join(launched.userData, 'marks.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { mark: string; at: number });
  const phone: BenchPhone = {
    identifier: 'alice.martin',
    proxy,
    page,
    mediaPage: engine,
    paintedAfter: async since => marks().findLast(each => each.mark === 'card-painted' && each.at > since)?.at ?? null,
    click: what => stampedClick(page, ourTexts[what]),
    readyToDial: async number => {
      await page.getByRole('textbox', { name: /number/i }).fill(number);
    },
    isIdle: async () => {
      await page.locator('[data-testid="active-call"]').waitFor({ state: 'hidden' });
      await page.locator('[data-testid="incoming-card"]').waitFor({ state: 'hidden' });
    },
  };
  return { phone, launched };
}

async function servePeerPage(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = join(project, 'out', 'bench-peer');
  await build({
    configFile: false,
    root: peerFolder('bare-jssip'),
    logLevel: 'error',
    define: { global: 'globalThis' },
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
  const server = await preview({
    configFile: false,
    root: peerFolder('bare-jssip'),
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  return { url: `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function openPeer(centre: DemoCentre): Promise<{ phone: BenchPhone; close(): Promise<void> }> {
  const proxy = await FaultProxy.before(centre.url);
  const site = await servePeerPage();
  const launched = await launch(peerFolder('bare-jssip'), { BENCH_PAGE: site.url });
  const page = await windowAt(launched.app, 'http://127.0.0.1');
  await page.waitForLoadState();
  await page.evaluate(watchTracks);
  const line = await centre.lineOf('bruno.lefevre', 'demo-1002', proxy.url);
  await page.evaluate(
    credential => (window as unknown as { bench: { start(options: unknown): Promise<void> } }).bench.start(credential),
    {
      webSocketUrl: line.webSocketUrl,
      sipUri: line.sipUri,
      user: line.authorizationUser,
      secret: line.secret,
      audio: plainSound ?? true,
    },
  );
  const phone: BenchPhone = {
    identifier: 'bruno.lefevre',
    proxy,
    page,
    mediaPage: page,
    paintedAfter: async since =>
      page.evaluate(
        from => (window as unknown as { bench: { painted: number[] } }).bench.painted.findLast(at => at > from) ?? null,
        since,
      ),
    click: what => stampedClick(page, peerTexts[what]),
    readyToDial: number =>
      page.evaluate(
        target => {
          (window as unknown as { bench: { target: string } }).bench.target = target;
        },
        `sip:${number}@${line.sipUri.split('@')[1] ?? ''}`,
      ),
    isIdle: async () => undefined,
  };
  return {
    phone,
    close: async () => {
      await launched.close();
      await site.close();
    },
  };
}

/** The same centre, our app signed in as one agent and a bare JsSIP page as another. */
export async function openTwoPhones(): Promise<TwoPhones> {
  const centre = await DemoCentre.open(['--allow-md5']);
  const { phone: ours, launched } = await openOurs(centre);
  const opened = await openPeer(centre);
  const peer = opened.phone;
  return {
    centre,
    ours,
    peer,
    close: async () => {
      await launched.close();
      await opened.close();
      for (const { proxy } of [ours, peer]) await proxy.stop();
      await centre.close();
    },
  };
}

/** The next SIP message of this kind that passes this phone's proxy; `at` in ms since the epoch. */
export function nextSip(phone: Pick<BenchPhone, 'proxy'>, from: 'app' | 'server', firstWord: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error(`bench: no ${firstWord} within 15 s`)), 15_000);
    phone.proxy.onSip = (side, message, at) => {
      if (side !== from || !message.startsWith(firstWord)) return;
      clearTimeout(tooLate);
      phone.proxy.onSip = () => undefined;
      resolve(at);
    };
  });
}

export { until };
