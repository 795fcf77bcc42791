import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestAgentState } from '../../../src-server/database/agent-state-table';
import { auditOf } from '../../../src-server/database/audit-table';
import { openDatabase } from '../../../src-server/database/open-database';
import type { AgentEntry } from '../../../src-shared/agent/agent-entry';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import { agentPolicy } from '../../../src-shared/policy/agent-policy';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  ringsAt,
  told,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  alice = (await centre.signIn('1001')).accessToken;
});
afterEach(() => centre.close());

const put = (token: string, url: string, payload: object) => centre.ask('PUT', url, { token, payload });
const asks = (wanted: object, token = alice) => put(token, '/api/agent/availability', wanted);
const lunch = { state: 'on-break', reason: 'lunch' };
const available = { state: 'available' };
const state = async (token = alice): Promise<AgentStatus> =>
  (await centre.ask('GET', '/api/agent', { token })).json<{ status: AgentStatus }>().status;
const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));
const codeOf = (answer: { json: <T>() => T }): string => answer.json<{ code: string }>().code;
const refuses = async (): Promise<void> => {
  throw new Error('the engine says no');
};
const obeys = async (): Promise<void> => undefined;
const inDatabase = async <T>(look: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> => {
  const db = openDatabase({ file: `${centre.folder}/server.db` });
  try {
    return await look(db);
  } finally {
    await db.destroy();
  }
};

describe('a state and its engine', () => {
  it('answers when the engine has confirmed, and shows nothing before', async () => {
    let confirm = (): void => undefined;
    centre.telephony.whenPausing = () => new Promise(resolve => (confirm = resolve));
    const asked = asks(available);
    await expect.poll(() => centre.telephony.asked.at(-1)).toBe('unpause 1001');
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'sign-in' });
    confirm();
    expect((await asked).json()).toMatchObject({ state: 'available' });
  });

  it.each([
    ['refuses', refuses],
    ['is refused by the queues', async () => Promise.reject(new TypeError('not an expected failure'))],
  ])('stays as it was when the engine %s, and the engine hears the former state again', async (_name, refusing) => {
    await asks(available);
    const before = await state();
    centre.telephony.whenPausing = refusing;
    const answer = await asks(lunch);
    expect([answer.statusCode, codeOf(answer)]).toEqual([409, 'agent/not-confirmed']);
    expect(await state()).toEqual(before);
    expect(centre.telephony.asked.slice(-2)).toEqual(['pause 1001 lunch', 'unpause 1001']);
    centre.telephony.whenPausing = obeys;
    centre.clock.pass(2_000);
    await expect.poll(() => centre.telephony.isPaused('1001', 'support')).toBe(false);
    expect((await asks(lunch)).json()).toMatchObject({ state: 'on-break', reason: 'lunch' });
  });

  it('is not confirmed by an engine that says nothing', async () => {
    centre.telephony.whenPausing = () => new Promise(() => undefined);
    const asked = asks(available);
    await expect.poll(() => centre.telephony.asked.at(-1)).toBe('unpause 1001');
    centre.clock.pass(5_000);
    await expect.poll(() => centre.telephony.asked.at(-1)).toBe('pause 1001');
    centre.clock.pass(5_000);
    expect(codeOf(await asked)).toBe('agent/not-confirmed');
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'sign-in' });
  });

  it('of fifty requests at once the last is what people, queues and history say', async () => {
    for (const last of [available, lunch]) {
      centre.telephony.whenPausing = () => after(Math.random() * 3);
      const wanted = Array.from({ length: 49 }, (_, index) =>
        index % 3 === 0 ? available : { state: 'on-break', reason: ['coffee', 'lunch', 'meeting'][index % 3] },
      );
      const answers = await Promise.all([...wanted, last].map(each => asks(each)));
      expect(answers.map(answer => answer.statusCode)).toEqual(answers.map(() => 200));
      expect(await state()).toMatchObject(last);
      expect(centre.telephony.isPaused('1001', 'support')).toBe(last !== available);
      await expect
        .poll(() => inDatabase(db => latestAgentState(db, 'person-1001')))
        .toMatchObject({ ...last, changedBy: null });
    }
  });

  it('pressed twice at once is told to the engine once', async () => {
    const answers = await Promise.all([asks(available), asks(available)]);
    expect(answers.map(answer => answer.json<AgentStatus>().state)).toEqual(['available', 'available']);
    expect(centre.telephony.asked.filter(asked => asked === 'unpause 1001')).toHaveLength(1);
  });

  it('a call that is offered while the engine confirms a break: the break comes after it', async () => {
    await asks(available);
    centre.telephony.whenPausing = async () => happens(customerJoins('c1'), ringsAt('c1', '1001'));
    expect((await asks(lunch)).json()).toMatchObject({ state: 'reserved', nextBreak: 'lunch' });
    centre.telephony.whenPausing = obeys;
    happens(answeredAt('c1', '1001'), hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'lunch', nextBreak: null });
  });
});

