import { createHash, randomBytes } from 'node:crypto';

/** A SIP message as text, just parsed enough for a test phone. Other code than the engine's parser on purpose. */
export class SipText {
  readonly startLine: string;
  readonly body: string;
  private readonly fields: readonly (readonly [string, string])[];

  constructor(readonly raw: string) {
    const end = raw.indexOf('\r\n\r\n');
    const [startLine = '', ...lines] = raw.slice(0, end < 0 ? raw.length : end).split('\r\n');
    this.startLine = startLine;
    this.body = end < 0 ? '' : raw.slice(end + 4);
    this.fields = lines.map(line => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    });
  }

  /** Status code of a response, null for a request. */
  get status(): number | null {
    const code = /^SIP\/2\.0 (\d{3})/.exec(this.startLine)?.[1];
    return code === undefined ? null : Number(code);
  }

  /** Method of a request, or of the CSeq of a response. */
  get method(): string {
    return this.status === null ? (this.startLine.split(' ')[0] ?? '') : (this.header('cseq').split(' ')[1] ?? '');
  }

  get cseq(): number {
    return Number.parseInt(this.header('cseq'), 10);
  }

  has(name: string): boolean {
    return this.fields.some(([key]) => key === name.toLowerCase());
  }

  header(name: string): string {
    return this.all(name)[0] ?? '';
  }

  all(name: string): string[] {
    return this.fields.filter(([key]) => key === name.toLowerCase()).map(([, value]) => value);
  }

  /** URI of the Contact, without brackets and parameters of the field. */
  get contactUri(): string {
    return /<([^>]+)>/.exec(this.header('contact'))?.[1] ?? '';
  }
}

export const randomToken = (): string => randomBytes(8).toString('hex');

interface DigestAnswer {
  readonly challenge: string;
  readonly username: string;
  readonly secret: string;
  readonly method: string;
  readonly uri: string;
  readonly count?: number;
}

/** Authorization header value for a challenge. Own arithmetic, by RFC 7616. */
export function authorizationFor({ challenge, username, secret, method, uri, count = 1 }: DigestAnswer): string {
  const parameter = (name: string): string => new RegExp(`${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const algorithm = parameter('algorithm');
  const hash = (text: string): string =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const realm = parameter('realm');
  const nonce = parameter('nonce');
  const nc = count.toString(16).padStart(8, '0');
  const cnonce = randomToken();
  const response = hash(
    `${hash(`${username}:${realm}:${secret}`)}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`,
  );
  return (
    `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, ` +
    `qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}"`
  );
}
