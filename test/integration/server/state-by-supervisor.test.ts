import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import type { AgentEntry } from '../../../src-shared/agent/agent-entry';
import { answeredAt, customerJoins, hangsUp, notAnsweredAt, ringsAt } from '../../builders/a-told-call';
import { AskingCentre, available, codeOf, lunch } from './asking-centre';
import { LiveListener } from './live-listener';
import type { TestCentre } from './test-centre';

let asking: AskingCentre;
let centre: TestCentre;
let alice: string;
beforeEach(async () => {
  asking = await AskingCentre.open();
  ({ centre, alice } = asking);
});
afterEach(() => centre.close());

const put: AskingCentre['put'] = (...given) => asking.put(...given);
const asks: AskingCentre['asks'] = (...given) => asking.asks(...given);
const state: AskingCentre['state'] = (...given) => asking.state(...given);
const happens: AskingCentre['happens'] = (...given) => asking.happens(...given);
const inDatabase: AskingCentre['inDatabase'] = look => asking.inDatabase(look);

describe('a supervisor', () => {
  const forces = (token: string, wanted: object, person = 'person-1001') =>
    put(token, `/api/agents/${person}/availability`, wanted);
  let marie: string;
  beforeEach(async () => {
    marie = (await centre.signIn('2001')).accessToken;
  });

  it('pauses an agent, who is told by whom; it is in the audit', async () => {
    await asks(available);
    const answer = await forces(marie, { ...lunch, reason: 'meeting' });
    expect(answer.json()).toMatchObject({ id: 'person-1001', status: { state: 'on-break', reason: 'meeting' } });
    expect(await state()).toMatchObject({ reason: 'meeting', changedBy: { displayName: 'Marie Laurent' } });
    expect(await inDatabase(db => auditOf(db, 'person-1001'))).toContainEqual({
      personId: 'person-2001',
      action: 'agent.state-changed',
      detail: JSON.stringify({ state: 'on-break', reason: 'meeting' }),
    });
    expect((await asks(available)).json()).toMatchObject({ state: 'available', changedBy: null });
    const history = (): Promise<object[]> =>
      inDatabase(db =>
        db.selectFrom('agent_states').selectAll().where('person_id', '=', 'person-1001').orderBy('id').execute(),
      );
    await expect.poll(async () => (await history()).length).toBe(4);
    const at = centre.clock.now();
    expect(await history()).toMatchObject([
      { state: 'on-break', reason: 'sign-in', at, changed_by_id: null },
      { state: 'available', reason: null, at, changed_by_id: null },
      { state: 'on-break', reason: 'meeting', at, changed_by: 'Marie Laurent', changed_by_id: 'person-2001' },
      { state: 'available', at, changed_by: null, changed_by_id: null },
    ]);
  });

  it('takes back what a queue lets ring', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'));
    await forces(marie, { ...lunch, reason: 'meeting' });
    expect(centre.telephony.asked.slice(-2)).toEqual(['pause 1001 meeting', 'withdraw 1001']);
    happens(notAnsweredAt('c1', '1001', 'ring-no-answer'));
    expect(await state()).toMatchObject({ state: 'on-break', changedBy: { displayName: 'Marie Laurent' } });
  });

  it('cuts nobody off: while talking it is planned', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await forces(marie, { ...lunch, reason: 'meeting' });
    expect(await state()).toMatchObject({
      state: 'on-call',
      nextBreak: 'meeting',
      changedBy: { displayName: 'Marie Laurent' },
    });
    expect(centre.telephony.asked).not.toContain('withdraw 1001');
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ reason: 'meeting', changedBy: { displayName: 'Marie Laurent' } });
  });

  it('makes nobody available whose headset is gone, who is away, or who does not exist', async () => {
    await asks({ ...lunch, reason: 'device' });
    expect(codeOf(await forces(marie, available))).toBe('agent/not-allowed');
    expect(codeOf(await forces(marie, available, 'person-1002'))).toBe('agent/not-allowed');
    expect(codeOf(await forces(marie, available, 'nobody'))).toBe('not-found');
    expect(codeOf(await forces(marie, { state: 'on-break' }))).toBe('ipc/bad-input');
    expect(codeOf(await forces(marie, { ...available, reason: 'lunch' }))).toBe('ipc/bad-input');
  });

  it('sees which breaks have a limit, from the first word on and live; agents do not', async () => {
    await asks(lunch);
    const url = `${(await centre.listen()).replace('http', 'ws')}/api/live`;
    const [live, colleague] = [await LiveListener.connect(url), await LiveListener.connect(url)];
    live.hello(marie);
    colleague.hello((await centre.signIn('1002')).accessToken);
    const told = (listener: LiveListener): unknown[] =>
      listener.events.flatMap(event => (event.type === 'breaks.timed' ? [event.breaks] : []));
    const until = centre.clock.now() + 45 * 60_000;
    const taken = { personId: 'person-1001', displayName: 'Alice Martin', reason: 'lunch', until };
    await expect.poll(() => told(live)).toMatchObject([[taken]]);
    await asks(available);
    await expect.poll(() => told(live)).toMatchObject([[taken], []]);
    await expect.poll(() => colleague.welcome()).toBeDefined();
    expect(told(colleague)).toEqual([]);
  });

  it('is no agent', async () => {
    const bruno = (await centre.signIn('1002')).accessToken;
    expect(codeOf(await forces(bruno, lunch))).toBe('forbidden');
    expect(await state()).toMatchObject({ reason: 'sign-in' });
  });

  it('sees everybody, at once and live; agents are not told of each other', async () => {
    const url = await centre.listen();
    const live = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
    live.hello(marie);
    const colleague = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
    colleague.hello((await centre.signIn('1002')).accessToken);
    const isTold = (listener: LiveListener): boolean =>
      listener.events.some(({ type }) => type === 'telephony.changed');
    await expect.poll(() => [live, colleague].map(isTold)).toEqual([true, true]); // the last of what is told first
    await asks(lunch);
    const entry = { id: 'person-1001', isReachable: true, queueIds: ['support', 'billing'], status: lunch };
    await expect
      .poll(() => live.events.at(-1))
      .toMatchObject({ type: 'agents.changed', agent: { ...entry, extension: '1001', role: 'agent' } });
    const { agents } = (await centre.ask('GET', '/api/agents', { token: alice })).json<{ agents: AgentEntry[] }>();
    expect(agents).toHaveLength(16);
    expect(agents.find(({ id }) => id === 'person-1001')).toMatchObject(entry);
    expect(agents.find(({ id }) => id === 'person-1003')).toMatchObject({ status: { state: 'signed-out' } });
    expect(colleague.events.map(({ type }) => type)).not.toContain('agents.changed');
  });
});
