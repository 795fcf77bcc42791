import type { TelephonyEvent, WaitingCaller } from '../telephony/telephony';

export interface LineCaller {
  readonly callId: string;
  readonly number: string;
  readonly name: string | null;
  readonly joinedAt: number;
  readonly movedBy: string | null;
}
type NewCaller = Pick<LineCaller, 'number' | 'name'>;

/** Who waits in which queue, as the engine's facts say. First in line first. No clock, no sockets. */
export class QueueLines {
  private readonly lines = new Map<string, LineCaller[]>();
  /** Rises with every change of a queue: an answer that was asked for before it is out of date. */
  private readonly versions = new Map<string, number>();

  /** @returns queues that are otherwise now */
  hear(event: TelephonyEvent, callerOf: (callId: string) => NewCaller): readonly string[] {
    switch (event.type) {
      case 'queue-joined': {
        const { queueId, callId, position, at } = event;
        this.join(queueId, { callId, joinedAt: at, movedBy: null, ...callerOf(callId) }, position);
        return [queueId];
      }
      case 'queue-left':
        return this.remove(event.callId, event.queueId);
      case 'call-ended':
        return this.remove(event.callId, null);
      case 'queue-order-changed':
        this.order(event.queueId, event.callIds);
        return [event.queueId];
      default:
        return [];
    }
  }

  of(queueId: string): readonly LineCaller[] {
    return this.lines.get(queueId) ?? [];
  }

  version(queueId: string): number {
    return this.versions.get(queueId) ?? 0;
  }

  /** Changes what is known of a caller. @returns the queue in which it waits */
  change(callId: string, known: Partial<Pick<LineCaller, 'name' | 'movedBy'>>): string | null {
    for (const [queueId, line] of this.lines) {
      const index = line.findIndex(caller => caller.callId === callId);
      const caller = line[index];
      if (caller === undefined) continue;
      line[index] = { ...caller, ...known };
      return queueId;
    }
    return null;
  }

  /** Makes this the order. Nobody is added or lost: who is not named stays behind the others. */
  order(queueId: string, callIds: readonly string[]): void {
    const places = new Map(callIds.map((callId, place) => [callId, place]));
    const place = ({ callId }: LineCaller): number => places.get(callId) ?? callIds.length;
    this.set(
      queueId,
      [...this.of(queueId)].sort((a, b) => place(a) - place(b)),
    );
  }

  /** Takes over what the engine read back. @returns whether something was otherwise */
  correct(queueId: string, callers: readonly WaitingCaller[], now: number): boolean {
    const before = this.of(queueId);
    if (callers.length === before.length && callers.every(({ callId }, index) => before[index]?.callId === callId))
      return false;
    const known = new Map(before.map(caller => [caller.callId, caller]));
    const line = callers.map(
      ({ callId, number }) => known.get(callId) ?? { callId, number, name: null, joinedAt: now, movedBy: null },
    );
    this.set(queueId, line);
    return true;
  }

  private join(queueId: string, caller: LineCaller, position: number): void {
    // Told twice without a leaving: one wait, as in the journal.
    const former = this.of(queueId).find(({ callId }) => callId === caller.callId);
    const line = this.of(queueId).filter(({ callId }) => callId !== caller.callId);
    line.splice(Math.max(0, position - 1), 0, former ?? caller);
    this.set(queueId, line);
  }

  private remove(callId: string, queueId: string | null): readonly string[] {
    const changed: string[] = [];
    for (const id of queueId === null ? this.lines.keys() : [queueId]) {
      const line = this.of(id);
      if (!line.some(caller => caller.callId === callId)) continue;
      this.set(
        id,
        line.filter(caller => caller.callId !== callId),
      );
      changed.push(id);
    }
    return changed;
  }

  private set(queueId: string, line: LineCaller[]): void {
    this.lines.set(queueId, line);
    this.versions.set(queueId, this.version(queueId) + 1);
  }
}
