import { AppError } from '../../../../src-shared/errors/app-error';
import type { WaitingCaller } from './waiting-caller';

/** Who waits, in all queues together: the order in which callers are looked at. Pure. */
export class WaitingLine {
  private readonly callers: WaitingCaller[] = [];

  /** @returns the position in the caller's own queue, 1 for the head */
  join(caller: WaitingCaller, isFirst: boolean): number {
    if (isFirst) this.callers.unshift(caller);
    else this.callers.push(caller);
    return isFirst ? 1 : this.of(caller.queueId).length;
  }

  /** @returns false when the caller was gone already */
  leave(caller: WaitingCaller): boolean {
    const index = this.callers.indexOf(caller);
    if (index < 0) return false;
    this.callers.splice(index, 1);
    return true;
  }

  get all(): readonly WaitingCaller[] {
    return [...this.callers];
  }

  of(queueId: string): readonly WaitingCaller[] {
    return this.callers.filter(caller => caller.queueId === queueId);
  }

  /**
   * Puts a caller at a position of its queue; callers of other queues keep theirs.
   * @throws AppError `not-found` when it does not wait there
   */
  move(queueId: string, callId: string, position: number): void {
    const own = [...this.of(queueId)];
    const from = own.findIndex(({ call }) => call.id === callId);
    const [moved] = from < 0 ? [] : own.splice(from, 1);
    if (moved === undefined) throw new AppError('not-found', `call ${callId} does not wait in ${queueId}`);
    own.splice(Math.max(0, Math.trunc(position) - 1), 0, moved);
    for (const [index, caller] of this.callers.entries())
      if (caller.queueId === queueId) this.callers[index] = own.shift() ?? caller;
  }
}
