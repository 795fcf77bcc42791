import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../src-shared/base/clock';
import type { AmiMessage } from '../ami/ami-message';
import type { TellFact } from '../calls/tracked-call';

const secretBytes = 32;
const lifetimeMs = 12 * 3_600_000;

interface Line {
  secret: string | null;
  expiresAt: number;
  /** What Asterisk still says of its contacts is late news. */
  isRevoked: boolean;
  readonly contacts: Set<string>;
  /** User part of the last contact: random in each start of a phone, the same when it comes back over another socket. */
  phone: string;
}

/** What is known of the agents' lines: the secret of each signed-in session, and where its phone is registered. */
export class LineTable {
  private readonly lines = new Map<string, Line>();

  constructor(
    private readonly clock: Clock,
    private readonly tell: TellFact,
    /** Another phone than the one before has come to this line. */
    private readonly onReplaced: (extension: string) => void,
  ) {}

  mint(extension: string): { readonly secret: string; readonly expiresAt: number } {
    const line = this.of(extension);
    const secret = randomBytes(secretBytes).toString('base64url');
    line.secret = secret;
    line.isRevoked = false;
    line.expiresAt = this.clock.now() + lifetimeMs;
    return { secret, expiresAt: line.expiresAt };
  }

  /** Extension → secret, for an Asterisk that may have forgotten them. */
  get secrets(): readonly (readonly [string, string])[] {
    return [...this.lines].flatMap(([extension, { secret }]) =>
      secret === null ? [] : [[extension, secret] as const],
    );
  }

  expired(): readonly string[] {
    const now = this.clock.now();
    return [...this.lines].flatMap(([extension, line]) =>
      line.secret !== null && line.expiresAt <= now ? [extension] : [],
    );
  }

  isRegistered(extension: string): boolean {
    return (this.lines.get(extension)?.contacts.size ?? 0) > 0;
  }

  revoke(extension: string): void {
    const line = this.of(extension);
    line.secret = null;
    line.isRevoked = true;
    const wasRegistered = line.contacts.size > 0;
    line.contacts.clear();
    if (wasRegistered) this.tell({ type: 'line-unregistered', extension, reason: 'revoked' });
  }

  /** AMI ContactStatus. Asterisk takes a contact away when its WebSocket closes: the two are one here. */
  contactChanged(event: AmiMessage): void {
    const extension = event.get('EndpointName');
    const uri = event.get('URI');
    if (extension === '' || extension === 'trunk') return;
    if (event.get('ContactStatus') === 'Removed') this.removed(extension, uri);
    else this.added(extension, uri);
  }

  /** All contacts there are, after a gap. */
  replaceAll(contacts: readonly (readonly [extension: string, uri: string])[]): void {
    for (const [extension, line] of this.lines)
      for (const uri of line.contacts)
        if (!contacts.some(([of, present]) => of === extension && present === uri)) this.removed(extension, uri);
    for (const [extension, uri] of contacts) this.added(extension, uri);
  }

  private added(extension: string, uri: string): void {
    const line = this.of(extension);
    if (line.isRevoked || line.contacts.has(uri)) return;
    const phone = /^sips?:([^@]*)@/.exec(uri)?.[1] ?? uri;
    const isReplaced = line.phone !== '' && line.phone !== phone;
    line.phone = phone;
    if (isReplaced && line.contacts.size > 0) {
      line.contacts.clear(); // Asterisk takes the former one away in a moment
      this.tell({ type: 'line-unregistered', extension, reason: 'replaced' });
    }
    line.contacts.add(uri);
    this.tell({ type: 'line-registered', extension });
    if (isReplaced) this.onReplaced(extension);
  }

  private removed(extension: string, uri: string): void {
    const { contacts } = this.of(extension);
    if (contacts.delete(uri) && contacts.size === 0)
      this.tell({ type: 'line-unregistered', extension, reason: 'unregistered' });
  }

  private of(extension: string): Line {
    const known = this.lines.get(extension);
    if (known !== undefined) return known;
    const line: Line = { secret: null, expiresAt: 0, isRevoked: false, contacts: new Set(), phone: '' };
    this.lines.set(extension, line);
    return line;
  }
}
