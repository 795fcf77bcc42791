import { parseDialString } from '../../src-shared/customers/phone-number';
import { mayBeSentTo } from '../../src-shared/destinations/may-be-sent-to';
import { AppError } from '../../src-shared/errors/app-error';
import type { AgentDirectory } from '../agents/agent-directory';
import type { Person } from '../database/person-table';
import type { PolicyDesk } from '../policy/policy-desk';
import type { RunningCall, RunningCalls } from './running-calls';

interface Rules {
  readonly directory: Pick<AgentDirectory, 'extensions' | 'queues'>;
  readonly policyDesk: Pick<PolicyDesk, 'policy'>;
  readonly runningCalls: Pick<RunningCalls, 'call'>;
}

/**
 * Whether this person may send a call there. Engines ask the same of phones that send REFER.
 * @returns what is dialled @throws AppError `dial/…`, `transfer/to-oneself`, `transfer/not-outside`: the call is where it was
 */
export function checkSending(person: Person, target: string, { directory, policyDesk }: Rules): string {
  const parsed = parseDialString(target);
  if (!parsed.ok) throw new AppError(parsed.problem);
  const { number } = parsed;
  if (number === person.extension) throw new AppError('transfer/to-oneself');
  const inside = [
    ...directory.extensions().map(({ extension }) => extension),
    ...directory.queues().map(each => each.number),
  ];
  const destinations = inside.map(each => ({ number: each }));
  if (!mayBeSentTo(number, { role: person.role, policy: policyDesk.policy, destinations }))
    throw new AppError('transfer/not-outside');
  return number;
}

/**
 * Two who are outside are brought together, and one of them was called for it: that is a call sent outside by another name.
 * @throws AppError `transfer/not-outside`
 */
export function checkJoining(
  person: Person,
  callIds: readonly string[],
  { policyDesk, runningCalls }: Pick<Rules, 'policyDesk' | 'runningCalls'>,
): void {
  const calls = callIds.flatMap(callId => runningCalls.call(callId) ?? []);
  const isOneCalled = calls.some(({ direction }) => direction === 'outbound');
  if (!isOneCalled || !calls.every(hasOutsider)) return;
  if (!policyDesk.policy.transfer.outsideRoles.includes(person.role)) throw new AppError('transfer/not-outside');
}

const hasOutsider = ({ legs }: RunningCall): boolean =>
  legs.some(({ extension, endCause }) => extension === null && endCause === null);
