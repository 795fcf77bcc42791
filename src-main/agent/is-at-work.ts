import type { AgentStatus } from '../../src-shared/agent/agent-state';

/** Available in a queue, or busy with one of its calls. Who is available in no queue waits for nobody. */
export const isAtWork = ({ state }: AgentStatus, queues: readonly unknown[]): boolean =>
  state === 'reserved' || state === 'on-call' || state === 'wrap-up' || (state === 'available' && queues.length > 0);
