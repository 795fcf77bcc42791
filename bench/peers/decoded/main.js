// Shows whatever page it is told; the bench serves one in which wavesurfer fetches and decodes a file.
import { app, BrowserWindow } from 'electron';

app.setPath('userData', process.env.SOFTPHONE_USER_DATA);
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { backgroundThrottling: false } });
  void window.loadURL(process.env.BENCH_PAGE);
});
