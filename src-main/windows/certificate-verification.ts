import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Session } from 'electron';

/** What the person and the organisation trust besides the system's authorities. */
export interface ExtraTrust {
  /** SHA-256 fingerprints by `host:port`, `AA:BB:…` as Node writes them. */
  readonly pinned: Readonly<Record<string, string>>;
  readonly authorities: readonly X509Certificate[];
}

/** True when `certificate` (PEM) is the very one that was chosen for this host. Chromium does not tell the port. */
function isPinned(hostname: string, certificate: X509Certificate, { pinned }: ExtraTrust): boolean {
  return Object.entries(pinned).some(
    ([address, fingerprint]) => address.replace(/:\d+$/, '') === hostname && fingerprint === certificate.fingerprint256,
  );
}

/** True when one of the organisation's own authorities issued it, for this host, and it is in date. */
function isIssuedByOwnAuthority(
  hostname: string,
  certificate: X509Certificate,
  { authorities }: ExtraTrust,
  now: number,
): boolean {
  const isInDate = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isForHost = (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
  return (
    isInDate &&
    isForHost &&
    authorities.some(authority => certificate.checkIssued(authority) && certificate.verify(authority.publicKey))
  );
}

/** The decision, apart from Electron: does our own list accept what the system refused? */
export function isTrustedByUs(hostname: string, certificatePem: string, trust: ExtraTrust, now: number): boolean {
  const certificate = new X509Certificate(certificatePem);
  return isPinned(hostname, certificate, trust) || isIssuedByOwnAuthority(hostname, certificate, trust, now);
}

/** Chromium (the engine's WebSocket) follows the same rules as the server link in Node. */
export function verifyCertificates(session: Session, trust: () => ExtraTrust): void {
  const useDefault = -3;
  const accept = 0;
  session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, decide) => {
    if (verificationResult === 'OK') return decide(useDefault);
    decide(isTrustedByUs(hostname, certificate.data, trust(), Date.now()) ? accept : useDefault);
  });
}
