// Another program on the same desktop: a window to type in, and, if told so, a global shortcut that it takes for itself.
import { app, BrowserWindow, globalShortcut } from 'electron';

const open = async () => {
  const accelerator = process.env.TAKES_SHORTCUT;
  if (accelerator && !globalShortcut.register(accelerator, () => undefined))
    throw new Error(`${accelerator} is not free`);
  const window = new BrowserWindow({ width: 500, height: 300, x: 20, y: 20 });
  await window.loadURL('data:text/html,<title>Other program</title><textarea autofocus></textarea>');
  window.focus();
};
// No top-level await: `ready` comes only after this module has been read.
app.whenReady().then(open, error => process.stderr.write(String(error)));
