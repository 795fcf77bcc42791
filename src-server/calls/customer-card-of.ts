import type { CustomerCard, EarlierCall } from '../../src-shared/customers/customer-card';
import { endCause } from '../../src-shared/call/end-cause';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { AgentDirectory } from '../agents/agent-directory';
import { outcomesOf } from '../database/call-outcome-table';
import { callRecords, callsWithNumber, type CallRecord } from '../database/call-table';
import { customerOfNumber } from '../database/customer-table';
import type { ReadableDb } from '../database/tables';
import { shownParty } from '../../src-shared/customers/masked-number';
import { customerOf } from './call-customer';

/** So many that the last visit is among them, few enough to be read while somebody waits. */
const shownCalls = 10;

export interface CustomerCardParts {
  readonly db: ReadableDb;
  readonly directory: AgentDirectory;
  readonly numbers: AgentPolicy['numbers'];
}

/** @param extension of who looks: in a call between colleagues the customer is the other one */
export async function customerCardOf(
  call: CallRecord,
  extension: string,
  { db, directory, numbers }: CustomerCardParts,
): Promise<CustomerCard> {
  const { number, name } = customerOf(call, extension);
  const customer = await customerOfNumber(db, number);
  const { callIds, count } = await callsWithNumber(db, number, { except: call.id, limit: shownCalls });
  const records = await callRecords(db, callIds);
  const earlier = async (record: CallRecord): Promise<EarlierCall> => ({
    callId: record.id,
    direction: record.direction,
    queueName: record.queueName,
    agents: agentsOf(record, directory),
    startedAt: record.startedAt,
    answeredAt: record.answeredAt,
    endedAt: record.endedAt,
    endCause: endCause.nullable().catch('failed').parse(record.endCause),
    outcomes: await outcomesOf(db, record.id),
  });
  return {
    ...shownParty({ number, name: customer?.name ?? name }, numbers),
    company: customer?.company ?? null,
    language: customer?.language ?? null,
    calls: await Promise.all(records.map(earlier)),
    callCount: count,
  };
}

/** Who talked, each once, in the order in which they came. */
function agentsOf({ legs }: CallRecord, directory: AgentDirectory): string[] {
  const names = legs.flatMap(({ personId, answeredAt }) =>
    personId === null || answeredAt === null ? [] : (directory.person(personId)?.displayName ?? []),
  );
  return [...new Set(names)];
}