describe('reasons', () => {
  it('are those of the policy and the two of the app', async () => {
    for (const reason of ['coffee', 'device', 'idle']) expect((await asks({ ...lunch, reason })).statusCode).toBe(200);
    for (const reason of ['tea', 'line', 'sign-in', 'constructor'])
      expect(codeOf(await asks({ ...lunch, reason }))).toBe('agent/reason-unknown');
    expect(await state()).toMatchObject({ reason: 'idle' });
  });

  it('set the end of a break, which a call in between does not move', async () => {
    const startedAt = centre.clock.now();
    expect((await asks({ ...lunch, reason: 'coffee' })).json()).toMatchObject({
      reasonText: { en: 'Coffee', fr: 'Café' },
      breakUntil: startedAt + 600_000,
    });
    centre.clock.pass(60_000);
    happens(
      customerJoins('c1'),
      ringsAt('c1', '1001').map(event => ({ ...event, queueId: null }) as UntimedEvent),
    );
    happens(notAnsweredAt('c1', '1001', 'declined'));
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'coffee', breakUntil: startedAt + 600_000 });
    expect((await asks({ ...lunch, reason: 'meeting' })).json()).toMatchObject({ breakUntil: null });
  });

  it('begin with their time when a planned break begins', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    expect((await asks(lunch)).json()).toMatchObject({ nextBreak: 'lunch', breakUntil: null });
    centre.clock.pass(500_000);
    happens(hangsUp('c1', '1001'));
    expect(await state()).toMatchObject({ reason: 'lunch', breakUntil: centre.clock.now() + 45 * 60_000 });
  });
});

describe('a pause of one queue', () => {
  const pause = (queueId: string, reason: string | null) =>
    put(alice, `/api/agent/queues/${queueId}/pause`, { reason });

  it('leaves the others, and stands through breaks and restarts', async () => {
    await asks(available);
    expect((await pause('billing', 'training')).json()).toMatchObject({
      state: 'available',
      queuePauses: [{ queueId: 'billing', reason: 'training' }],
    });
    const paused = (): boolean[] => ['support', 'billing'].map(queue => centre.telephony.isPaused('1001', queue));
    expect(paused()).toEqual([false, true]);
    await asks(lunch);
    expect(paused()).toEqual([true, true]);
    await asks(available);
    expect(paused()).toEqual([false, true]);
    expect((await pause('billing', null)).json()).toMatchObject({ queuePauses: [] });
    expect(paused()).toEqual([false, false]);
  });

  it('is refused in a strange queue, and with a strange reason', async () => {
    expect(codeOf(await pause('sales', 'lunch'))).toBe('not-found');
    expect(codeOf(await pause('billing', 'tea'))).toBe('agent/reason-unknown');
    centre.telephony.whenPausing = refuses;
    expect((await pause('billing', 'lunch')).statusCode, 'on a break the engine has nothing to do').toBe(200);
    expect((await state()).queuePauses).toEqual([{ queueId: 'billing', reason: 'lunch' }]);
  });

  it('ends with its queue, of which the running server learns', async () => {
    await asks(available);
    await pause('billing', 'training');
    await inDatabase(db => db.deleteFrom('queues').where('id', '=', 'billing').execute());
    centre.clock.pass(2_000);
    await expect.poll(async () => (await state()).queuePauses).toEqual([]);
    expect(centre.telephony.isPaused('1001', 'support')).toBe(false);
  });
});

describe('the line', () => {
  const gone = (): void => {
    centre.telephony.registered.delete('1001');
    centre.telephony.tell({ type: 'line-unregistered', extension: '1001', reason: 'expired', at: centre.clock.now() });
  };
  const back = (): void => {
    centre.telephony.registered.add('1001');
    centre.telephony.tell({ type: 'line-registered', extension: '1001', at: centre.clock.now() });
  };

  it('is needed to be available', async () => {
    gone();
    expect(codeOf(await asks(available))).toBe('line/not-ready');
    back();
    expect((await asks(available)).statusCode).toBe(200);
  });

  it('that is gone for longer than the grace time pauses, and the person comes back by one click', async () => {
    await asks(available);
    gone();
    centre.clock.pass(9_999);
    expect(await state()).toMatchObject({ state: 'available' });
    back();
    centre.clock.pass(60_000);
    expect(await state(), 'a short gap').toMatchObject({ state: 'available' });
    centre.telephony.tell({ type: 'line-signalling-lost', extension: '1001', at: centre.clock.now() });
    centre.clock.pass(10_000);
    await expect.poll(() => state()).toMatchObject({ state: 'on-break', reason: 'line' });
    expect(codeOf(await asks(available)), 'registered, but not to be reached').toBe('line/not-ready');
    back();
    expect(await state()).toMatchObject({ state: 'on-break', reason: 'line' });
    expect((await asks(available)).json()).toMatchObject({ state: 'available' });
  });

  it('that is back before the call is over is forgotten', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    gone();
    centre.clock.pass(10_000);
    await expect.poll(() => state()).toMatchObject({ state: 'on-call', nextBreak: 'line' });
    back();
    await expect.poll(() => state()).toMatchObject({ state: 'on-call', nextBreak: null });
  });

  it('that is gone while the engine refuses pauses as soon as it can', async () => {
    await asks(available);
    centre.telephony.whenPausing = refuses;
    gone();
    centre.clock.pass(10_000);
    await expect.poll(() => centre.telephony.asked.at(-1)).toBe('unpause 1001');
    expect(await state()).toMatchObject({ state: 'available' });
    centre.telephony.whenPausing = obeys;
    await expect
      .poll(async () => {
        centre.clock.pass(2_000);
        return state();
      })
      .toMatchObject({ state: 'on-break', reason: 'line' });
  });
});

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
    await expect.poll(() => [live.events.length >= 2, colleague.events.length]).toEqual([true, 2]);
    await asks(lunch);
    const entry = { id: 'person-1001', isReachable: true, queueIds: ['support', 'billing'], status: lunch };
    await expect
      .poll(() => live.events.at(-1))
      .toMatchObject({ type: 'agents.changed', agent: { ...entry, extension: '1001', role: 'agent' } });
    const { agents } = (await centre.ask('GET', '/api/agents', { token: alice })).json<{ agents: AgentEntry[] }>();
    expect(agents).toHaveLength(16);
    expect(agents.find(({ id }) => id === 'person-1001')).toMatchObject(entry);
    expect(agents.find(({ id }) => id === 'person-1003')).toMatchObject({ status: { state: 'signed-out' } });
    expect(colleague.events.map(({ type }) => type)).toEqual(['agent.status', 'line.registration']);
  });
});

