import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { LiveQueue } from '../../../../src-shared/queues/live-queue';
import { QueueDesk, type QueueCentre } from '../../../../src-main/queues/queue-desk';

const aQueue = (...callIds: string[]): LiveQueue => ({
  queueId: 'support',
  name: 'Support',
  callers: callIds.map((callId, index) => ({
    callId,
    number: '100',
    name: null,
    joinedAt: index,
    position: index + 1,
    movedBy: null,
  })),
  agentsFree: 0,
  agentsTalking: 0,
  agentsSignedIn: 0,
  undo: null,
});
const answered = (...callIds: string[]) => ({
  callers: callIds.map((callId, index) => ({ callId, number: '100', position: index + 1 })),
});
const orderOf = (desk: QueueDesk): string[] => desk.queues?.[0]?.callers.map(({ callId }) => callId) ?? [];
const centre = (part: Partial<QueueCentre>): QueueCentre => ({
  move: async () => answered(),
  undo: async () => answered(),
  ...part,
});
const toTheHead = { queueId: 'support', callId: 'c', position: 1, reason: 'urgent' };

describe('the queue desk', () => {
  it('shows the order that the engine read back, not the one that was asked for', async () => {
    const desk = new QueueDesk(centre({ move: async () => answered('a', 'c', 'b') }));
    desk.told([aQueue('a', 'b', 'c')]);
    const moved = desk.move(toTheHead);
    expect(orderOf(desk)).toEqual(['a', 'b', 'c']);
    await moved;
    expect(orderOf(desk)).toEqual(['a', 'c', 'b']);
    expect(desk.queues?.[0]?.callers.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('does not take an answer that something told meanwhile has overtaken', async () => {
    const desk = new QueueDesk(
      centre({
        move: async () => {
          desk.told([aQueue('b', 'a')]);
          return answered('c', 'a', 'b');
        },
      }),
    );
    desk.told([aQueue('a', 'b', 'c')]);
    await desk.move(toTheHead);
    expect(orderOf(desk)).toEqual(['b', 'a']);
  });

  it('leaves the order as it is when the centre refuses', async () => {
    const desk = new QueueDesk(
      centre({
        move: async () => {
          throw new AppError('queue/pushed-back-too-long', '', { seconds: 300 });
        },
      }),
    );
    desk.told([aQueue('a', 'b', 'c')]);
    await expect(desk.move(toTheHead)).rejects.toMatchObject({ code: 'queue/pushed-back-too-long' });
    expect(orderOf(desk)).toEqual(['a', 'b', 'c']);
  });

  it('names each move, so that it is made once', async () => {
    const ids: (string | undefined)[] = [];
    const desk = new QueueDesk(centre({ move: async ({ moveId }) => (ids.push(moveId), answered()) }));
    await desk.move(toTheHead);
    await desk.move(toTheHead);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every(id => id !== undefined)).toBe(true);
  });
});
