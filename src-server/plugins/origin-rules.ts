import type { IncomingHttpHeaders } from 'node:http';

/** Whom we believe to be one of us: the app (no Origin, its own scheme, or `null` from a sandboxed page). Never a page of the web. */
export function isOriginAllowed(headers: IncomingHttpHeaders): boolean {
  const { origin } = headers;
  return origin === undefined || origin === 'null' || /^app:\/\/[a-z0-9-]+$/.test(origin);
}

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const plainHosts = /^([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(:\d{1,5})?$/i;

/**
 * Whether the `Host` is one we answer to. A server that listens on loopback alone answers to loopback names alone: a web page whose name was
 * pointed at 127.0.0.1 (DNS rebinding) gets nothing.
 */
export function isHostAllowed(headers: IncomingHttpHeaders, isLoopbackOnly: boolean): boolean {
  const { host } = headers;
  return host !== undefined && (isLoopbackOnly ? loopbackHosts : plainHosts).test(host);
}

export const isLoopbackHost = (host: string): boolean =>
  loopbackHosts.test(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
