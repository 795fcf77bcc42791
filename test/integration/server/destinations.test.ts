import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Destination } from '../../../src-shared/destinations/destination';
import { answeredAt, customerJoins, hangsUp, ringsAt, told } from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let alice: { accessToken: string };
let live: LiveListener;

beforeEach(async () => {
  centre = await TestCentre.open();
  const url = await centre.listen();
  alice = await centre.signIn('1001');
  live = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
  live.hello(alice.accessToken);
  await vi.waitUntil(() => live.events.some(({ type }) => type === 'wrap-up.changed'), 5_000);
});
afterEach(() => centre.close());

const list = async (token = alice.accessToken): Promise<Destination[]> =>
  (await centre.ask('GET', '/api/destinations', { token })).json<{ destinations: Destination[] }>().destinations;
const newestLive = (): Destination[] =>
  live.events.flatMap(event => (event.type === 'destinations' ? [event.destinations] : [])).at(-1) ?? [];

describe('destinations', () => {
  it('are who is signed in, by the eyes of who asks, and every queue', async () => {
    const bob = await centre.signIn('1002');
    const supervisor = await centre.signIn('2001');
    const seen = await list();
    expect(seen.filter(({ group }) => group !== 'queues').map(({ number }) => number)).toEqual([
      '1001',
      '1002',
      '2001',
    ]);
    expect(seen.find(({ number }) => number === '2001')?.group).toBe('supervisors');
    expect(seen.find(({ number }) => number === '8001')).toMatchObject({ group: 'queues', waiting: 0 });
    expect(bob.accessToken).not.toBe(supervisor.accessToken);
  });

  it('tell an agent no more than a state: no reason, no time, no id', async () => {
    await centre.signIn('2001');
    for (const entry of await list())
      expect(Object.keys(entry).toSorted()).toEqual(['group', 'name', 'number', 'state', 'waiting']);
  });

  it('are told again when somebody’s state or line is otherwise, and when callers wait', async () => {
    await centre.signIn('2001');
    centre.telephony.registered.add('2001');
    centre.telephony.tell({ type: 'line-registered', extension: '2001', at: 5 });
    centre.telephony.tell(...told(centre.clock.now(), customerJoins('c1')));
    centre.clock.pass(1_000);
    await expect.poll(() => newestLive().find(({ number }) => number === '2001')?.state).toBe('paused');
    expect(newestLive().find(({ number }) => number === '8001')?.waiting).toBe(1);
  });

  it('are for who is signed in', async () => {
    expect((await centre.ask('GET', '/api/destinations', {})).statusCode).toBe(401);
  });
});

describe('my calls', () => {
  it('are told with who is in them, muted or not, until they are over', async () => {
    const mine = () => live.events.flatMap(event => (event.type === 'calls.mine' ? [event.calls] : [])).at(-1);
    centre.telephony.registered.add('1001');
    const talk = [...customerJoins('c1'), ...ringsAt('c1', '1001'), ...answeredAt('c1', '1001')];
    centre.telephony.tell(...told(centre.clock.now(), talk));
    const customer = { legId: 'c1-customer', number: '+33199000000', isOutside: true, isMuted: false };
    await expect.poll(mine).toMatchObject([{ callId: 'c1', legId: 'c1-1001', dialled: null, parties: [customer] }]);
    centre.telephony.tell({ type: 'leg-muted', callId: 'c1', legId: 'c1-customer', at: 9 });
    await expect.poll(mine).toMatchObject([{ parties: [{ ...customer, isMuted: true }] }]);
    centre.telephony.tell(...told(centre.clock.now(), hangsUp('c1', '1001')));
    await expect.poll(mine).toEqual([]);
  });

  it('are told with who speaks in a conference, me too, and a muted voice is nobody’s', async () => {
    const mine = () => live.events.flatMap(event => (event.type === 'calls.mine' ? [event.calls] : [])).at(-1);
    centre.telephony.registered.add('1001');
    const talk = [...customerJoins('c1'), ...ringsAt('c1', '1001'), ...answeredAt('c1', '1001')];
    centre.telephony.tell(...told(centre.clock.now(), talk));
    centre.telephony.tellSpeaking({ callId: 'c1', legIds: ['c1-customer', 'c1-1001'] });
    await expect.poll(mine).toMatchObject([{ isSpeaking: true, parties: [{ isSpeaking: true }] }]);
    centre.telephony.tell({ type: 'leg-muted', callId: 'c1', legId: 'c1-customer', at: 9 });
    await expect.poll(mine).toMatchObject([{ isSpeaking: true, parties: [{ isSpeaking: false }] }]);
    centre.telephony.tellSpeaking({ callId: 'c1', legIds: [] });
    await expect.poll(mine).toMatchObject([{ isSpeaking: false, parties: [{ isSpeaking: false }] }]);
  });
});
