import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import { runPolicy } from '../../../src-server/policy-command';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import type { AgentPolicy } from '../../../src-shared/policy/agent-policy';
import { openDatabaseOf } from '../../rig/postgres';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let token: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  token = (await centre.signIn('1001')).accessToken;
});
afterEach(() => centre.close());

/** The administrator's command, on the data of the running server. */
const command = (...args: string[]) => runPolicy(['--data', centre.folder, ...args], () => centre.clock.now());
const shown = async (): Promise<AgentPolicy> => JSON.parse((await command('--show')).text) as AgentPolicy;
const fileOf = (content: unknown): string => {
  const file = join(centre.folder, 'policy.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const told = async (): Promise<AgentPolicy> => (await centre.ask('GET', '/api/policy', { token })).json<AgentPolicy>();
const breakFor = (reason: string) =>
  centre.ask('PUT', '/api/agent/availability', { token, payload: { state: 'on-break', reason } });

describe('the command policy', () => {
  it('shows what the server tells', async () => {
    expect(await shown()).toEqual(await told());
    expect((await command()).text).toBe((await command('--show')).text);
  });

  it('sets the policy of a running server, which tells every app; a break that runs keeps its word', async () => {
    const url = await centre.listen();
    const live = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
    live.hello(token);
    await expect.poll(() => live.events.map(({ type }) => type)).toContain('wrap-up.changed'); // the state is told
    await breakFor('coffee');
    const running = (await centre.ask('GET', '/api/agent', { token })).json<{ status: AgentStatus }>().status;
    const policy = await shown();
    const walk = { id: 'walk', text: { en: 'Walk', fr: 'Promenade' }, minutes: 5 };
    const changed: AgentPolicy = {
      ...policy,
      pauseReasons: [walk, ...policy.pauseReasons.filter(({ id }) => id !== 'coffee')],
      numbers: 'masked',
      session: { idleSignOutMs: null, warnBeforeMs: 30_000 },
    };
    expect(await command('--set', fileOf(changed))).toMatchObject({ isGood: true });
    expect(await shown()).toEqual(changed);
    centre.clock.pass(2_000);
    await expect.poll(() => live.events).toContainEqual({ type: 'policy.changed', policy: changed });
    expect(await told()).toEqual(changed);
    expect(running).toMatchObject({ reason: 'coffee', reasonText: { en: 'Coffee', fr: 'Café' } });
    expect((await centre.ask('GET', '/api/agent', { token })).json()).toMatchObject({ status: running });
    expect((await breakFor('coffee')).statusCode, 'it is what already is').toBe(200);
    expect((await breakFor('walk')).json()).toMatchObject({ reasonText: walk.text });
    expect((await breakFor('coffee')).json()).toMatchObject({ code: 'agent/reason-unknown' });
    const db = await openDatabaseOf(centre.folder);
    expect(await auditOf(db, 'policy')).toEqual([
      { personId: null, action: 'policy.changed', detail: '["pauseReasons","session","numbers"]' },
    ]);
    await db.destroy();
  });

  it('a reason that comes back is the same one; a queue that is not named keeps its own', async () => {
    const policy = await shown();
    await command('--set', fileOf({ ...policy, pauseReasons: [], queues: [] }));
    expect(await shown()).toEqual({ ...policy, pauseReasons: [] });
    expect(await command('--set', fileOf(policy))).toMatchObject({ isGood: true });
    expect(await shown()).toEqual(policy);
  });

  it.each<[string, (policy: AgentPolicy) => unknown, string]>([
    ['no JSON', () => '{', 'cannot be read'],
    ['a list', () => [], 'the file: '],
    ['a missing part', ({ session: _session, ...rest }) => rest, 'session: '],
    [
      'minutes below one',
      policy => ({ ...policy, pauseReasons: [{ ...policy.pauseReasons[0], minutes: 0 }] }),
      'pauseReasons.0.minutes: ',
    ],
    ['an unknown queue', policy => ({ ...policy, queues: [{ ...policy.queues[0], queueId: 'x' }] }), 'no queue "x"'],
    [
      'a reason twice',
      policy => ({ ...policy, pauseReasons: [policy.pauseReasons[0], policy.pauseReasons[0]] }),
      '"coffee" is there twice',
    ],
    [
      'a reason of the system',
      policy => ({ ...policy, pauseReasons: [{ ...policy.pauseReasons[0], id: 'line' }] }),
      'reason of the system',
    ],
    [
      'a warning before the beginning',
      policy => ({ ...policy, session: { idleSignOutMs: 60_000, warnBeforeMs: 60_000 } }),
      'warnBeforeMs',
    ],
  ])('refuses %s and changes nothing', async (_name, content, problem) => {
    const before = await shown();
    const outcome = await command('--set', fileOf(content(before)));
    expect(outcome).toEqual({ isGood: false, text: expect.stringContaining(problem) });
    expect(await shown()).toEqual(before);
  });

  it.each([
    [['--show', '--set', 'x'], 'not both'],
    [['--what'], "Unknown option '--what'"],
    [['--set', '/nowhere.json'], '/nowhere.json cannot be read'],
  ])('refuses %j: %s', async (args, problem) => {
    expect(await command(...args)).toEqual({ isGood: false, text: expect.stringContaining(problem) });
  });

  it('refuses a folder without a database, where no other is named', async () => {
    vi.stubEnv('DATABASE_URL', '');
    const answer = await runPolicy(['--data', '/nowhere']);
    vi.unstubAllEnvs();
    expect(answer).toEqual({ isGood: false, text: expect.stringContaining('no server.db in /nowhere') });
  });
});
