import { app, session, shell } from 'electron';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { reasonOf, type Logger } from './base/logger';
import { systemClock } from './base/system-clock';
import { buildServices, type Services } from './services/build-services';
import { openCache, type OpenedCache } from './cache/open-cache';
import { openOutbox } from './cache/open-outbox';
import { agentAnswers } from './ipc/agent-answers';
import { EngineLink } from './ipc/engine-link';
import { AgentNotices } from './ipc/send-agent-notices';
import type { LaunchOptions } from './launch-options';
import type { OpenedWindows } from './open-windows';
import type { BenchMarks } from './os/bench-marks';
import { keyRing } from './os/key-ring';
import { openLogFile } from './os/log-file';
import { offerForLinks } from './os/protocol-client';
import { systemIdleMs } from './os/power';
import { saveReport } from './os/save-report';
import { SettingsStore } from './os/settings-store';
import { takeGlobalShortcuts } from './os/take-global-shortcuts';
import { recordingKey } from './recordings/recording-key';
import { RecordingShelf } from './recordings/recording-shelf';
import { showOnDesktop } from './show-on-desktop';
import { checkTrustChoice } from './server-link/trust-choice';
import { keepAgentWindowAlive } from './windows/agent-window';
import { verifyCertificates } from './windows/certificate-verification';

/** A window that nobody sees may never paint; the phone works all the same. */
const pictureWithinMs = 1_000;

export interface StartAppNeeds {
  readonly options: LaunchOptions;
  readonly windows: OpenedWindows;
  readonly folders: { readonly userData: string; readonly app: string };
  readonly marks: BenchMarks;
}

/** Second half of the start: builds everything in reading order and connects it. No logic here. */
export function startApp({ options, windows, folders, marks }: StartAppNeeds): void {
  const logFor = openLogFile(folders.userData, !app.isPackaged);
  const log = logFor('app');
  sayWhoWeAre(log);
  catchCrashes(log);

  const settings = openSettings(folders.userData, options, logFor('settings'));
  const cache = openCache(join(folders.userData, 'cache.db'), logFor('cache'));
  const outbox = openOutbox(join(folders.userData, 'outbox.db'), logFor('outbox'));
  process.on('exit', () => [cache, { db: outbox }].forEach(({ db }) => db.close()));

  const authorities = readAuthorities(options.caFile, log);
  const trust = { pinnedFor: (address: string) => settings.value.trustedCertificates[address], authorities };
  const ownAuthorities = authorities.map(pem => new X509Certificate(pem));
  verifyCertificates(session.defaultSession, () => ({
    pinned: settings.value.trustedCertificates,
    authorities: ownAuthorities,
  }));

  const engine = new EngineLink(windows.engineChannel.send, systemClock, logFor('engine-link'));
  const services = buildServices({
    engine,
    engineHost: windows.engineWindow,
    settings,
    cache,
    outbox,
    ...recordingPlaces(folders.userData, logFor('recordings')),
    trust,
    machine: hostname(),
    systemIdleMs,
    clock: systemClock,
    log: logFor,
  });
  tellResets(services, settings.wasReset, cache.wasReset);

  const { agentWindow, shape, links } = windows;
  const mark: BenchMarks['mark'] = (name, detail, at) => marks.mark(name, detail, at);
  const shortcuts = takeGlobalShortcuts(services, logFor('shortcuts'));
  const notices = new AgentNotices(services, { shape, shortcuts }, notice => {
    if (!agentWindow.isDestroyed() && !agentWindow.webContents.isCrashed())
      agentWindow.webContents.send('agent:notice', notice);
  });
  markMilestones(services, engine, mark);
  showOnDesktop({ services, window: agentWindow, shape, assets: join(folders.app, 'assets'), log: logFor('desktop') });
  keepAgentWindowAlive(agentWindow, logFor('window'));
  const startEngine = once(() => services.supervisor.start());
  windows.answerWith(
    agentAnswers({
      services,
      notices,
      trustCertificate: trustIn(settings),
      changeWindow: change => shape.change(change),
      saveReport: () => saveReport({ services, window: agentWindow, userData: folders.userData }),
      mark,
      onFirstPicture: startEngine,
    }),
  );
  windows.playFrom(services.recordingAudio);
  offerForLinks(logFor('link'));
  links.listen(raw => services.links.open(raw));
  windows.engineChannel.connect(raw => engine.receive(raw));
  setTimeout(startEngine, pictureWithinMs);
  marks.mark('services-started');
}

/** Played recordings within two gigabytes: some hundred hours of calls. */
const recordingsLimitBytes = 2 * 1024 ** 3;
const recordingPlaces = (userData: string, log: Logger) => ({
  shelf: new RecordingShelf({
    folder: join(userData, 'recordings'),
    openKey: () => recordingKey(join(userData, 'recordings.key'), keyRing, log),
    limitBytes: recordingsLimitBytes,
    log,
  }),
  downloadFolder: () => app.getPath('downloads'),
  openFolder: (folder: string) => void shell.openPath(folder),
});

const sayWhoWeAre = (log: Logger): void =>
  log.info(
    `${app.getName()} ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
  );

function tellResets({ toasts }: Services, settings: boolean, cache: OpenedCache['wasReset']): void {
  if (settings) toasts.show('warning', 'settings-reset');
  if (cache) toasts.show('info', { error: cache });
}

/** Keeps the certificate a person chose, once it has been seen again. */
const trustIn =
  (settings: SettingsStore) =>
  async (serverUrl: string, fingerprint: string): Promise<void> => {
    const address = await checkTrustChoice(serverUrl, fingerprint);
    settings.change({
      trustedCertificates: { ...settings.value.trustedCertificates, [address]: fingerprint.toUpperCase() },
    });
  };

/** The settings, with what the start says instead of what is remembered. */
function openSettings(folder: string, { serverUrl, language }: LaunchOptions, log: Logger): SettingsStore {
  const settings = new SettingsStore(folder, log);
  if (serverUrl !== null && serverUrl !== settings.value.serverUrl) settings.change({ serverUrl });
  if (language !== null && language !== settings.value.language) settings.change({ language });
  return settings;
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

/** The organisation's own authorities, one PEM each. A file that cannot be read is said in the log; the system's list still holds. */
function readAuthorities(file: string | null, log: Logger): readonly string[] {
  if (file === null) return [];
  try {
    return readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  } catch (error) {
    log.error(`authorities not read: ${reasonOf(error)}`);
    return [];
  }
}

/** A bug is written down; the app goes on, because somebody may be on the line. */
function catchCrashes(log: Logger): void {
  const write = (kind: string) => (error: unknown) =>
    log.error(`${kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.on('uncaughtException', write('uncaught exception'));
  process.on('unhandledRejection', write('unhandled rejection'));
  app.on('child-process-gone', (_event, { type, reason }) => log.warn(`child process ${type} gone: ${reason}`));
}

/** Stamps for the benchmarks; nothing outside them. */
function markMilestones({ line }: Services, engine: EngineLink, mark: BenchMarks['mark']): void {
  engine.reports.hear(report => {
    if (report.type === 'ready') mark('engine-ready');
    if (report.type === 'invite-received') mark('invite-received', report.callId, report.at);
    if (report.type === 'invite-sent') mark('invite-sent', report.callId, report.at);
  });
  line.changes.hear(({ state }) => {
    if (state === 'registered') mark('registered');
  });
}
