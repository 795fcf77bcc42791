import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { TelephonyDirectory } from '../telephony/telephony';

/** The directory as engines see it: where the policy asks for work after calls the centre pauses the member, and the engine need not. */
export const engineDirectory = (directory: TelephonyDirectory, policy: () => AgentPolicy): TelephonyDirectory => ({
  extensions: () => directory.extensions(),
  queues: () => {
    const modes = new Map(policy().queues.map(({ queueId, wrapUp }) => [queueId, wrapUp.mode]));
    return directory
      .queues()
      .map(queue => ((modes.get(queue.id) ?? 'none') === 'none' ? queue : { ...queue, wrapUpMs: 0 }));
  },
});
