// A bare JsSIP page in one window: what a plain web phone does.
import { app, BrowserWindow, session } from 'electron';

app.setPath('userData', process.env.SOFTPHONE_USER_DATA);
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
void app.whenReady().then(() => {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(true));
  session.defaultSession.setPermissionCheckHandler(() => true);
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { backgroundThrottling: false } });
  void window.loadURL(process.env.BENCH_PAGE);
});
