import { app, dialog, type BrowserWindow } from 'electron';
import { osText } from './text';

type Language = Parameters<typeof osText>[0];

export interface LeavingNeeds {
  readonly window: BrowserWindow;
  readonly hasLiveCall: () => boolean;
  readonly language: () => Language;
  /** Unregisters and tells the server; limited in time by itself. */
  readonly sayGoodbye: () => Promise<void>;
}

/**
 * Closing the window quits the app, after a question if somebody is on the line. A quit ordered by the system (log-out, shutdown)
 * is obeyed without one.
 * @returns the quit of the menu and the tray, which asks as well
 */
export function guardLeaving({ window, hasLiveCall, language, sayGoodbye }: LeavingNeeds): () => void {
  let mayLeave = false;
  let isLeaving = false;
  const quit = async (): Promise<void> => {
    if (hasLiveCall() && !(await confirmed(window, language()))) return;
    mayLeave = true;
    app.quit();
  };
  window.on('close', event => {
    if (mayLeave) return;
    event.preventDefault();
    void quit();
  });
  app.on('before-quit', event => {
    mayLeave = true;
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    void sayGoodbye().finally(() => {
      if (!window.isDestroyed()) window.close(); // remembers its bounds
      app.exit(0);
    });
  });
  return () => void quit();
}

async function confirmed(window: BrowserWindow, language: Language): Promise<boolean> {
  const stay = 0;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: osText(language, 'leave.message'),
    detail: osText(language, 'leave.detail'),
    buttons: [osText(language, 'leave.stay'), osText(language, 'leave.quit')],
    defaultId: stay,
    cancelId: stay,
  });
  return response !== stay;
}
