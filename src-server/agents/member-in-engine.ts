import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Clock } from '../../src-shared/base/clock';
import type { Telephony } from '../telephony/telephony';

/** An engine that has not answered by then has not confirmed. */
const answerWithinMs = 5_000;

/** What an engine must know of a member's state. */
export interface MemberPauses {
  readonly isPaused: boolean;
  readonly reason: string | null;
  /** Queues that are paused while the rest is not. */
  readonly queues: AgentStatus['queuePauses'];
}

/** A planned break, or work after the call that runs, pauses at once, so that nothing is offered between the call's end and that. */
export function pausesOf({ state, reason, nextBreak, queuePauses }: AgentStatus, willOweWrapUp: boolean): MemberPauses {
  const isPaused =
    state === 'signed-out' || state === 'on-break' || state === 'wrap-up' || nextBreak !== null || willOweWrapUp;
  return isPaused
    ? { isPaused, reason: reason ?? nextBreak ?? (state === 'wrap-up' || willOweWrapUp ? 'wrap-up' : null), queues: [] }
    : { isPaused, reason: null, queues: queuePauses };
}

const isSame = (a: MemberPauses, b: MemberPauses): boolean =>
  a.isPaused === b.isPaused &&
  JSON.stringify(a.queues.map(({ queueId }) => queueId)) === JSON.stringify(b.queues.map(({ queueId }) => queueId));

/** One person as the engine knows them. Not to be asked twice at once: who asks keeps the turns. */
export class MemberInEngine {
  /** What the engine confirmed last; null when that is not known. Members start paused. */
  private confirmed: MemberPauses | null = { isPaused: true, reason: null, queues: [] };

  constructor(
    private readonly telephony: Pick<Telephony, 'setMemberPaused'>,
    private readonly clock: Clock,
  ) {}

  /** Queues or members are others now: what was confirmed of them means nothing any more. */
  forget(): void {
    this.confirmed = null;
  }

  has(wanted: MemberPauses): boolean {
    return this.confirmed !== null && isSame(this.confirmed, wanted);
  }

  /**
   * Resolves when the engine has it so. When it does not, it is told the former state, which it may remember until it is back.
   * @param queueIds all queues of the member
   */
  async bring(extension: string, wanted: MemberPauses, queueIds: readonly string[]): Promise<void> {
    if (this.has(wanted)) return;
    const former = this.confirmed;
    this.confirmed = null;
    try {
      await this.tell(extension, wanted, queueIds);
      this.confirmed = wanted;
    } catch (error) {
      if (former !== null)
        await this.tell(extension, former, queueIds).then(
          () => (this.confirmed = former),
          () => undefined, // an engine that is away says so twice; the first time is told
        );
      throw error;
    }
  }

  private async tell(
    extension: string,
    { isPaused, reason, queues }: MemberPauses,
    queueIds: readonly string[],
  ): Promise<void> {
    const pausedQueues = new Map(queues.map(queue => [queue.queueId, queue.reason]));
    const inQueue = (queueId: string): Promise<void> =>
      this.inTime(
        this.telephony.setMemberPaused(
          extension,
          pausedQueues.has(queueId),
          pausedQueues.get(queueId) ?? null,
          queueId,
        ),
      );
    if (isPaused || pausedQueues.size === 0) {
      await this.inTime(this.telephony.setMemberPaused(extension, isPaused, reason));
      return;
    }
    // Pauses first: no moment in which a paused queue could ring.
    for (const queueId of queueIds) if (pausedQueues.has(queueId)) await inQueue(queueId);
    for (const queueId of queueIds) if (!pausedQueues.has(queueId)) await inQueue(queueId);
  }

  private inTime(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(answerWithinMs, () => reject(new Error('the engine did not answer')));
      work.then(resolve, reject).finally(cancel);
    });
  }
}
