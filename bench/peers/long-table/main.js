// A plain table of ten thousand rows: what one writes first, and more than which no page can hold.
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

app.setPath('userData', process.env.SOFTPHONE_USER_DATA);
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { backgroundThrottling: false } });
  void window.loadFile(path.join(import.meta.dirname, 'index.html'));
});
