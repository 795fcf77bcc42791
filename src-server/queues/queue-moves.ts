import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { LiveQueue } from '../../src-shared/queues/live-queue';
import type { Person } from '../database/person-table';
import { InTurn } from '../in-turn';
import type { CallControl, WaitingCaller } from '../telephony/telephony';
import type { LineCaller, QueueLines } from './queue-lines';

/** A move is remembered for so long, to be taken back or to be recognised when it is sent again. */
const undoWithinMs = 60_000;
const rememberedMoves = 100;

export interface Move {
  readonly queueId: string;
  readonly callId: string;
  readonly position: number;
  readonly moveId: string | undefined;
}
interface MadeMove {
  readonly moveId: string;
  readonly callId: string;
  readonly by: string;
  readonly at: number;
  /** Who stood before this caller then, nearest last. */
  readonly wereAhead: readonly string[];
  readonly wasMovedBy: string | null;
}

export interface QueueMovesParts {
  readonly telephony: Pick<CallControl, 'waitingCallers' | 'moveWaitingCaller'>;
  readonly clock: Clock;
  readonly limits: () => AgentPolicy['reorder'];
  /** The lines as they are told; brought to what the engine reads back. */
  readonly lines: QueueLines;
  readonly onChanged: (queueId: string) => void;
}
type Order = readonly WaitingCaller[];

/** Moves of waiting callers by hand: one after the other in each queue, each judged by the order as the engine has it then. */
export class QueueMoves {
  private readonly newest = new Map<string, MadeMove>();
  private readonly made = new Map<string, readonly string[]>();
  private readonly turns = new InTurn();
  constructor(private readonly parts: QueueMovesParts) {}

  /**
   * @returns the order as the engine then has it, and whether it was made now: the same move sent again is not
   * @throws AppError `not-found` when the caller does not wait any more, `queue/pushed-back-too-long`
   */
  move(move: Move, by: Person): Promise<{ order: Order; isNew: boolean }> {
    const { queueId, callId, position, moveId = randomUUID() } = move;
    return this.turns.do(queueId, async () => {
      const { telephony, clock, lines } = this.parts;
      const before = await telephony.waitingCallers(queueId);
      const made = this.made.get(queueId) ?? [];
      if (made.includes(moveId)) return { order: before, isNew: false };
      const from = before.findIndex(caller => caller.callId === callId);
      if (from < 0) throw new AppError('not-found', 'the caller does not wait any more');
      this.checkPatience(queueId, before, { from, to: Math.min(position, before.length) - 1 });
      const order = await telephony.moveWaitingCaller(queueId, callId, position);
      this.made.set(queueId, [...made, moveId].slice(-rememberedMoves));
      const wasMovedBy = lines.of(queueId).find(caller => caller.callId === callId)?.movedBy ?? null;
      const wereAhead = before.slice(0, from).map(caller => caller.callId);
      this.remember(queueId, { moveId, callId, by: by.displayName, at: clock.now(), wereAhead, wasMovedBy });
      this.show(queueId, order, { callId, movedBy: by.displayName });
      return { order, isNew: true };
    });
  }

  /** @throws AppError `queue/undo-too-late`: not the newest move, the caller is gone, or too long ago */
  undo(queueId: string, moveId: string): Promise<{ order: Order; callId: string }> {
    return this.turns.do(queueId, async () => {
      const move = this.newest.get(queueId);
      const present = await this.parts.telephony.waitingCallers(queueId);
      const others = present.filter(caller => caller.callId !== move?.callId);
      if (move === undefined || move.moveId !== moveId || !this.isFresh(move) || others.length === present.length)
        throw new AppError('queue/undo-too-late', 'the move cannot be taken back any more');
      const ahead = others.findLastIndex(caller => move.wereAhead.includes(caller.callId));
      const order = await this.parts.telephony.moveWaitingCaller(queueId, move.callId, ahead + 2);
      this.newest.delete(queueId);
      this.show(queueId, order, { callId: move.callId, movedBy: move.wasMovedBy });
      return { order, callId: move.callId };
    });
  }

  undoOf(queueId: string): LiveQueue['undo'] {
    const move = this.newest.get(queueId);
    if (move === undefined || !this.isFresh(move)) return null;
    if (!this.parts.lines.of(queueId).some(({ callId }) => callId === move.callId)) return null;
    return { moveId: move.moveId, callId: move.callId, by: move.by };
  }

  private isFresh(move: MadeMove): boolean {
    return this.parts.clock.now() - move.at < undoWithinMs;
  }

  private remember(queueId: string, move: MadeMove): void {
    const { clock, onChanged } = this.parts;
    this.newest.set(queueId, move);
    clock.after(undoWithinMs, () => {
      if (this.newest.get(queueId) !== move) return;
      this.newest.delete(queueId);
      onChanged(queueId);
    });
  }

  /** Who has waited long keeps their place: against being passed, and against being sent back. */
  private checkPatience(queueId: string, order: Order, { from, to }: { from: number; to: number }): void {
    const { limits, clock, lines } = this.parts;
    const { longestPushedBackMs } = limits();
    const pushedBack = to < from ? order.slice(to, from) : to > from ? order.slice(from, from + 1) : [];
    const joinedAt = new Map(lines.of(queueId).map((caller: LineCaller) => [caller.callId, caller.joinedAt]));
    const waited = pushedBack.map(({ callId }) => clock.now() - (joinedAt.get(callId) ?? clock.now()));
    if (waited.some(ms => ms > longestPushedBackMs))
      throw new AppError('queue/pushed-back-too-long', 'somebody has waited too long to be pushed back', {
        seconds: Math.round(longestPushedBackMs / 1000),
      });
  }

  private show(
    queueId: string,
    order: Order,
    { callId, movedBy }: { readonly callId: string; readonly movedBy: string | null },
  ): void {
    const { lines, onChanged } = this.parts;
    lines.order(
      queueId,
      order.map(caller => caller.callId),
    );
    lines.change(callId, { movedBy });
    onChanged(queueId);
  }
}
