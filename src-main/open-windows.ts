import { protocol, type BrowserWindow, type WebFrameMain } from 'electron';
import { join } from 'node:path';
import type { Answers } from '../src-shared/ipc/agent-requests';
import { EngineChannel } from './ipc/engine-channel';
import type { LinkInbox } from './os/link-inbox';
import type { RecordingBytes } from './os/recording-protocol';
import { openAgentWindow } from './windows/agent-window';
import { agentOrigin, appScheme, recordingScheme } from './windows/app-origins';
import { appProtocol } from './windows/app-protocol';
import { PhoneEngineWindow } from './windows/phone-engine-window';
import type { WindowShape } from './windows/window-shape';
import { secureEveryPage, secureSession } from './windows/window-security';

export interface OpenedWindows {
  readonly agentWindow: BrowserWindow;
  readonly shape: WindowShape;
  readonly links: LinkInbox;
  readonly engineWindow: PhoneEngineWindow;
  readonly engineChannel: EngineChannel;
  /** The services are built: the asks that came early are answered now. */
  readonly answerWith: (answers: Answers) => void;
  /** The services are built: what a player asks for is answered now. */
  readonly playFrom: (recordings: RecordingBytes) => void;
  /** The page has its script and is busy with it: the services may have the main process to themselves. */
  readonly pageServed: Promise<void>;
}

/** A page that does not come must not keep the phone from starting. */
const servedWithinMs = 1_000;

/**
 * First half of the start: the agent window loads while the services are still being read from disk (quality figure A3).
 * What the page asks meanwhile waits. The engine's window opens when the agent's has painted: it would take half the machine from it.
 */
export function openWindows(
  folders: { readonly build: string; readonly userData: string; readonly app: string },
  links: LinkInbox,
  onBug: (what: string, error: unknown) => void,
): OpenedWindows {
  secureEveryPage();
  secureSession();
  const answers = withResolver<Answers>();
  const asked = withResolver<void>();
  const served = withResolver<void>();
  const serve = appProtocol(join(folders.build, 'renderer'));
  protocol.handle(appScheme, async request => {
    const isScript = request.url.endsWith('.js');
    if (isScript) await listening; // a script asks: somebody must be there
    const response = await serve(request);
    setTimeout(isScript ? served.resolve : asked.resolve); // when this answer has left
    return response;
  });
  const recordings = withResolver<RecordingBytes>();
  protocol.handle(recordingScheme, async request => {
    const { recordingProtocol } = await import('./os/recording-protocol');
    return recordingProtocol(recordings.promise)(request);
  });
  for (const { resolve } of [asked, served]) setTimeout(resolve, servedWithinMs);
  const { window: agentWindow, shape } = openAgentWindow({
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
  // Its schemas take 40 ms to read: as long as the page takes from its first line to asking for its script.
  const listening = asked.promise.then(async () => {
    const { answerAgentRequests } = await import('./ipc/answer-agent-requests');
    answerAgentRequests(answers.promise, isAgentWindow, (name, error) => onBug(`ask ${name}`, error));
  });
  const engineChannel = new EngineChannel();
  const engineWindow = new PhoneEngineWindow(join(folders.build, 'preload', 'phone-engine-preload.cjs'), contents =>
    engineChannel.use(contents),
  );
  return {
    agentWindow,
    shape,
    links,
    engineWindow,
    engineChannel,
    answerWith: answers.resolve,
    playFrom: recordings.resolve,
    pageServed: served.promise,
  };
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(done => (resolve = done));
  return { promise, resolve };
}
