import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates, type ConnectionOptions } from 'node:tls';
import { AppError } from '../../src-shared/errors/app-error';
import { hostAndPort } from './server-address';

/** What counts as trusted besides the system's list. Read anew for each connection: a choice holds at once. */
export interface CertificateTrust {
  /** SHA-256 fingerprint a person chose for `host:port`, or undefined. */
  pinnedFor(hostAndPort: string): string | undefined;
  /** PEM of the organisation's own authorities; empty when there are none. */
  readonly authorities: readonly string[];
}

const connectWithinMs = 10_000;

type Connected = (error: Error | null, socket: Socket) => void;

/** Raised when a server shows another certificate than the one that was chosen for it. */
class CertificateChangedError extends Error {
  readonly code = 'CERT_NOT_PINNED';
}

/**
 * Opens sockets for REST and for the live connection by one rule: the system's and the organisation's authorities decide,
 * unless a person chose one certificate for this very address, which then is the only one accepted.
 */
export function trustedConnect(
  origin: string,
  trust: CertificateTrust,
): (options: object, connected: Connected) => undefined {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return (_options, connected) => {
    if (protocol === 'http:') {
      openPlain(host, Number(port || 80), connected);
      return undefined;
    }
    const pinned = trust.pinnedFor(hostAndPort(origin));
    const own: ConnectionOptions =
      trust.authorities.length > 0 ? { ca: [...rootCertificates, ...trust.authorities] } : {};
    const socket = connectTls({
      host,
      port: Number(port || 443),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      ...own,
      // With a pin the chain proves nothing more: the exact certificate is compared below, before a byte is sent.
      rejectUnauthorized: pinned === undefined,
    });
    limitConnecting(socket);
    const failed = (error: Error): void => connected(error, socket);
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      socket.off('error', failed);
      socket.setTimeout(0);
      if (pinned === undefined || socket.getPeerCertificate().fingerprint256 === pinned) return connected(null, socket);
      socket.destroy();
      connected(new CertificateChangedError('another certificate than the chosen one'), socket);
    });
    return undefined;
  };
}

/** Whoever asked may have given up: a handshake that never ends must not stay. */
function limitConnecting(socket: Socket): void {
  socket.setTimeout(connectWithinMs, () => socket.destroy(new Error('not connected in time')));
}

function openPlain(host: string, port: number, connected: Connected): void {
  const socket = connectPlain({ host, port });
  limitConnecting(socket);
  const failed = (error: Error): void => connected(error, socket);
  socket.once('error', failed);
  socket.once('connect', () => {
    socket.off('error', failed);
    socket.setTimeout(0);
    connected(null, socket);
  });
}

const certificateErrors: ReadonlySet<string> = new Set([
  'CERT_NOT_PINNED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export const isCertificateError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && certificateErrors.has(error.code);

/**
 * Reads the fingerprint of the certificate a server shows, so that a person can compare it. Sends nothing.
 * @throws AppError `server/unreachable`
 */
export function probeCertificate(origin: string, timeoutMs = 10_000): Promise<string> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      socket.destroy();
      reject(new AppError('server/unreachable', why));
    };
    const socket = connectTls({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    socket.setTimeout(timeoutMs, () => fail('no TLS handshake in time'));
    socket.once('error', error => fail(error.message));
    socket.once('secureConnect', () => {
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      resolve(fingerprint256);
    });
  });
}
