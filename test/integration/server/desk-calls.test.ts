import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDeskPhone } from '../../../src-server/desk-phone-command';
import type { DeskCall } from '../../../src-shared/server-api/live-messages';
import {
  answeredAt,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  ringsAt,
  told,
  transfersTo,
  type UntimedEvent,
} from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let listener: LiveListener;
/** Emma, 1005, has a desk phone. */
beforeEach(async () => {
  centre = await TestCentre.open();
  await centre.app.close();
  await runDeskPhone(['--data', centre.folder, '--extension', '1005']);
  centre = await TestCentre.open({ folder: centre.folder, clock: centre.clock });
  const url = await centre.listen();
  listener = await listening('1005', url);
});
afterEach(async () => {
  listener.socket.close();
  await centre.close();
});

const listening = async (extension: string, url: string): Promise<LiveListener> => {
  const { accessToken } = await centre.signIn(extension);
  const connected = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
  connected.hello(accessToken);
  await expect.poll(() => connected.events.some(event => event.type === 'line.registration')).toBe(true);
  return connected;
};
/** The last that was told of the desk phone's calls. */
const calls = (): readonly DeskCall[] | undefined =>
  listener.events.findLast(event => event.type === 'desk.calls')?.calls;
const happens = (...parts: readonly UntimedEvent[][]): void =>
  centre.telephony.tell(...told(centre.clock.now(), parts.flat()));

describe('what goes on at a desk phone', () => {
  it('is told from the first ringing to the end', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1005'));
    await expect.poll(calls).toMatchObject([
      {
        legId: 'c1-1005',
        callId: 'c1',
        direction: 'inbound',
        state: 'ringing',
        remote: { number: '+33199000000', name: null },
        queueName: 'Support',
      },
    ]);
    happens(answeredAt('c1', '1005'));
    await expect.poll(calls).toMatchObject([{ state: 'active', heldBy: [] }]);
    happens([{ type: 'leg-held', callId: 'c1', legId: 'c1-1005', isOrdered: true }]);
    await expect.poll(calls).toMatchObject([{ state: 'active', heldBy: ['agent'] }]);
    happens([{ type: 'leg-held', callId: 'c1', legId: 'c1-1005' }]);
    await expect.poll(calls).toMatchObject([{ state: 'active', heldBy: ['agent', 'phone'] }]);
    happens([{ type: 'leg-resumed', callId: 'c1', legId: 'c1-1005' }]);
    await expect.poll(calls).toMatchObject([{ state: 'active', heldBy: [] }]);
    happens(hangsUp('c1', '1005'));
    await expect.poll(calls).toEqual([]);
    const states = listener.events.flatMap(event => (event.type === 'desk.calls' ? (event.calls[0]?.state ?? []) : []));
    expect(states.slice(-2)).toEqual(['active', 'ended']);
  });

  it('ends with its own part, by its cause', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1005'), notAnsweredAt('c1', '1005', 'declined'));
    await expect.poll(calls).toMatchObject([{ state: 'ended', endCause: 'rejected' }]);
    happens(customerJoins('c2'), ringsAt('c2', '1005'), answeredAt('c2', '1005'), transfersTo('c2', '1005', '1002'));
    await expect.poll(calls).toMatchObject([
      { callId: 'c1', state: 'ended' },
      { callId: 'c2', state: 'ended', endCause: 'transferred' },
    ]);
  });

  it('is dialling while the own phone rings first, then rings at the other end', async () => {
    const legId = 'own';
    happens([
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'outbound',
        from: { number: '1005', name: null },
        to: { number: '0145000200' },
      },
      { type: 'leg-started', callId: 'c1', legId, role: 'agent', number: '1005', extension: '1005' },
      { type: 'leg-ringing', callId: 'c1', legId },
    ]);
    await expect
      .poll(calls)
      .toMatchObject([
        { legId, direction: 'outbound', state: 'dialing', remote: { number: '0145000200', name: null } },
      ]);
    happens([
      { type: 'leg-answered', callId: 'c1', legId },
      { type: 'leg-started', callId: 'c1', legId: 'b', role: 'customer', number: '0145000200', extension: null },
    ]);
    await expect.poll(calls).toMatchObject([{ state: 'dialing', answeredAt: null }]);
    happens([{ type: 'leg-ringing', callId: 'c1', legId: 'b' }]);
    await expect.poll(calls).toMatchObject([{ state: 'ringing' }]);
    const at = centre.clock.now() + 70_000;
    centre.telephony.tell({ type: 'leg-answered', callId: 'c1', legId: 'b', at });
    await expect.poll(calls).toMatchObject([{ state: 'active', answeredAt: at }]);
  });

  it('is told anew to who reconnects in the middle of it', async () => {
    happens(customerJoins('c1'), ringsAt('c1', '1005'), answeredAt('c1', '1005'));
    await expect.poll(calls).toMatchObject([{ state: 'active' }]);
    listener.socket.close();
    const address = centre.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    listener = await listening('1005', `http://127.0.0.1:${address.port}`);
    await expect.poll(calls).toMatchObject([{ state: 'active', callId: 'c1' }]);
  });

  it('is told to nobody whose phone is the app', async () => {
    const address = centre.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const alice = await listening('1001', `http://127.0.0.1:${address.port}`);
    happens(customerJoins('c1'), ringsAt('c1', '1001'), answeredAt('c1', '1001'));
    await expect.poll(() => alice.events.some(event => event.type === 'call.journalled')).toBe(true);
    expect(alice.events.filter(event => event.type === 'desk.calls')).toEqual([]);
    expect(calls()).toEqual([]);
    alice.socket.close();
  });
});
