import { app, nativeTheme, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { Call } from '../src-shared/call/call';
import type { Logger } from './base/logger';
import type { Services } from './services/build-services';
import { bringToFront, callerOf, callingForAttention, moodOf, titleFor } from './os/attention';
import { DesktopNotifications } from './os/desktop-notifications';
import { electronNotifications } from './os/electron-notifications';
import { IncomingCallAlerts } from './os/incoming-call-alerts';
import { guardLeaving } from './os/leaving';
import { nodeNotifierNotifications } from './os/node-notifier-notifications';
import { CallPowerGuard, onSleep, onWakeUp } from './os/power';
import { languageFor, osText } from './os/text';
import { PhoneTray, type TrayState } from './os/tray';
import type { WindowShape } from './windows/window-shape';

export interface ShowOnDesktopNeeds {
  readonly services: Services;
  readonly window: BrowserWindow;
  readonly shape: WindowShape;
  /** Folder with `icons/` and `tray/`. */
  readonly assets: string;
  readonly log: Logger;
}

/** The picture in the agent window comes first: the desktop's answers to a title or an icon take the processor away from it. */
const afterPictureMs = 20;

/** What the operating system shows of the phone: title, task bar, notification, tray, one frame after the screen. */
export function showOnDesktop({ services, window, shape, assets, log }: ShowOnDesktopNeeds): void {
  const { desk, line, live, signIn, settings, supervisor } = services;
  const language = (): ReturnType<typeof languageFor> => languageFor(settings.value.language, app.getLocale());
  const show = (): void => bringToFront(window);

  const contentFor = (call: Call): { title: string; body: string } => ({
    title: osText(language(), 'notification.incoming'),
    body: osText(
      language(),
      call.queueName === null ? 'notification.incoming-body' : 'notification.incoming-body-queue',
      {
        caller: callerOf(call, language()),
        queue: call.queueName ?? '',
      },
    ),
  });
  const alerts = new IncomingCallAlerts(
    new DesktopNotifications([electronNotifications, nodeNotifierNotifications], log),
    contentFor,
    show,
  );
  const sayGoodbye = async (): Promise<void> => {
    await signIn.signOut();
    supervisor.stop();
    live.close();
  };
  const quit = guardLeaving({ window, hasLiveCall: () => desk.liveHere().length > 0, language, sayGoodbye });
  const tray = new PhoneTray({ iconFolder: join(assets, 'tray'), show, quit, log });
  const power = new CallPowerGuard();
  const callForAttention = callingForAttention(window, () => shape.view.isOnTop);

  const trayState = (): TrayState => {
    const { mood } = moodOf(desk.all());
    if (mood === 'ringing') return 'ringing';
    if (mood !== 'idle') return 'talking';
    if (!signIn.agent) return 'signed-out';
    return line.isRegistered ? 'idle' : 'line-lost';
  };
  const refresh = (): void => {
    window.setTitle(titleFor(desk.all(), language()));
    tray.show(trayState(), language());
  };
  const followCalls = (): void => {
    if (window.isDestroyed()) return;
    alerts.follow(desk.all());
    callForAttention(desk.all());
    power.follow(desk.liveHere().length > 0);
    refresh();
  };
  desk.changes.hear(afterPicture(followCalls));
  [line.changes, signIn.changes, settings.changes].forEach(changes => changes.hear(refresh));
  settings.changes.hear(({ theme }) => (nativeTheme.themeSource = theme));
  nativeTheme.themeSource = settings.value.theme;
  refresh();

  app.on('second-instance', show);
  app.on('open-url', show);
  app.on('activate', show);
  followSleep(services);
}

function followSleep({ gate, appLine, live, idle }: Services): void {
  onWakeUp(() => {
    gate.wokeUp();
    appLine.probe();
    live.retryNow();
  });
  onSleep(ms => idle.slept(ms));
}

/** Told any number of times, runs once, for all of them. */
function afterPicture(run: () => void): () => void {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      run();
    }, afterPictureMs);
  };
}
