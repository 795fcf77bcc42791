import { type AgentPolicy, agentPolicy, type LocalText } from '../../src-shared/policy/agent-policy';
import type { QueuePolicyRow, ReadableDb, WritableDb } from './tables';

const textOf = (row: { text_en: string; text_fr: string | null }): LocalText => ({
  en: row.text_en,
  ...(row.text_fr !== null && { fr: row.text_fr }),
});
const textColumns = ({ en, fr }: LocalText): { text_en: string; text_fr: string | null } => ({
  text_en: en,
  text_fr: fr ?? null,
});

/** What holds for a queue of which the administrator has said nothing. */
const unsaid: Omit<QueuePolicyRow, 'queue_id'> = {
  wrap_up_mode: 'none',
  wrap_up_seconds: 30,
  extension_seconds: 30,
  extensions: 2,
};

/** The policy as it holds now: every queue is in it, what was taken off a list is not. */
export async function readPolicy(db: ReadableDb): Promise<AgentPolicy> {
  const centre = await db.selectFrom('centre_policy').selectAll().executeTakeFirstOrThrow();
  const reasons = await db
    .selectFrom('pause_reasons')
    .selectAll()
    .where('is_active', '=', 1)
    .orderBy('place')
    .execute();
  const queues = await db.selectFrom('queues').select('id').orderBy('number').execute();
  const queuePolicies = await db.selectFrom('queue_policies').selectAll().execute();
  const dispositions = await db
    .selectFrom('dispositions')
    .selectAll()
    .where('is_active', '=', 1)
    .orderBy('place')
    .execute();
  const criteria = await db
    .selectFrom('quality_criteria')
    .selectAll()
    .where('is_active', '=', 1)
    .orderBy('place')
    .execute();
  return agentPolicy.parse({
    pauseReasons: reasons.map(row => ({ id: row.id, text: textOf(row), minutes: row.minutes })),
    queues: queues.map(({ id }) => {
      const said = queuePolicies.find(row => row.queue_id === id) ?? unsaid;
      return {
        queueId: id,
        wrapUp: {
          mode: said.wrap_up_mode,
          seconds: said.wrap_up_seconds,
          extensionSeconds: said.extension_seconds,
          extensions: said.extensions,
        },
        dispositions: dispositions.filter(row => row.queue_id === id).map(row => ({ id: row.id, text: textOf(row) })),
      };
    }),
    session: { idleSignOutMs: centre.idle_sign_out_ms, warnBeforeMs: centre.warn_before_ms },
    line: { graceMs: centre.line_grace_ms },
    transfer: { outsideRoles: JSON.parse(centre.transfer_outside_roles) as unknown },
    secondCall: centre.second_call,
    numbers: centre.numbers,
    reorder: {
      roles: JSON.parse(centre.reorder_roles) as unknown,
      longestPushedBackMs: centre.longest_pushed_back_ms,
    },
    recordings: { keepDays: centre.keep_recordings_days, fileName: centre.recording_file_name },
    quality: { criteria: criteria.map(row => ({ id: row.id, text: textOf(row), points: row.points })) },
  });
}

/** Makes this the policy. To be called in a transaction; queues that are not in it keep theirs. */
export async function writePolicy(db: WritableDb, policy: AgentPolicy): Promise<void> {
  const { session, line, transfer, secondCall, numbers, reorder, recordings } = policy;
  await db
    .updateTable('centre_policy')
    .set({
      idle_sign_out_ms: session.idleSignOutMs,
      warn_before_ms: session.warnBeforeMs,
      line_grace_ms: line.graceMs,
      transfer_outside_roles: JSON.stringify(transfer.outsideRoles),
      second_call: secondCall,
      numbers,
      reorder_roles: JSON.stringify(reorder.roles),
      longest_pushed_back_ms: reorder.longestPushedBackMs,
      keep_recordings_days: recordings.keepDays,
      recording_file_name: recordings.fileName,
    })
    .execute();
  await db.updateTable('pause_reasons').set({ is_active: 0 }).execute();
  for (const [place, { id, text, minutes }] of policy.pauseReasons.entries()) {
    const row = { place, minutes, is_active: 1 as const, ...textColumns(text) };
    await db
      .insertInto('pause_reasons')
      .values({ id, ...row })
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  await db.updateTable('quality_criteria').set({ is_active: 0 }).execute();
  for (const [place, { id, text, points }] of policy.quality.criteria.entries()) {
    const row = { place, points, is_active: 1 as const, ...textColumns(text) };
    await db
      .insertInto('quality_criteria')
      .values({ id, ...row })
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  for (const queue of policy.queues) await writeQueuePolicy(db, queue);
}

async function writeQueuePolicy(
  db: WritableDb,
  { queueId, wrapUp, dispositions }: AgentPolicy['queues'][number],
): Promise<void> {
  const row = {
    wrap_up_mode: wrapUp.mode,
    wrap_up_seconds: wrapUp.seconds,
    extension_seconds: wrapUp.extensionSeconds,
    extensions: wrapUp.extensions,
  };
  await db
    .insertInto('queue_policies')
    .values({ queue_id: queueId, ...row })
    .onConflict(conflict => conflict.column('queue_id').doUpdateSet(row))
    .execute();
  await db.updateTable('dispositions').set({ is_active: 0 }).where('queue_id', '=', queueId).execute();
  for (const [place, { id, text }] of dispositions.entries()) {
    const columns = { place, is_active: 1 as const, ...textColumns(text) };
    await db
      .insertInto('dispositions')
      .values({ queue_id: queueId, id, ...columns })
      .onConflict(conflict => conflict.columns(['queue_id', 'id']).doUpdateSet(columns))
      .execute();
  }
}
