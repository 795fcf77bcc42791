import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDeskPhone } from '../../../src-server/desk-phone-command';
import { readPolicy, writePolicy } from '../../../src-server/database/policy-table';
import type { JournalledCall, RecentCall } from '../../../src-shared/server-api/rest-routes';
import { answeredAt, customerJoins, hangsUp, ringsAt, told, type UntimedEvent } from '../../builders/a-told-call';
import { openDatabaseOf } from '../../rig/postgres';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

const hidden = '199000000';
const shown = '+3319900••••';
/** Who sends their number in place of a name. */
const nameless = (event: UntimedEvent): UntimedEvent =>
  event.type === 'call-started' ? { ...event, from: { ...event.from, name: `0${hidden}` } } : event;

let centre: TestCentre;
let alice: string;
let marie: string;
beforeEach(async () => {
  centre = await TestCentre.open();
  const db = await openDatabaseOf(centre.folder);
  await writePolicy(db, { ...(await readPolicy(db)), numbers: 'masked' });
  await db.destroy();
  centre.clock.pass(5_000); // by then the server has noticed
  alice = (await centre.signIn('1001')).accessToken;
  marie = (await centre.signIn('2001')).accessToken;
});
afterEach(() => centre.close());

const ask = (url: string, token = alice) => centre.ask('GET', url, { token });
const recent = async (): Promise<RecentCall[]> =>
  (await ask('/api/calls/recent?limit=200')).json<{ calls: RecentCall[] }>().calls;
const happens = async (events: readonly UntimedEvent[], endCause = 'completed'): Promise<void> => {
  centre.telephony.tell(...told(centre.clock.now(), events));
  await expect.poll(async () => (await recent())[0]).toMatchObject({ callId: 'c1', endCause });
};
const queueCall = [
  ...customerJoins('c1'),
  ...ringsAt('c1', '1001'),
  ...answeredAt('c1', '1001'),
  ...hangsUp('c1', '1001'),
];

describe('where numbers are hidden', () => {
  it('recent calls, figures and the live connection have none', async () => {
    const live = await LiveListener.connect(`${(await centre.listen()).replace('http', 'ws')}/api/live`);
    live.hello(alice);
    await expect.poll(() => live.welcome()).toBeDefined();
    await happens(queueCall.map(nameless));
    expect((await recent())[0]).toMatchObject({ remoteNumber: shown, remoteName: 'Camille Roux' });
    await expect.poll(() => live.events.some(event => event.type === 'call.journalled')).toBe(true);
    expect(JSON.stringify(live.heard)).not.toContain(hidden);
    const behind = await ask('/api/statistics/mine/calls?figure=calls&period=today&timeZone=Europe/Paris');
    expect(behind.json<{ calls: RecentCall[] }>().calls[0]).toMatchObject({ callId: 'c1', remoteNumber: shown });
    expect(behind.body).not.toContain(hidden);
  });

  it('a whole call has none, in its legs and in its history, for its supervisor neither', async () => {
    await happens(queueCall.map(nameless));
    for (const token of [alice, marie]) {
      const answer = await ask('/api/calls/c1', token);
      expect(answer.body).not.toContain(hidden);
      const call = answer.json<JournalledCall>();
      expect(call.legs.map(({ number }) => number)).toEqual([shown, '1001']);
      expect(call.events[0]?.detail).toMatchObject({ from: { number: shown, name: null }, to: { number: '8001' } });
      expect(call.events.map(({ type }) => type)).toEqual(queueCall.map(({ type }) => type));
    }
  });

  it('the work after a call and what goes on at a desk phone have none', async () => {
    await centre.wrapUpIs({ mode: 'extendable' });
    await centre.app.close();
    await runDeskPhone(['--data', centre.folder, '--extension', '1005']);
    centre = await TestCentre.open({ folder: centre.folder, clock: centre.clock });
    const url = `${(await centre.listen()).replace('http', 'ws')}/api/live`;
    alice = (await centre.signIn('1001')).accessToken;
    const [live, desk] = [await LiveListener.connect(url), await LiveListener.connect(url)];
    live.hello(alice);
    desk.hello((await centre.signIn('1005')).accessToken);
    await expect.poll(() => [live, desk].every(each => each.welcome() !== undefined)).toBe(true);
    await happens(queueCall.map(nameless));
    await expect
      .poll(() => live.events.findLast(event => event.type === 'wrap-up.changed')?.wrapUp)
      .toMatchObject({ customerNumber: shown });
    const extended = await centre.ask('POST', '/api/wrap-up/extend', { token: alice, payload: {} });
    expect(extended.json()).toMatchObject({ customerNumber: shown });
    centre.telephony.tell(
      ...told(centre.clock.now(), [...customerJoins('c2'), ...ringsAt('c2', '1005')].map(nameless)),
    );
    await expect
      .poll(() => desk.events.findLast(event => event.type === 'desk.calls')?.calls)
      .toMatchObject([{ remote: { number: shown, name: null } }]);
    expect(JSON.stringify([live.heard, desk.heard])).not.toContain(hidden);
  });

  it('colleagues see each other’s', async () => {
    const from = { number: '1002', name: null };
    await happens(
      [
        { type: 'call-started', callId: 'c1', direction: 'internal', from, to: { number: '1001' } },
        { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1002', extension: '1002' },
        { type: 'leg-started', callId: 'c1', legId: 'b', role: 'agent', number: '1001', extension: '1001' },
        { type: 'leg-ended', callId: 'c1', legId: 'b', cause: 'no-answer' },
        { type: 'leg-ended', callId: 'c1', legId: 'a', cause: 'no-answer' },
        { type: 'call-ended', callId: 'c1', cause: 'no-answer' },
      ],
      'no-answer',
    );
    expect((await recent())[0]?.remoteNumber).toBe('1002');
    expect((await ask('/api/calls/c1')).json<JournalledCall>().legs.map(({ number }) => number)).toEqual([
      '1002',
      '1001',
    ]);
  });
});
