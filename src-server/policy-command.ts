import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type AgentPolicy, agentPolicy, systemPauseReasons } from '../src-shared/policy/agent-policy';
import { commandDatabase } from './command-database';
import { appendAudit } from './database/audit-table';
import { readPolicy, writePolicy } from './database/policy-table';
import type { WritableDb } from './database/tables';
import type { CommandOutcome } from './desk-phone-command';

export const policyUsage = `policy: shows or sets what is decided for the agents: pause reasons, dispositions and wrap-up of each queue, when a session ends, who may
move waiting callers, who may send calls outside, whether a second call rings, how numbers are shown, how many days recordings are kept and
how their files are called, by what they are scored.

  --show               prints the policy as JSON (the default)
  --set FILE           makes FILE the policy: what --show prints, changed. Nothing is changed when anything in it is wrong
  --data DIR           the central server's data (default .data/server); the server may be running, and tells every app

A reason or disposition that is not in FILE goes off the list; breaks that run, and the past, keep it. A queue that is not in FILE keeps its own.
`;

interface Given {
  readonly data?: string | undefined;
  readonly set?: string | undefined;
  readonly show?: boolean | undefined;
}

/** Runs the command. @returns what to say, and whether it went well */
export async function runPolicy(args: readonly string[], now = (): number => Date.now()): Promise<CommandOutcome> {
  const string = { type: 'string' } as const;
  let given: Given;
  try {
    const options = { data: string, set: string, show: { type: 'boolean' } as const };
    given = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return wrong(`${messageOf(error)}\n\n${policyUsage}`);
  }
  const { data = '.data/server', set: file, show } = given;
  if (show === true && file !== undefined) return wrong(`--show or --set, not both\n\n${policyUsage}`);
  const db = await commandDatabase(data);
  if (db === null) return wrong(`no server.db in ${data}\n\n${policyUsage}`);
  try {
    return file === undefined ? { isGood: true, text: asText(await readPolicy(db)) } : await setPolicy(db, file, now());
  } finally {
    await db.destroy();
  }
}

async function setPolicy(db: WritableDb, file: string, at: number): Promise<CommandOutcome> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return wrong(`${file} cannot be read: ${messageOf(error)}\n`);
  }
  const checked = agentPolicy.safeParse(json);
  if (!checked.success)
    return wrong(
      checked.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}\n`).join(''),
    );
  const policy = checked.data;
  return db.transaction().execute(async transaction => {
    const before = await readPolicy(transaction);
    const problems = problemsOf(policy, before);
    if (problems.length > 0) return wrong(problems.map(problem => `${problem}\n`).join(''));
    await writePolicy(transaction, policy);
    const detail = JSON.stringify(changedParts(before, await readPolicy(transaction)));
    const entry = {
      at,
      personId: null,
      action: 'policy.changed',
      subject: 'policy',
      remoteAddress: 'command',
    } as const;
    await appendAudit(transaction, { ...entry, detail });
    return { isGood: true, text: 'The policy is changed. A running server tells every app within seconds.\n' };
  });
}

/** What the form of the policy cannot say. */
function problemsOf(policy: AgentPolicy, before: AgentPolicy): string[] {
  const known = before.queues.map(({ queueId }) => queueId);
  const twice = (what: string, ids: readonly string[]): string[] =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `${what} "${id}" is there twice`);
  const { idleSignOutMs, warnBeforeMs } = policy.session;
  return [
    ...policy.queues
      .filter(({ queueId }) => !known.includes(queueId))
      .map(({ queueId }) => `queues: there is no queue "${queueId}"; there are ${known.join(', ')}`),
    ...twice(
      'queues: queue',
      policy.queues.map(({ queueId }) => queueId),
    ),
    ...twice(
      'pauseReasons: reason',
      policy.pauseReasons.map(({ id }) => id),
    ),
    ...twice(
      'quality: criterion',
      policy.quality.criteria.map(({ id }) => id),
    ),
    ...policy.queues.flatMap(({ queueId, dispositions }) =>
      twice(
        `queues: disposition of ${queueId}`,
        dispositions.map(({ id }) => id),
      ),
    ),
    ...policy.pauseReasons
      .filter(({ id }) => (systemPauseReasons as readonly string[]).includes(id))
      .map(({ id }) => `pauseReasons: "${id}" is a reason of the system`),
    ...(idleSignOutMs !== null && warnBeforeMs >= idleSignOutMs
      ? ['session: warnBeforeMs must be less than idleSignOutMs']
      : []),
  ];
}

const changedParts = (before: AgentPolicy, after: AgentPolicy): string[] =>
  (Object.keys(after) as (keyof AgentPolicy)[]).filter(
    part => JSON.stringify(after[part]) !== JSON.stringify(before[part]),
  );

const asText = (policy: AgentPolicy): string => `${JSON.stringify(policy, null, 2)}\n`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const wrong = (text: string): CommandOutcome => ({ isGood: false, text });
