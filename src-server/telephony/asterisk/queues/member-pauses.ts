import type { Clock } from '../../../../src-shared/base/clock';
import type { ServerLog } from '../../../server-log';
import { AmiFailure, type AmiConnection } from '../ami/ami-connection';
import { InTurn } from '../../../in-turn';

/** As the embedded engine has it. */
const passOverMs = 10_000;
/** Asterisk keeps 80 bytes of a reason. */
const longestReason = 79;

export interface Pause {
  readonly isPaused: boolean;
  readonly reason: string | null;
}
const paused: Pause = { isPaused: true, reason: null };

interface Wanted {
  /** In every queue that is not named below. */
  readonly everywhere: Pause;
  readonly byQueue: ReadonlyMap<string, Pause>;
}

export const interfaceOf = (extension: string): string => `PJSIP/${extension}`;

export interface MemberPausesParts {
  readonly ami: AmiConnection;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Ids of the queues of which Asterisk knows this extension as a member. */
  readonly queuesOf: (extension: string) => readonly string[];
}

/**
 * Who is paused in which queue and why: what the centre wants, remembered when Asterisk cannot be reached, and who is passed over
 * for a while because he did not take a caller.
 */
export class MemberPauses {
  private readonly wanted = new Map<string, Wanted>();
  /** Ends of passing over, by `queue extension`. */
  private readonly passedOver = new Map<string, () => void>();
  private readonly turns = new InTurn();

  constructor(private readonly parts: MemberPausesParts) {}

  stop(): void {
    for (const cancel of this.passedOver.values()) cancel();
    this.passedOver.clear();
  }

  /** @param queueId null for every queue, also one of which he becomes a member later */
  want(extension: string, pause: Pause, queueId: string | null): void {
    const before = this.wanted.get(extension);
    const byQueue = new Map(queueId === null ? [] : before?.byQueue);
    if (queueId !== null) byQueue.set(queueId, pause);
    const wasPaused = (queue: string): boolean => this.wantedIn(queue, extension).isPaused;
    // Who comes back from a pause is asking for calls.
    for (const queue of queueId === null ? this.parts.queuesOf(extension) : [queueId])
      if (pause.isPaused || wasPaused(queue)) this.passNoMore(queue, extension);
    this.wanted.set(extension, { everywhere: queueId === null ? pause : (before?.everywhere ?? paused), byQueue });
  }

  /** Who did not take a caller is left in peace by this queue for a while; app_queue would ring again after a second. */
  async passOver(queue: string, extension: string): Promise<void> {
    this.notePassedOver(queue, extension);
    await this.apply(extension);
  }

  /** Whose phone is gone, though it is registered, is left in peace by all queues. */
  async passOverEverywhere(extension: string): Promise<void> {
    for (const queue of this.parts.queuesOf(extension)) this.notePassedOver(queue, extension);
    await this.apply(extension);
  }

  private notePassedOver(queue: string, extension: string): void {
    this.passNoMore(queue, extension);
    const back = (): void => {
      this.passNoMore(queue, extension);
      if (!this.parts.ami.isConnected) return;
      this.apply(extension).catch((error: unknown) =>
        this.parts.log.warn(`asterisk: ${extension} is still passed over: ${String(error)}`),
      );
    };
    this.passedOver.set(keyOf(queue, extension), this.parts.clock.after(passOverMs, back));
  }

  /** Tells Asterisk and reads it back. @throws AmiFailure when it did not do so */
  async apply(extension: string): Promise<void> {
    await this.turns.do(extension, async () => {
      const pauses = this.parts.queuesOf(extension).map(queue => [queue, this.effective(queue, extension)] as const);
      for (const [Queue, { isPaused, reason }] of pauses)
        await this.parts.ami.action({
          Action: 'QueuePause',
          Queue,
          Interface: interfaceOf(extension),
          Paused: String(isPaused),
          Reason: reasonText(reason),
        });
      await this.verify(extension, new Map(pauses.map(([queue, { isPaused }]) => [queue, isPaused])));
    });
  }

  private async verify(extension: string, expected: ReadonlyMap<string, boolean>): Promise<void> {
    if (expected.size === 0) return;
    const status = await this.parts.ami.list({ Action: 'QueueStatus', Member: interfaceOf(extension) });
    const isPausedIn = new Map(
      status
        .filter(each => each.get('Event') === 'QueueMember')
        .map(member => [member.get('Queue'), member.get('Paused') === '1']),
    );
    for (const [queue, isPaused] of expected)
      if (isPausedIn.get(queue) !== isPaused)
        throw new AmiFailure(`${extension} is ${isPaused ? 'not paused' : 'still paused'} in ${queue}`);
  }

  private effective(queue: string, extension: string): Pause {
    const isPassedOver = this.passedOver.has(keyOf(queue, extension));
    const wanted = this.wantedIn(queue, extension);
    return isPassedOver && !wanted.isPaused ? { isPaused: true, reason: 'passed over' } : wanted;
  }

  private wantedIn(queue: string, extension: string): Pause {
    const wanted = this.wanted.get(extension);
    return wanted?.byQueue.get(queue) ?? wanted?.everywhere ?? paused;
  }

  private passNoMore(queue: string, extension: string): void {
    const key = keyOf(queue, extension);
    this.passedOver.get(key)?.();
    this.passedOver.delete(key);
  }
}

const keyOf = (queue: string, extension: string): string => `${queue} ${extension}`;

/** No controls, and cut between characters. */
function reasonText(reason: string | null): string {
  const whole = (reason ?? '').replaceAll(/\p{C}/gu, ' ');
  let text = '';
  for (const character of whole) {
    if (Buffer.byteLength(text + character) > longestReason) break;
    text += character;
  }
  return text;
}
