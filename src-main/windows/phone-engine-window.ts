import { BrowserWindow, type WebContents } from 'electron';
import { engineOrigin } from './app-origins';

/**
 * The hidden window in which JsSIP and WebRTC live. It may be closed and opened again at any time:
 * what it knew besides media is in main.
 */
export class PhoneEngineWindow {
  #window: BrowserWindow | null = null;

  constructor(
    private readonly preload: string,
    private readonly onOpened: (contents: WebContents) => void,
  ) {}

  /** @param onGone called once, when the process of this very window is gone */
  open(onGone: (reason: string) => void): void {
    const window = new BrowserWindow({
      show: false,
      width: 320,
      height: 240,
      skipTaskbar: true,
      webPreferences: {
        preload: this.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        backgroundThrottling: false, // timers of SIP and of the ringer must not be slowed down
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    this.#window = window;
    this.onOpened(window.webContents);
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.#window === window) onGone(reason);
    });
    window.webContents.on('did-fail-load', (_event, code, description) => {
      if (this.#window === window) onGone(`did not load: ${description} (${code})`);
    });
    // A failed load is told by `did-fail-load`; the promise says the same a second time.
    window.loadURL(`${engineOrigin}/`).catch(() => undefined);
  }

  close(): void {
    const window = this.#window;
    this.#window = null;
    if (window && !window.isDestroyed()) window.destroy();
  }
}
