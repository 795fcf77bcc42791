import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { AgentDirectory } from '../agents/agent-directory';
import type { TelephonyDirectory } from '../telephony/telephony';

/**
 * The directory as engines see it, with what the policy says: where it asks for work after calls the centre pauses the member, and the
 * engine need not; who may send calls outside; and which desk phones take one call only: an app refuses the second by itself.
 */
export const engineDirectory = (
  directory: TelephonyDirectory & Pick<AgentDirectory, 'personAt'>,
  policy: () => AgentPolicy,
): TelephonyDirectory => ({
  extensions: () => directory.extensions(),
  maySendOutside: extension => {
    const person = directory.personAt(extension);
    return person !== undefined && policy().transfer.outsideRoles.includes(person.role);
  },
  takesSecondCalls: extension => {
    const isAtDesk = directory.personAt(extension)?.deskPhone != null;
    return !isAtDesk || policy().secondCall === 'rings';
  },
  queues: () => {
    const modes = new Map(policy().queues.map(({ queueId, wrapUp }) => [queueId, wrapUp.mode]));
    return directory
      .queues()
      .map(queue => ((modes.get(queue.id) ?? 'none') === 'none' ? queue : { ...queue, wrapUpMs: 0 }));
  },
});
