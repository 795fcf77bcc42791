import type { LiveQueue, WaitingCallerView } from '../../src-shared/queues/live-queue';

const now = Date.now();
const people: readonly (readonly [string, string | null])[] = [
  ['+15145550142', 'Étienne Beaulieu'],
  ['+14165550177', 'Priya Raman'],
  ['+33142685300', null],
  ['+15145550111', 'Konstantinos Papadopoulos-Vandenberghe de la Rivière'],
  ['', null],
  ['+15145550163', 'Aïcha Benali'],
];

const waiting = (count: number): WaitingCallerView[] =>
  Array.from({ length: count }, (_, index) => {
    const [number = '', name = null] = people[index % people.length] ?? [];
    return {
      callId: `w${index}`,
      number,
      name,
      joinedAt: now - (count - index) * 41_000,
      position: index + 1,
      movedBy: index === 1 ? 'Nadia Fournier' : null,
    };
  });

const queue = (queueId: string, name: string, callers: readonly WaitingCallerView[]): LiveQueue => ({
  queueId,
  name,
  callers: [...callers],
  agentsFree: 2,
  agentsTalking: 3,
  agentsSignedIn: 6,
  undo: callers.length > 1 ? { moveId: 'm1', callId: 'w1', by: 'Nadia Fournier' } : null,
});

/** Live queues to be looked at: a usual hour, and an hour in which everybody calls. */
export const quietQueues: readonly LiveQueue[] = [queue('q1', 'Support', waiting(4)), queue('q2', 'Réservations', [])];
export const crowdedQueues: readonly LiveQueue[] = [
  queue('q1', 'Support', waiting(2000)),
  queue('q2', 'Réservations', waiting(1)),
];
