import { useAgentStore } from '../stores/agent-store';
import { useSessionStore } from '../stores/session-store';

/** Whether the policy lets this person move waiting callers. */
export function useMayReorder(): boolean {
  const role = useSessionStore(state => state.session?.agent?.role);
  return useAgentStore(({ policy }) => role !== undefined && policy?.reorder.roles.includes(role) === true);
}
