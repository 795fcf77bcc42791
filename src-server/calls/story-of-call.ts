import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { Story } from '../../src-shared/story/story';
import type { StoryCall } from '../../src-shared/story/story-input';
import { storyOf } from '../../src-shared/story/story-of';
import { z } from 'zod';
import type { AgentDirectory } from '../agents/agent-directory';
import { callEvents, callRecords, callsPlacedDuring, consultationsOf, type CallRecord } from '../database/call-table';
import { customerNameOf } from '../database/customer-table';
import type { ReadableDb } from '../database/tables';
import { shownParty } from '../../src-shared/customers/masked-number';

export interface StoryParts {
  readonly db: ReadableDb;
  readonly directory: AgentDirectory;
  readonly numbers: AgentPolicy['numbers'];
}

/** The story of a call with its consultations, as the policy allows its numbers to be shown. */
export async function storyOfCall(call: CallRecord, { db, directory, numbers }: StoryParts): Promise<Story> {
  const consultations = await callRecords(db, await consultationIdsOf(call, db));
  const records = [call, ...consultations.toReversed()];
  const calls: StoryCall[] = [];
  for (const record of records) calls.push(await storyCallOf(record, db));
  const outside = await namesOutside(records, db);
  const [own, ...beside] = calls;
  if (own === undefined) throw new Error(`no events of call ${call.id}`);
  return storyOf(own, beside, {
    person: extension => {
      const person = directory.personAt(extension);
      return person === undefined ? null : { name: person.displayName, isSupervisor: person.role !== 'agent' };
    },
    queue: id => directory.queues().find(queue => queue.id === id)?.name ?? null,
    outside: number => {
      const queue = directory.queueAt(number);
      if (queue !== undefined) return { number, name: queue.name };
      return shownParty({ number, name: outside.get(number) ?? null }, numbers);
    },
  });
}

/** Those that went on in this call, and those that agents placed beside it and that came to nothing. */
async function consultationIdsOf(call: CallRecord, db: ReadableDb): Promise<string[]> {
  const ids = new Set(await consultationsOf(db, call.id));
  for (const { personId, extension, answeredAt, endedAt } of call.legs) {
    if (personId === null || extension === null || answeredAt === null) continue;
    const during = { personId, extension, from: answeredAt, to: endedAt };
    for (const id of await callsPlacedDuring(db, during)) if (id !== call.id) ids.add(id);
  }
  return [...ids];
}

async function storyCallOf(record: CallRecord, db: ReadableDb): Promise<StoryCall> {
  const events = await callEvents(db, record.id);
  return {
    callId: record.id,
    events: events.map(event => ({ ...event, detail: detailSchema.parse(JSON.parse(event.detail)) })),
    offerOutcomes: new Map(
      record.legs.flatMap(({ id, offerOutcome }) => (offerOutcome === null ? [] : [[id, offerOutcome] as const])),
    ),
  };
}
const detailSchema = z.record(z.string(), z.json());

/** Names as they were written when the calls began, else as they are known now. */
async function namesOutside(records: readonly CallRecord[], db: ReadableDb): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { from, to, legs } of records) {
    for (const { number, name } of [from, to]) if (name !== null) names.set(number, name);
    for (const { role, number } of legs) {
      const name = role === 'customer' && !names.has(number) ? await customerNameOf(db, number) : null;
      if (name !== null) names.set(number, name);
    }
  }
  return names;
}
