// The smallest Electron app there is: what any app must pay for.
import { app, BrowserWindow } from 'electron';
import path from 'node:path';

app.setPath('userData', process.env.SOFTPHONE_USER_DATA);
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  void window.loadFile(path.join(import.meta.dirname, 'index.html'));
});
