import type { AgentPolicy } from '../policy/agent-policy';
import type { Role } from '../server-api/route';
import type { Destination } from './destination';

/** What looks like a telephone number rather than something of the centre: six digits or more, or a `+`. */
const isOutside = (number: string): boolean => /^\+|^\d{6,}$/.test(number);

interface Sender {
  readonly role: Role;
  /** null until the centre has told it: then the centre is asked, not guessed. */
  readonly policy: Pick<AgentPolicy, 'transfer'> | null;
  readonly destinations: readonly Pick<Destination, 'number'>[];
}

/** Whether this person may send calls to this number. Inside the centre everybody may. */
export const mayBeSentTo = (number: string, { role, policy, destinations }: Sender): boolean =>
  !isOutside(number) ||
  destinations.some(each => each.number === number) ||
  policy === null ||
  policy.transfer.outsideRoles.includes(role);