describe('a session', () => {
  it.each([[lunch], [available]])('goes on at a second machine as it was: %j', async wanted => {
    const before = (await asks(wanted)).json<AgentStatus>();
    const second = await centre.signIn('1001');
    expect(second.status).toEqual(before);
    expect(await state(second.accessToken)).toEqual(before);
    expect(codeOf(await asks(lunch)), 'the first').toBe('sign-in/expired');
    expect(centre.telephony.isPaused('1001', 'support')).toBe(wanted === lunch);
  });

  it('whose line does not come to the second machine in time is paused', async () => {
    await asks(available);
    const { accessToken } = (await centre.tryToSignIn('1001', 'demo-1001')).json<RouteOutput<'sign-in'>>();
    centre.clock.pass(10_000);
    await expect.poll(() => state(accessToken)).toMatchObject({ state: 'on-break', reason: 'line' });
  });

  it('ends in the queues before the line goes', async () => {
    await asks(available);
    centre.telephony.asked.length = 0;
    await centre.ask('POST', '/api/sign-out', { token: alice, payload: {} });
    expect(centre.telephony.asked).toEqual(['pause 1001', 'revoke 1001']);
  });

  it('ends although the engine is away, which is told when it is back', async () => {
    await asks(available);
    centre.telephony.whenPausing = refuses;
    expect((await centre.ask('POST', '/api/sign-out', { token: alice, payload: {} })).statusCode).toBe(200);
    centre.telephony.whenPausing = obeys;
    expect(centre.telephony.isPaused('1001', 'support')).toBe(false);
    centre.clock.pass(2_000);
    await expect.poll(() => centre.telephony.isPaused('1001', 'support')).toBe(true);
  });

  it('of somebody who is removed ends, and a call that runs is not cut', async () => {
    await asks(available);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await inDatabase(db => db.deleteFrom('people').where('id', '=', 'person-1001').execute());
    centre.telephony.asked.length = 0;
    centre.clock.pass(2_000);
    await expect
      .poll(async () => (await centre.ask('GET', '/api/agent', { token: alice })).json<object>())
      .toMatchObject({ code: 'sign-in/expired', params: { reason: 'revoked' } });
    await expect.poll(() => centre.telephony.asked).toEqual(['pause 1001', 'revoke 1001']);
    happens(hangsUp('c1', '1001'));
  });

  it('goes on after a restart with the rest of the break and the pauses of queues', async () => {
    await put(alice, '/api/agent/queues/billing/pause', { reason: 'training' });
    await asks(lunch);
    const before = await state();
    const { folder, clock } = centre;
    await centre.app.close();
    clock.pass(120_000);
    centre = await TestCentre.open({ folder, clock });
    const { status } = await centre.signIn('1001');
    expect(status).toEqual(before);
  });
});

describe('the policy', () => {
  it('is told to who asks', async () => {
    const policy = (await centre.ask('GET', '/api/policy', { token: alice })).json<object>();
    expect(agentPolicy.parse(policy)).toEqual(policy);
    expect(policy).toMatchObject({
      pauseReasons: [{ id: 'coffee', minutes: 10 }, { minutes: 45 }, { minutes: null }, {}, {}],
      queues: [{ queueId: 'support', wrapUp: { mode: 'extendable' } }, {}, {}],
      session: { idleSignOutMs: 600_000, warnBeforeMs: 60_000 },
    });
  });
});
