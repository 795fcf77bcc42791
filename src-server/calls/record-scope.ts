import type { AgentDirectory } from '../agents/agent-directory';
import type { Person } from '../database/person-table';

/** Whose calls and recordings somebody may see. */
export type RecordScope =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'people';
      readonly personIds: readonly string[];
      /** Calls of these queues that reached nobody. */
      readonly queueIds: readonly string[];
    };

type Directory = Pick<AgentDirectory, 'queueIdsOf' | 'membersOf'>;

/**
 * Agents: themselves. Supervisors: the members of the queues that they are in; who is in none has the whole centre. Administrators: all.
 */
export function scopeOf({ id, role }: Pick<Person, 'id' | 'role'>, directory: Directory): RecordScope {
  if (role === 'agent') return { kind: 'people', personIds: [id], queueIds: [] };
  const queueIds = role === 'supervisor' ? directory.queueIdsOf(id) : [];
  if (queueIds.length === 0) return { kind: 'all' };
  return {
    kind: 'people',
    personIds: [...new Set([id, ...queueIds.flatMap(queueId => directory.membersOf(queueId))])],
    queueIds,
  };
}
