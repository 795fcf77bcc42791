import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestAgentState } from '../../../src-server/database/agent-state-table';
import type { AgentStatus } from '../../../src-shared/agent/agent-state';
import { agentPolicy } from '../../../src-shared/policy/agent-policy';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  ringsAt,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { AskingCentre, available, codeOf, lunch, obeys, refuses } from './asking-centre';
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

describe('the policy', () => {
  it('is told to who asks', async () => {
    const policy = (await centre.ask('GET', '/api/policy', { token: alice })).json<object>();
    expect(agentPolicy.parse(policy)).toEqual(policy);
    expect(policy).toMatchObject({
      pauseReasons: [{ id: 'coffee', minutes: 10 }, { minutes: 45 }, { minutes: null }, {}, {}],
      queues: [{ queueId: 'support', wrapUp: { mode: 'none' } }, {}, {}],
      session: { idleSignOutMs: 600_000, warnBeforeMs: 60_000 },
    });
  });
});
