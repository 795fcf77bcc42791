import { app, protocol } from 'electron';
import { join } from 'node:path';
import { readLaunchOptions } from './launch-options';
import { BenchMarks } from './os/bench-marks';
import { linkIn } from './os/link-argument';
import { LinkInbox } from './os/link-inbox';
import { appScheme, recordingScheme } from './windows/app-origins';

// The entry stays small: what the first window needs is read while Electron becomes ready, the services while the window loads.
// No top-level await on `ready`: Electron emits it only after this module has finished.
const options = readLaunchOptions(process.env, process.argv);
if (options.userDataFolder !== null) app.setPath('userData', options.userDataFolder);
const folders = { build: join(import.meta.dirname, '..'), userData: app.getPath('userData'), app: app.getAppPath() };
const marks = new BenchMarks(options.isBench ? join(folders.userData, 'marks.jsonl') : null);
marks.mark('main-start');

// Must be known before `ready`, in the first tick.
protocol.registerSchemesAsPrivileged([
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
  {
    // Of another origin than the page, so that only what names the page may read it: its player, with the sound in two channels.
    scheme: recordingScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
  },
]);
if (!options.isWithoutSandbox) app.enableSandbox();
app.setAppUserModelId('example.softphone.agent'); // Windows shows no notification without it
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
// A demo on one machine has its server on loopback, where WebRTC gathers no candidates otherwise.
app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
// Candidates with real addresses instead of mDNS names: the peer is a server in the same company, and need not resolve `.local`.
app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns');
if (options.needsShortcutPortal) app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');

const links = new LinkInbox(process.argv);
if (app.requestSingleInstanceLock({ link: linkIn(process.argv) })) {
  const loading = import('./open-windows');
  void app.whenReady().then(async () => {
    marks.mark('ready');
    const { openWindows } = await loading;
    const windows = openWindows(folders, links, (what, error) => process.stderr.write(`${what}: ${String(error)}\n`));
    marks.mark('window-created');
    await windows.pageServed;
    const { startApp } = await import('./start-app');
    startApp({ options, windows, folders, marks });
  });
} else {
  app.quit();
}
