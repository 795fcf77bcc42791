import { AppError } from '../../src-shared/errors/app-error';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Turns what a person typed into the origin of a server: `phone.example.com` → `https://phone.example.com`.
 * Unencrypted only on this very machine.
 * @throws AppError `server/bad-address`
 */
export function parseServerAddress(typed: string): string {
  const text = typed.trim();
  const bad = (why: string): AppError => new AppError('server/bad-address', why);
  if (text === '' || text.length > 2048 || /[\s\\]/.test(text)) throw bad('empty or with spaces');
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) throw bad('not a URL');
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') throw bad('a name or password in the address');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw bad('unencrypted beyond this machine');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw bad(`scheme ${url.protocol}`);
  return url.origin;
}

/** `host:port` under which a chosen certificate is remembered. */
export function hostAndPort(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** Address of a WebSocket on the server; what the server names must be on the same host and no less encrypted. */
export function webSocketAddress(origin: string, pathOrUrl: string): string {
  const url = new URL(pathOrUrl, origin);
  const home = new URL(origin);
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  if (url.hostname !== home.hostname || (home.protocol === 'https:' && !isSecure))
    throw new AppError('server/not-ours', 'live address on another host');
  url.protocol = isSecure ? 'wss:' : 'ws:';
  return url.href;
}
