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
}

/** The transfers of one call, one after the other; each is told once and ended once. */
export class CallTransfers {
  private readonly told = new Set<string>();
  private open: TransferStart | null = null;
  private failed: string | null = null;
  /** The other party is where it was sent; this waits only to be told in its turn. */
  private isThrough = false;

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

  isTold(id: string): boolean {
    return this.told.has(id);
  }

  start(transfer: TransferStart): void {
    this.told.add(transfer.id);
    this.open = transfer;
    this.failed = null;
    this.isThrough = transfer.kind === 'attended';
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

  /** A transfer of which this process saw nothing: it is not told later either. */
  ignore(id: string): void {
    this.told.add(id);
  }

  complete(): void {
    this.end('completed');
  }

  fail(id: string, failure: TransferFailure): void {
    if (this.open?.id !== id) return;
    this.end(failure);
    this.failed = id;
  }

  /** The call is over. */
  callEnds(): void {
    this.end(this.isThrough ? 'completed' : 'caller-left');
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
