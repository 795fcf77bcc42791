import { app, session, type Session, type WebContents } from 'electron';
import { agentOrigin, engineOrigin } from './app-origins';

const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

/** The complete list of what a page may have; everything else is refused, whoever asks. */
const permissionsOf: Readonly<Record<string, ReadonlySet<string>>> = {
  // Chromium from 142 on asks before a page may reach the local network, where most central servers are.
  [engineOrigin]: new Set(['media', 'speaker-selection', 'local-network-access', 'local-network', 'loopback-network']),
  // To play recordings on the loudspeaker that was chosen.
  [agentOrigin]: new Set(['clipboard-sanitized-write', 'speaker-selection']),
};
/** What a page may see without being given it: the agent window the names of sound devices, which differ from page to page but for their names. */
const mayBeKnown = (origin: string | null, permission: string): boolean =>
  origin === agentOrigin && permission === 'media';
const isAllowed = (origin: string | null, permission: string, wantsVideo: boolean): boolean =>
  !wantsVideo && origin !== null && (permissionsOf[origin]?.has(permission) ?? false);

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Deny by default: permissions, devices, unencrypted connections beyond this machine. */
export function secureSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((contents, permission, done, details) => {
    const wantsVideo = 'mediaTypes' in details && (details.mediaTypes ?? []).includes('video');
    done(isAllowed(originOf(contents.getURL()), permission, wantsVideo));
  });
  target.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const origin = originOf(requestingOrigin);
    const isVideo = details.mediaType === 'video';
    return isAllowed(origin, permission, isVideo) || (!isVideo && mayBeKnown(origin, permission));
  });
  target.setDevicePermissionHandler(() => false);
  target.webRequest.onBeforeRequest({ urls: ['ws://*/*', 'http://*/*'] }, ({ url }, done) =>
    done({ cancel: !isLoopback(new URL(url).hostname) }),
  );
}

/** Pages stay where they are: no navigation, no new window, no webview. Must run before the first window is made. */
export function secureEveryPage(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', event => event.preventDefault());
    contents.on('will-redirect', event => event.preventDefault());
    contents.on('will-frame-navigate', event => event.preventDefault());
    contents.on('will-attach-webview', event => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  // No click-through: what may be trusted is decided in certificate-verification.ts before this event would come.
  app.on('certificate-error', (event, _contents, _url, ...[, , decide]) => {
    event.preventDefault();
    decide(false);
  });
}
