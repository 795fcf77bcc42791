import { protocol, type BrowserWindow, type WebFrameMain } from 'electron';
import { join } from 'node:path';
import type { Answers } from '../src-shared/ipc/agent-requests';
import { answerAgentRequests } from './ipc/answer-agent-requests';
import { EngineChannel } from './ipc/engine-channel';
import { openAgentWindow } from './windows/agent-window';
import { agentOrigin, appScheme } from './windows/app-origins';
import { appProtocol } from './windows/app-protocol';
import { PhoneEngineWindow } from './windows/phone-engine-window';
import { secureEveryPage, secureSession } from './windows/window-security';

export interface OpenedWindows {
  readonly agentWindow: BrowserWindow;
  readonly engineWindow: PhoneEngineWindow;
  readonly engineChannel: EngineChannel;
  /** The services are built: the asks that came early are answered now. */
  readonly answerWith: (answers: Answers) => void;
  /** Who is told when the engine window that is open now is gone. */
  readonly onEngineGone: (listener: (reason: string) => void) => void;
}

/**
 * First half of the start: both windows load while the services are still being read from disk (quality figure A3).
 * What the pages ask or report meanwhile waits in the channels.
 */
export function openWindows(
  folders: { readonly build: string; readonly userData: string; readonly app: string },
  onBug: (what: string, error: unknown) => void,
): OpenedWindows {
  secureEveryPage();
  secureSession();
  protocol.handle(appScheme, appProtocol(join(folders.build, 'renderer')));
  const { promise: answers, resolve: answerWith } = withResolver<Answers>();
  const agentWindow = openAgentWindow({
    preload: join(folders.build, 'preload', 'agent-window-preload.cjs'),
    icon: join(folders.app, 'assets', 'icons', 'icon.png'),
    boundsFile: join(folders.userData, 'window.json'),
    title: 'Agent Softphone',
  });
  const isAgentWindow = (frame: WebFrameMain | null): boolean =>
    frame !== null &&
    frame.parent === null &&
    frame.origin === agentOrigin &&
    frame === agentWindow.webContents.mainFrame;
  answerAgentRequests(answers, isAgentWindow, (name, error) => onBug(`ask ${name}`, error));

  const engineChannel = new EngineChannel();
  const engineWindow = new PhoneEngineWindow(join(folders.build, 'preload', 'phone-engine-preload.cjs'), contents =>
    engineChannel.use(contents),
  );
  let earlyLoss: string | null = null;
  let tell = (reason: string): void => void (earlyLoss = reason);
  engineWindow.open(reason => tell(reason));
  const onEngineGone = (listener: (reason: string) => void): void => {
    tell = listener;
    if (earlyLoss !== null) listener(earlyLoss);
  };
  return { agentWindow, engineWindow, engineChannel, answerWith, onEngineGone };
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(done => (resolve = done));
  return { promise, resolve };
}
