// A page that changes its list once for every event: what one writes first.
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

app.setPath('userData', process.env.SOFTPHONE_USER_DATA);
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { backgroundThrottling: false } });
  void window.loadFile(path.join(import.meta.dirname, 'index.html'), { search: `port=${process.env.BENCH_PORT}` });
});
