import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type DigestAlgorithm = 'SHA-256' | 'MD5';
const hashOf: Record<DigestAlgorithm, string> = { 'SHA-256': 'sha256', MD5: 'md5' };
const strongestFirst: readonly DigestAlgorithm[] = ['SHA-256', 'MD5'];
const nonceLifetimeMs = 300_000;

interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly realm: string;
  readonly secret: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  readonly nonceCount: string;
  readonly clientNonce: string;
}

/** HA1 (RFC 7616 section 3.4.2) by each algorithm that somebody may use. */
export type DigestIdentities = Readonly<Partial<Record<DigestAlgorithm, string>>>;

export function digestIdentity(input: Pick<DigestInput, 'algorithm' | 'username' | 'realm' | 'secret'>): string {
  return createHash(hashOf[input.algorithm]).update(`${input.username}:${input.realm}:${input.secret}`).digest('hex');
}

/** The `response` of RFC 7616 section 3.4.1 with `qop=auth`. */
export function digestResponse(input: DigestInput): string {
  return responseOf(digestIdentity(input), input);
}

function responseOf(identity: string, input: Omit<DigestInput, 'username' | 'realm' | 'secret'>): string {
  const hash = (text: string): string => createHash(hashOf[input.algorithm]).update(text).digest('hex');
  const request = hash(`${input.method}:${input.uri}`);
  return hash(`${identity}:${input.nonce}:${input.nonceCount}:${input.clientNonce}:auth:${request}`);
}

/** Parameters of a Digest header field, keys in lower case. Null when it is not one. */
export function parseDigest(header: string): ReadonlyMap<string, string> | null {
  if (!/^digest\s/i.test(header)) return null;
  const parameters = new Map<string, string>();
  for (const [, key, quoted, plain] of header.slice(7).matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g))
    if (key !== undefined) parameters.set(key.toLowerCase(), quoted ?? plain ?? '');
  return parameters;
}

type Verdict =
  | { readonly isValid: true; readonly username: string }
  | { readonly isValid: false; readonly isStale: boolean };
const refused: Verdict = { isValid: false, isStale: false };
const stale: Verdict = { isValid: false, isStale: true };

/** Challenges and checks phones (RFC 3261 section 22, RFC 7616, RFC 8760). A nonce is signed, ages, and its count only rises. */
export class DigestVerifier {
  private readonly key = randomBytes(32);
  private readonly highestCount = new Map<string, { count: number; issuedAt: number }>();

  constructor(
    private readonly realm: string,
    /** Offered to who is not known. */
    private readonly algorithms: readonly DigestAlgorithm[],
    private readonly identitiesOf: (username: string) => DigestIdentities | null,
    private readonly now: () => number,
  ) {}

  /** WWW-Authenticate header fields, strongest first: what this user may use. */
  challenge(isStale: boolean, username: string): string[] {
    const identities = this.identitiesOf(username);
    const known = strongestFirst.filter(algorithm => identities?.[algorithm] !== undefined);
    const nonce = this.sign(`${this.now().toString(36)}.${randomBytes(9).toString('base64url')}`);
    const suffix = isStale ? ', stale=true' : '';
    return (known.length === 0 ? this.algorithms : known).map(
      algorithm =>
        `WWW-Authenticate: Digest realm="${this.realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"${suffix}`,
    );
  }

  verify(authorization: string | undefined, method: string): Verdict {
    const given = authorization === undefined ? null : parseDigest(authorization);
    if (given === null) return refused;
    const username = given.get('username') ?? '';
    const name = (given.get('algorithm') ?? 'MD5').toUpperCase();
    const algorithm = strongestFirst.find(known => known === name);
    const identity = algorithm === undefined ? undefined : this.identitiesOf(username)?.[algorithm];
    const isForUs = given.get('realm') === this.realm && given.get('qop') === 'auth';
    if (algorithm === undefined || identity === undefined || !isForUs) return refused;
    const nonce = given.get('nonce') ?? '';
    const nonceCount = given.get('nc') ?? '';
    const expected = responseOf(identity, {
      algorithm,
      method,
      uri: given.get('uri') ?? '',
      nonce,
      nonceCount,
      clientNonce: given.get('cnonce') ?? '',
    });
    if (!isSameText(expected, given.get('response') ?? '')) return refused;
    return this.isFresh(nonce, nonceCount) ? { isValid: true, username } : stale;
  }

  private isFresh(nonce: string, nonceCount: string): boolean {
    const issuedAt = Number.parseInt(nonce.split('.')[0] ?? '', 36);
    const body = nonce.slice(0, nonce.lastIndexOf('.'));
    if (!isSameText(this.sign(body), nonce) || this.now() - issuedAt > nonceLifetimeMs) return false;
    const count = Number.parseInt(nonceCount, 16);
    if (!(count > (this.highestCount.get(nonce)?.count ?? 0))) return false; // replayed, or not a number
    this.forgetOldNonces();
    this.highestCount.set(nonce, { count, issuedAt });
    return true;
  }

  private forgetOldNonces(): void {
    for (const [nonce, { issuedAt }] of this.highestCount)
      if (this.now() - issuedAt > nonceLifetimeMs) this.highestCount.delete(nonce);
  }

  private sign(body: string): string {
    return `${body}.${createHmac('sha256', this.key).update(body).digest('base64url').slice(0, 22)}`;
  }
}

function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
