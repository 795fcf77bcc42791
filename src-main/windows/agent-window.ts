import { BrowserWindow, nativeTheme } from 'electron';
import { agentOrigin } from './app-origins';
import { startingShape, WindowShape } from './window-shape';

/** A page that crashes again at once is not reloaded in a tight circle. */
const reloadDelaysMs = [50, 250, 1000];
const healthyAfterMs = 30_000;
/** The canvas colours of the renderer's theme, so that the first frame does not flash. */
const canvas = { light: '#f6f7f9', dark: '#15171c' } as const;

export interface AgentWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly boundsFile: string;
  readonly title: string;
}

/** Makes and shows the window at once: an empty shell now is better than a full one later (quality figure A3). */
export function openAgentWindow({ preload, icon, boundsFile, title }: AgentWindowOptions): {
  readonly window: BrowserWindow;
  readonly shape: WindowShape;
} {
  const { remembered, rule, bounds } = startingShape(boundsFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: rule.smallest.width,
    minHeight: rule.smallest.height,
    title,
    icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
  const shape = new WindowShape(window, boundsFile, remembered);
  window.on('page-title-updated', event => event.preventDefault()); // the title is main's: it says the call's state
  // A failed load is told by `did-fail-load`; the promise says the same a second time.
  window.loadURL(`${agentOrigin}/`).catch(() => undefined);
  return { window, shape };
}

/** A page that dies or hangs is loaded again; it asks for `app.snapshot` and carries on. Calls never notice. */
export function keepAgentWindowAlive(window: BrowserWindow, log: { warn(message: string): void }): void {
  let losses = 0;
  let lastLossAt = 0;
  const reload = (why: string): void => {
    losses = Date.now() - lastLossAt > healthyAfterMs ? 0 : losses + 1;
    lastLossAt = Date.now();
    log.warn(`agent window ${why}, loading it again`);
    setTimeout(
      () => {
        if (!window.isDestroyed()) window.webContents.reload();
      },
      reloadDelaysMs[Math.min(losses, reloadDelaysMs.length - 1)],
    );
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') reload(`is gone (${reason})`);
  });
  window.webContents.on('did-fail-load', (_event, code, description, url) => {
    const aborted = -3; // by our own reload
    if (code !== aborted && url === `${agentOrigin}/`) reload(`did not load: ${description}`);
  });
  // Ends in render-process-gone above, which loads it again.
  window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer());
}
