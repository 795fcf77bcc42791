import { afterEach, describe, expect, it } from 'vitest';
import type { Channels } from '../../../src-shared/queues/channels';
import { answeredAt, customerJoins, hangsUp, ringsAt, told, type UntimedEvent } from '../../builders/a-told-call';
import { LiveListener } from './live-listener';
import { TestCentre } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.close());

const listening = async (url: string, extension: string): Promise<LiveListener> => {
  const listener = await LiveListener.connect(`${url.replace('http', 'ws')}/api/live`);
  listener.hello((await centre.signIn(extension)).accessToken);
  await expect.poll(() => listener.events.some(({ type }) => type === 'wrap-up.changed')).toBe(true);
  return listener;
};
const seen = (listener: LiveListener): Channels[] =>
  listener.events.flatMap(event => (event.type === 'channels' ? [event.channels] : []));
const happens = (events: readonly UntimedEvent[]): void => {
  centre.telephony.tell(...told(centre.clock.now(), events));
  centre.clock.pass(500);
};

describe('lines to the outside', () => {
  it('are counted while somebody outside waits or talks, and told to who leads, of those there are', async () => {
    centre = await TestCentre.open({ channels: 30 });
    const url = await centre.listen();
    const [alice, marie, admin] = [
      await listening(url, '1001'),
      await listening(url, '2001'),
      await listening(url, '2003'),
    ];
    expect(seen(marie)).toEqual([{ inUse: 0, configured: 30 }]);
    happens([...customerJoins('c1'), ...customerJoins('c2')]);
    await expect.poll(() => seen(marie).at(-1)).toEqual({ inUse: 2, configured: 30 });
    happens([...ringsAt('c1', '1001'), ...answeredAt('c1', '1001')]); // the agent's phone takes none
    happens(hangsUp('c1', '1001'));
    await expect.poll(() => seen(marie).at(-1)).toEqual({ inUse: 1, configured: 30 });
    happens([{ type: 'call-ended', callId: 'c2', cause: 'engine-lost' }]);
    await expect.poll(() => seen(admin).at(-1)).toEqual({ inUse: 0, configured: 30 });
    expect(seen(marie)).toHaveLength(4);
    expect(seen(alice)).toEqual([]);
  });

  it('are none for a call between colleagues, and of unknown number where nobody has said it', async () => {
    centre = await TestCentre.open();
    const marie = await listening(await centre.listen(), '2001');
    const from = { number: '1002', name: null };
    happens([
      { type: 'call-started', callId: 'c1', direction: 'internal', from, to: { number: '1001' } },
      { type: 'leg-started', callId: 'c1', legId: 'a', role: 'agent', number: '1002', extension: '1002' },
      { type: 'leg-started', callId: 'c1', legId: 'b', role: 'agent', number: '1001', extension: '1001' },
    ]);
    happens(customerJoins('c2'));
    await expect
      .poll(() => seen(marie))
      .toEqual([
        { inUse: 0, configured: null },
        { inUse: 1, configured: null },
      ]);
  });
});
