import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

interface DigestCredentials {
  readonly username: string;
  readonly password: string | null;
  readonly realm?: string | null;
  readonly ha1?: string | null;
}

/** A challenge as JsSIP's grammar reads it. */
interface DigestChallenge {
  readonly algorithm?: string;
  readonly realm?: string;
  readonly nonce?: string;
  readonly opaque?: string;
  readonly stale?: boolean;
  /** JsSIP gives a list; a plain string is taken as well. */
  readonly qop?: readonly string[] | string;
}

type Hash = (text: string) => string;
const hex =
  (digest: (bytes: Uint8Array) => Uint8Array): Hash =>
  text =>
    bytesToHex(digest(utf8ToBytes(text)));

/** RFC 7616 section 3.2 and RFC 8760. The names are sent back exactly like this. */
const algorithms: ReadonlyMap<string, Hash> = new Map([
  ['MD5', hex(md5)],
  ['SHA-256', hex(sha256)],
  ['SHA-512-256', hex(sha512_256)],
]);

/**
 * Stands in for JsSIP's own class of the same name (`scripts/jssip-digest-plugin.mjs`), which speaks MD5 only. Same methods, same
 * call order: `authenticate()` for each challenge, then `toString()` for the header. Whether MD5 may be used at all is decided
 * before, in `strongest-challenge.ts`: what is forbidden never arrives here.
 */
export class DigestAuthentication {
  readonly #credentials: DigestCredentials;
  #nonceCount = 0;
  #countedNonce: string | null = null;
  #realm: string | null = null;
  #header: string | null = null;

  constructor(credentials: DigestCredentials) {
    this.#credentials = credentials;
  }

  /** JsSIP asks for `realm` and `ha1` to keep them; the hash is not given away, the engine keeps the secret itself (`jssip-taming.ts`). */
  get(parameter: string): string | null | undefined {
    if (parameter === 'realm') return this.#realm;
    return parameter === 'ha1' ? null : undefined;
  }

  /**
   * @param cnonce only for tests with published vectors
   * @returns false when the challenge cannot be answered; JsSIP then hands the 401 on as final
   */
  authenticate(
    request: { readonly method: string; readonly ruri: { toString(): string } },
    challenge: DigestChallenge,
    cnonce: string = bytesToHex(crypto.getRandomValues(new Uint8Array(16))),
  ): boolean {
    const { realm, nonce } = challenge;
    const algorithm = (challenge.algorithm ?? 'MD5').toUpperCase();
    const hash = algorithms.get(algorithm);
    const password = this.#credentials.password;
    if (hash === undefined || !realm || !nonce || !password) return false;
    const qops = typeof challenge.qop === 'string' ? challenge.qop.split(',') : (challenge.qop ?? []);
    const offersQop = qops.length > 0;
    // auth-int is never chosen: proxies on the way may rewrite bodies. RFC 8760 section 2.6: qop is used when offered.
    if (offersQop && !qops.some(qop => qop.trim().toLowerCase() === 'auth')) return false;

    // RFC 7616 section 3.4: nc counts the requests sent with this nonce.
    this.#nonceCount = this.#countedNonce === nonce ? this.#nonceCount + 1 : 1;
    this.#countedNonce = nonce;
    this.#realm = realm;
    const count = this.#nonceCount.toString(16).padStart(8, '0');
    const uri = request.ruri.toString();
    const ha1 = hash(`${this.#credentials.username}:${realm}:${password}`);
    const ha2 = hash(`${request.method}:${uri}`);
    const response = hash(offersQop ? `${ha1}:${nonce}:${count}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
    const fields = [
      `algorithm=${algorithm}`,
      `username="${quotable(this.#credentials.username)}"`,
      // JsSIP's grammar leaves escapes inside quoted strings as they are, so these three go back unchanged.
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${uri}"`,
      `response="${response}"`,
      ...(challenge.opaque ? [`opaque="${challenge.opaque}"`] : []),
      ...(offersQop ? ['qop=auth', `cnonce="${cnonce}"`, `nc=${count}`] : []),
    ];
    this.#header = `Digest ${fields.join(', ')}`;
    return true;
  }

  /** Value of the Authorization or Proxy-Authorization header. */
  toString(): string {
    if (this.#header === null) throw new Error('authenticate() has not succeeded yet');
    return this.#header;
  }
}

/** RFC 3261 section 25.1, quoted-string. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
