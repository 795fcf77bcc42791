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
  /** Contacts that Asterisk still has and that do not answer. */
  readonly unreachable: Set<string>;
  /** User part of the last contact: random in each start of a phone, the same when it comes back over another socket. */
  phone: string;
}

export interface LineTableParts {
  readonly clock: Clock;
  readonly tell: TellFact;
  /** The trunk, and what an administrator has added, are nobody's lines. */
  readonly isKnown: (extension: string) => boolean;
  /** Another phone than the one before has come to this line. */
  readonly onReplaced: (extension: string) => void;
}

/** What is known of the agents' lines: the secret of each signed-in session, and where its phone is registered. */
export class LineTable {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly parts: LineTableParts) {}

  mint(extension: string): { readonly secret: string; readonly expiresAt: number } {
    const line = this.of(extension);
    const secret = randomBytes(secretBytes).toString('base64url');
    line.secret = secret;
    line.isRevoked = false;
    line.expiresAt = this.parts.clock.now() + lifetimeMs;
    return { secret, expiresAt: line.expiresAt };
  }

  /** A desk phone needs no secret of ours. */
  open(extension: string): void {
    const line = this.of(extension);
    line.secret = null;
    line.isRevoked = false;
  }

  hasSecret(extension: string): boolean {
    return (this.lines.get(extension)?.secret ?? null) !== null;
  }

  /** Extension → secret, for an Asterisk that may have forgotten them. */
  get secrets(): readonly (readonly [string, string])[] {
    return [...this.lines].flatMap(([extension, { secret }]) =>
      secret === null ? [] : [[extension, secret] as const],
    );
  }

  expired(): readonly string[] {
    const now = this.parts.clock.now();
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
    this.forgetPhone(extension, 'revoked');
  }

  /** Asterisk says nothing of a contact whose line it was taken from. */
  forgetPhone(extension: string, reason: 'revoked' | 'replaced'): void {
    const { contacts, unreachable } = this.of(extension);
    const wasRegistered = contacts.size > 0;
    contacts.clear();
    unreachable.clear();
    if (wasRegistered) this.parts.tell({ type: 'line-unregistered', extension, reason });
  }

  /** AMI ContactStatus. Asterisk takes a contact away when its WebSocket closes, and says when a desk phone does not answer any more. */
  contactChanged(event: AmiMessage): void {
    this.heard(event.get('EndpointName'), event.get('URI'), event.get('ContactStatus'));
  }

  /** All contacts there are, after a gap, with the status of each. */
  replaceAll(contacts: readonly (readonly [extension: string, uri: string, status: string])[]): void {
    for (const [extension, line] of this.lines)
      for (const uri of line.contacts)
        if (!contacts.some(([of, present]) => of === extension && present === uri))
          this.removed(extension, uri, 'unregistered');
    for (const [extension, uri, status] of contacts)
      this.heard(extension, uri, status === 'Reachable' ? 'NonQualified' : status);
  }

  private heard(extension: string, uri: string, status: string): void {
    const unreachable = this.lines.get(extension)?.unreachable;
    if (status === 'Removed') {
      unreachable?.delete(uri);
      this.removed(extension, uri, 'unregistered');
    } else if (status === 'Unreachable') {
      if (this.parts.isKnown(extension)) this.of(extension).unreachable.add(uri);
      this.removed(extension, uri, 'expired');
      // An answer may be told after the contact was taken away; of itself it makes nobody registered.
    } else if (status !== 'Reachable' || unreachable?.delete(uri) === true) this.added(extension, uri);
  }

  private added(extension: string, uri: string): void {
    if (!this.parts.isKnown(extension)) return;
    const line = this.of(extension);
    if (line.isRevoked || line.contacts.has(uri)) return;
    const phone = /^sips?:([^@]*)@/.exec(uri)?.[1] ?? uri;
    const isReplaced = line.phone !== '' && line.phone !== phone;
    line.phone = phone;
    if (isReplaced && line.contacts.size > 0) {
      line.contacts.clear(); // Asterisk takes the former one away in a moment
      this.parts.tell({ type: 'line-unregistered', extension, reason: 'replaced' });
    }
    line.contacts.add(uri);
    this.parts.tell({ type: 'line-registered', extension });
    if (isReplaced) this.parts.onReplaced(extension);
  }

  private removed(extension: string, uri: string, reason: 'expired' | 'unregistered'): void {
    const contacts = this.lines.get(extension)?.contacts;
    if (contacts?.delete(uri) === true && contacts.size === 0)
      this.parts.tell({ type: 'line-unregistered', extension, reason });
  }

  private of(extension: string): Line {
    const known = this.lines.get(extension);
    if (known !== undefined) return known;
    const line: Line = {
      secret: null,
      expiresAt: 0,
      isRevoked: false,
      contacts: new Set(),
      unreachable: new Set(),
      phone: '',
    };
    this.lines.set(extension, line);
    return line;
  }
}
