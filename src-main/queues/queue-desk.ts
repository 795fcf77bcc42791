import { randomUUID } from 'node:crypto';
import type { LiveQueue } from '../../src-shared/queues/live-queue';
import type { RouteInput, RouteOutput } from '../../src-shared/server-api/rest-routes';
import { Announcer } from '../base/announcer';

type Order = RouteOutput<'queues.move'>;
export interface CallerMove {
  readonly queueId: string;
  readonly callId: string;
  /** 1 is the next to be offered. */
  readonly position: number;
  readonly reason: string;
}

/** The centre, which answers with the order as its engine then has it. */
export interface QueueCentre {
  /** @throws AppError `queue/…`, `forbidden`, `not-found`, `server/unreachable` */
  move(move: RouteInput<'queues.move'>): Promise<Order>;
  /** @throws AppError the same */
  undo(move: RouteInput<'queues.undo'>): Promise<Order>;
}

/** Who waits in the person's queues, as the centre told it last; null until it has. Never an order that is only wished for. */
export class QueueDesk {
  readonly changes = new Announcer<readonly LiveQueue[] | null>();
  #queues: readonly LiveQueue[] | null = null;
  /** Rises with everything told: an answer that was overtaken is not taken. */
  #told = 0;

  constructor(private readonly centre: QueueCentre) {}

  get queues(): readonly LiveQueue[] | null {
    return this.#queues;
  }

  told(queues: readonly LiveQueue[] | null): void {
    this.#told += 1;
    this.#queues = queues;
    this.changes.announce(queues);
  }

  async move(move: CallerMove): Promise<void> {
    await this.#ordered(move.queueId, () => this.centre.move({ ...move, moveId: randomUUID() }));
  }

  async undo(queueId: string, moveId: string): Promise<void> {
    await this.#ordered(queueId, () => this.centre.undo({ queueId, moveId }));
  }

  async #ordered(queueId: string, ask: () => Promise<Order>): Promise<void> {
    const before = this.#told;
    const { callers } = await ask();
    if (this.#told !== before || this.#queues === null) return;
    const positions = new Map(callers.map(({ callId, position }) => [callId, position]));
    this.told(this.#queues.map(queue => (queue.queueId === queueId ? inOrder(queue, positions) : queue)));
  }
}

/** Only places are taken from an answer; who came or left is told by itself. */
function inOrder(queue: LiveQueue, positions: ReadonlyMap<string, number>): LiveQueue {
  const callers = queue.callers
    .toSorted((a, b) => (positions.get(a.callId) ?? a.position) - (positions.get(b.callId) ?? b.position))
    .map((caller, index) => ({ ...caller, position: index + 1 }));
  return { ...queue, callers };
}
