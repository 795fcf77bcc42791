import type { TransferFailure } from '../../telephony';
import type { TellFact } from './tracked-call';

/** What the dialplan says of a transfer in the variable CENTRE_TRANSFER. */
export interface TransferNote {
  readonly id: string;
  readonly senderChannel: string;
  readonly target: string;
  /** Set once it failed. */
  readonly failure: TransferFailure | null;
}

const failures: ReadonlySet<string> = new Set([
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'not-found',
  'forbidden',
  'failed',
] satisfies TransferFailure[]);
const isFailure = (text: string): text is TransferFailure => failures.has(text);

/** `<id> <sender's channel> <target>[ <failure>]`; null for anything else. */
export function transferNoteOf(text: string): TransferNote | null {
  const [, id, senderChannel, target, failure] = /^([\w-]{8,64}) (PJSIP\/\S+) (\+?\d+)(?: ([\w-]+))?$/.exec(text) ?? [];
  if (id === undefined || senderChannel === undefined || target === undefined) return null;
  return { id, senderChannel, target, failure: failure !== undefined && isFailure(failure) ? failure : null };
}

export interface TransferStart {
  readonly id: string;
  readonly kind: 'blind' | 'attended';
  /** The sender's leg. */
  readonly legId: string;
  readonly extension: string;
  readonly target: string;
  readonly consultCallId: string | null;
  /** The other party has its target already; that is only told in its turn. */
  readonly isThrough: boolean;
}

/** The transfers of one call, one after the other; each is told once and ended once. */
export class CallTransfers {
  private readonly known = new Set<string>();
  private open: TransferStart | null = null;
  private failed: string | null = null;

  constructor(
    private readonly callId: string,
    private readonly tell: TellFact,
  ) {}

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** The failed transfer whose party nobody has taken back yet. */
  get returnedId(): string | null {
    return this.failed;
  }

  get target(): string | null {
    return this.open?.target ?? null;
  }

  get openId(): string | null {
    return this.open?.id ?? null;
  }

  /** The dialplan names a transfer. @returns whether that was news */
  learn(id: string): boolean {
    const isNews = !this.known.has(id);
    this.known.add(id);
    return isNews;
  }

  start(transfer: TransferStart): void {
    this.complete(); // a party that is sent on was where it had been sent
    this.open = transfer;
    this.failed = null;
    const { id: transferId, kind, legId, extension, target, consultCallId } = transfer;
    this.tell({
      type: 'transfer-started',
      callId: this.callId,
      transferId,
      kind,
      legId,
      extension,
      to: { number: target },
      consultCallId,
    });
  }

  /** @param id only this one, whatever has begun since */
  complete(id = this.openId): void {
    if (id === this.openId) this.end('completed');
  }

  /** The one that is open has failed. */
  fail(failure: TransferFailure): void {
    if (this.open === null) return;
    this.failed = this.open.id;
    this.end(failure);
  }

  /** The call is over. */
  callEnds(): void {
    this.end(this.open?.isThrough === true ? 'completed' : 'caller-left');
  }

  /** Somebody talks with the party again. */
  taken(): void {
    this.failed = null;
  }

  private end(outcome: 'completed' | 'caller-left' | TransferFailure): void {
    if (this.open === null) return;
    const transferId = this.open.id;
    this.open = null;
    this.tell({ type: 'transfer-ended', callId: this.callId, transferId, outcome });
  }
}
