import { z } from 'zod';
import { wrapUpPolicy } from '../../src-shared/policy/agent-policy';
import { readPolicy, writePolicy } from '../database/policy-table';
import type { WritableDb } from '../database/tables';
import type { PolicyDesk } from '../policy/policy-desk';

export const demoWrapUp = z.object({
  /** Null: every queue. */
  queueId: z.string().max(64).nullable(),
  wrapUp: wrapUpPolicy,
});

/** Sets what is done after the calls of a queue. Apps that are signed in are not told. */
export async function setDemoWrapUp(
  { db, policyDesk }: { readonly db: WritableDb; readonly policyDesk: PolicyDesk },
  { queueId, wrapUp }: z.output<typeof demoWrapUp>,
): Promise<void> {
  const policy = await readPolicy(db);
  const queues = policy.queues.map(queue =>
    queueId === null || queue.queueId === queueId ? { ...queue, wrapUp } : queue,
  );
  await db.transaction().execute(transaction => writePolicy(transaction, { ...policy, queues }));
  await policyDesk.reload();
}
