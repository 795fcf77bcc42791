import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { Extension, QueueDefinition } from '../../telephony';
import type { ServerLog } from '../../../server-log';
import type { AmiConnection } from '../ami/ami-connection';
import type { AmiMessage } from '../ami/ami-message';
import type { CallTracker } from '../calls/call-tracker';
import type { CallInfo } from '../calls/tracked-call';
import { shortestOutside } from '../config/dialplan-numbers';

/** From the order to the first ringing of the own phone. */
const beginsWithinMs = 5000;
/** Asterisk's own end of the ringing, in case that we do not live to order it. */
const patienceOfAsteriskMs = 5000;
/** Q.850: the phone rang and nobody answered. */
const noAnswer = 19;
/** What the dialplan takes from a phone, and nothing else. */
const dialable = /^(\+?\d{1,15}|\*43)$/;

export interface ClickToDialParts {
  readonly ami: AmiConnection;
  readonly calls: CallTracker;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly extensionNamed: (extension: string) => Extension | undefined;
  readonly queues: () => readonly QueueDefinition[];
  readonly isRegistered: (extension: string) => boolean;
  /** How long the own phone rings. */
  readonly ringMs: number;
}

interface Pending {
  readonly info: CallInfo;
  readonly begun: () => void;
  readonly failed: (error: AppError) => void;
}

/** Rings an extension's own phone and lets it go on in the dialplan as if it had dialled (S146). */
export class ClickToDial {
  /** By the Uniqueid that we give to the phone's channel. */
  private readonly pending = new Map<string, Pending>();
  /** Ends of ringing, by Uniqueid. */
  private readonly ringing = new Map<string, () => void>();

  constructor(private readonly parts: ClickToDialParts) {}

  stop(): void {
    for (const cancel of this.ringing.values()) cancel();
    this.ringing.clear();
  }

  /** @returns the call's id, when its first fact was told */
  async dial(extension: string, number: string): Promise<string> {
    const known = this.parts.extensionNamed(extension);
    if (known === undefined) throw new AppError('not-found', `no extension ${extension}`);
    if (!dialable.test(number)) throw new AppError('dial/not-a-number');
    if (!this.parts.isRegistered(extension)) throw new AppError('line/not-ready', `${extension} is not registered`);
    const id = randomUUID();
    const direction = this.isInside(number) ? 'internal' : 'outbound';
    const from = { number: extension, name: known.displayName };
    await this.ring({ id, direction, from, to: { number } });
    return id;
  }

  /** Before the call tracker hears it: the call has to be there when more is told of its channel. */
  hear(event: AmiMessage): void {
    const name = event.get('Event');
    if (name === 'DialBegin') this.begins(event.get('DestUniqueid'), event.get('DestChannel'));
    else if (name === 'Hangup' || (name === 'Newstate' && event.get('ChannelStateDesc') === 'Up'))
      this.ringsNoMore(event.get('Uniqueid'));
  }

  private begins(uniqueid: string, channel: string): void {
    const pending = this.pending.get(uniqueid);
    if (pending === undefined) return;
    const { calls, clock, ringMs } = this.parts;
    calls.beginRung(pending.info, uniqueid, channel);
    this.ringing.set(
      uniqueid,
      clock.after(ringMs, () => this.timeIsOver(uniqueid, channel)),
    );
    pending.begun();
  }

  private ringsNoMore(uniqueid: string): void {
    this.ringing.get(uniqueid)?.();
    this.ringing.delete(uniqueid);
    this.pending.get(uniqueid)?.failed(new AppError('line/not-ready', 'the own phone could not be rung'));
  }

  /** What Asterisk says when its own time is over looks like a refusal of the phone. */
  private timeIsOver(uniqueid: string, Channel: string): void {
    const { calls, ami, log } = this.parts;
    this.ringing.delete(uniqueid);
    calls.timedOut(uniqueid);
    ami
      .action({ Action: 'Hangup', Channel, Cause: noAnswer })
      .catch((error: unknown) => log.warn(`asterisk: ${Channel} rings on: ${String(error)}`));
  }

  private async ring(info: CallInfo): Promise<void> {
    const { clock, ami, ringMs } = this.parts;
    const uniqueid = `centre-${info.id}`;
    const begun = new Promise<void>((resolve, reject) =>
      this.pending.set(uniqueid, { info, begun: resolve, failed: reject }),
    );
    const cancel = clock.after(beginsWithinMs, () =>
      this.pending.get(uniqueid)?.failed(new AppError('line/not-ready', 'the own phone was not rung in time')),
    );
    try {
      await Promise.all([begun, ami.action(originate(info, uniqueid, ringMs + patienceOfAsteriskMs))]);
    } finally {
      cancel();
      this.pending.delete(uniqueid);
    }
  }

  private isInside(number: string): boolean {
    const isQueue = this.parts.queues().some(queue => queue.number === number);
    return isQueue || number.length < shortestOutside || this.parts.extensionNamed(number) !== undefined;
  }
}

/** Every value is ours or digits: nothing in it can end its field or mean something in the dialplan. */
function originate({ id, direction, from, to }: CallInfo, uniqueid: string, timeoutMs: number) {
  return {
    Action: 'Originate',
    Channel: `PJSIP/${from.number}`,
    ChannelId: uniqueid,
    Context: 'centre-clicked',
    Exten: to.number,
    Priority: 1,
    Timeout: timeoutMs,
    CallerID: `<${to.number}>`,
    Async: 'true',
    Variable: [
      `__CENTRE_CALL=${id}`,
      `CENTRE_DIRECTION=${direction}`,
      `CENTRE_DIALLED=${to.number}`,
      `CENTRE_EXTENSION=${from.number}`,
      `PJSIP_HEADER(add,X-Call-Id)=${id}`,
      `PJSIP_HEADER(add,X-Dial)=${to.number}`,
    ],
  } as const;
}
