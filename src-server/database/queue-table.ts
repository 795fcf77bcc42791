import type { ReadableDb, WritableDb } from './tables';

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly ringTimeoutMs: number;
  readonly wrapUpMs: number;
  readonly memberIds: readonly string[];
}

export async function allQueues(db: ReadableDb): Promise<Queue[]> {
  const rows = await db.selectFrom('queues').selectAll().orderBy('number').execute();
  const members = await db.selectFrom('queue_members').selectAll().orderBy('person_id').execute();
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    number: row.number,
    ringTimeoutMs: row.ring_timeout_ms,
    wrapUpMs: row.wrap_up_ms,
    memberIds: members.filter(member => member.queue_id === row.id).map(member => member.person_id),
  }));
}

export async function insertQueue(db: WritableDb, queue: Queue): Promise<void> {
  const row = {
    id: queue.id,
    name: queue.name,
    number: queue.number,
    ring_timeout_ms: queue.ringTimeoutMs,
    wrap_up_ms: queue.wrapUpMs,
  };
  await db.insertInto('queues').values(row).execute();
  const members = queue.memberIds.map(personId => ({ queue_id: queue.id, person_id: personId }));
  if (members.length > 0) await db.insertInto('queue_members').values(members).execute();
}
