import type { Customer } from '../database/customer-table';
import type { FinishedCalls } from '../database/call-history-table';
import type { Person } from '../database/person-table';
import type { Queue } from '../database/queue-table';
import type { EndCause } from '../../src-shared/call/end-cause';
import { FinishedCallBuilder } from './finished-call-builder';
import type { SeededRandom } from './seeded-random';

const dayMs = 86_400_000;
export const demoDays = 90;

export interface DemoCallParts {
  readonly random: SeededRandom;
  readonly people: readonly Person[];
  readonly queues: readonly Queue[];
  readonly customers: readonly Customer[];
  /** The newest call ends before this. */
  readonly now: number;
}

/** Ninety days of a working centre: busy weekdays with a morning and an afternoon peak, quiet Saturdays, closed Sundays. */
export function demoCalls(parts: DemoCallParts): FinishedCalls {
  const { random, now } = parts;
  const made: FinishedCalls = { calls: [], legs: [], offers: [], events: [] };
  const midnight = Math.floor(now / dayMs) * dayMs;
  for (let day = demoDays; day >= 0; day -= 1) {
    const dayStart = midnight - day * dayMs;
    const weekday = new Date(dayStart).getUTCDay();
    const count = weekday === 0 ? 0 : weekday === 6 ? random.between(6, 10) : random.between(38, 54);
    const starts = Array.from({ length: count }, () => dayStart + startInDay(random)).toSorted((a, b) => a - b);
    for (const at of starts) if (at < now - 15 * 60_000) addCall(parts, made, at);
  }
  return made;
}

/** Between 08:00 and 18:00 UTC, thickest at 10:30 and 15:00. */
function startInDay(random: SeededRandom): number {
  const hour = random.chance(0.55) ? 10.5 + spread(random) * 2.4 : 15 + spread(random) * 2.8;
  return Math.round(Math.min(17.9, Math.max(8, hour)) * 3_600_000);
}
const spread = (random: SeededRandom): number => random.next() + random.next() - 1;

function addCall(parts: DemoCallParts, made: FinishedCalls, at: number): void {
  const kind = parts.random.weighted({ inbound: 70, outbound: 22, internal: 8 });
  if (kind === 'inbound') inboundCall(parts, made, at);
  else if (kind === 'outbound') outboundCall(parts, made, at);
  else internalCall(parts, made, at);
}

function inboundCall({ random, queues, customers, people }: DemoCallParts, made: FinishedCalls, at: number): void {
  const queue = random.pick(queues);
  const customer = random.pick(customers);
  const number = random.pick(customer.numbers);
  const call = new FinishedCallBuilder(made, random, {
    direction: 'inbound',
    from: { number, name: customer.name },
    to: { number: queue.number, name: queue.name },
    at,
  });
  const customerLeg = call.startLeg('customer', number, null);
  call.joinQueue(queue.id);
  call.pass(random.between(1_000, 25_000));
  const member = (): Person => personWithId(people, random.pick(queue.memberIds));
  for (
    let misses = random.weighted({ none: 82, one: 15, two: 3 }) === 'none' ? 0 : random.between(1, 2);
    misses > 0;
    misses -= 1
  ) {
    const isDeclined = random.chance(0.3);
    call.offer(
      member(),
      queue.id,
      isDeclined ? random.between(1_000, 6_000) : queue.ringTimeoutMs,
      isDeclined ? 'declined' : 'ring-no-answer',
    );
  }
  if (random.chance(0.09)) {
    call.offer(member(), queue.id, random.between(2_000, 12_000), 'caller-left');
    call.leaveQueue('abandoned');
    call.end('caller-cancelled');
    return;
  }
  const agentLeg = call.offer(member(), queue.id, random.between(1_500, 9_000), 'answered');
  call.leaveQueue('connected');
  call.answer(customerLeg);
  call.talk(agentLeg, talkMs(random), random.chance(0.22));
  call.end(random.chance(0.01) ? 'line-lost' : 'completed');
}

function outboundCall({ random, customers, people }: DemoCallParts, made: FinishedCalls, at: number): void {
  const agent = random.pick(people.filter(person => person.role === 'agent'));
  const customer = random.pick(customers);
  const number = random.pick(customer.numbers);
  const from = { number: agent.extension, name: agent.displayName };
  const call = new FinishedCallBuilder(made, random, {
    direction: 'outbound',
    from,
    to: { number, name: customer.name },
    at,
  });
  const agentLeg = call.startLeg('agent', agent.extension, agent);
  const customerLeg = call.startLeg('customer', number, null);
  const outcome = random.weighted<EndCause>({
    ...noOutcome,
    completed: 66,
    'no-answer': 14,
    busy: 9,
    'agent-cancelled': 5,
    rejected: 3,
    unreachable: 2,
    'not-found': 1,
  });
  call.pass(outcome === 'no-answer' ? 45_000 : random.between(1_000, 18_000));
  if (outcome === 'completed') {
    call.answer(customerLeg);
    call.answer(agentLeg);
    call.talk(agentLeg, talkMs(random), random.chance(0.1));
  }
  call.end(outcome);
}
const noOutcome = Object.fromEntries([]) as Record<EndCause, number>;

function internalCall({ random, people }: DemoCallParts, made: FinishedCalls, at: number): void {
  const caller = random.pick(people);
  const callee = random.pick(people.filter(person => person.id !== caller.id));
  const from = { number: caller.extension, name: caller.displayName };
  const call = new FinishedCallBuilder(made, random, {
    direction: 'internal',
    from,
    to: { number: callee.extension, name: callee.displayName },
    at,
  });
  const callerLeg = call.startLeg('agent', caller.extension, caller);
  const isAnswered = random.chance(0.8);
  const calleeLeg = call.offer(callee, null, random.between(2_000, 9_000), isAnswered ? 'answered' : 'busy');
  if (isAnswered) {
    call.answer(callerLeg);
    call.talk(calleeLeg, random.between(15_000, 240_000), false);
  }
  call.end(isAnswered ? 'completed' : 'busy');
}

/** Mostly two to six minutes, sometimes half an hour. */
const talkMs = (random: SeededRandom): number =>
  Math.round(20_000 + 90_000 * -Math.log(1 - random.next() * 0.999) * (0.5 + random.next()));

function personWithId(people: readonly Person[], id: string): Person {
  const person = people.find(candidate => candidate.id === id);
  if (person === undefined) throw new Error(`no person ${id}`);
  return person;
}
