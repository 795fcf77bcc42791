import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { anExtension, aQueue } from '../behaviour/rig/behaviour-centre';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import type { TestPhone } from '../telephony/test-phone';

const reason = whyNoAsterisk();

/** A second call of this phone, which the other one has not answered yet. */
async function stillRinging(phone: TestPhone, other: TestPhone): Promise<{ mine: PhoneCall; ringing: PhoneCall }> {
  const mine = await phone.dial(other.options.extension);
  const ringing = await other.incoming();
  const progress = await until('180', () => mine.received.find(({ status }) => status === 180));
  mine.dialog.remote = progress.header('to');
  return { mine, ringing };
}

describe.skipIf(reason !== null)('transfers and rooms of a real Asterisk', () => {
  let centre: AsteriskCentre;
  const cutServerOff = async (): Promise<void> => {
    const before = centre.logged.length;
    centre.ami.cut();
    await until('noticed', () => centre.logged.slice(before).some(line => line.includes('no connection')));
  };
  beforeAll(async () => {
    centre = new AsteriskCentre({
      queues: [aQueue({ memberExtensions: ['1001'] })],
      extensions: ['1001', '1002', '1003'].map(extension => anExtension(extension)),
      timing: { transferRingMs: 2000, returnRingMs: 1000 },
    });
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    centre.ami.mend();
    await centre.clear();
  });
  afterAll(() => centre.close());

  it('without the central server: through to the target, back to the sender, to the head of the queue', async () => {
    const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    await cutServerOff();
    await call.refer('1002');
    const target = await two.incoming();
    await target.answer();
    await until('heard', () => customer.heard.level(900) > 4000);
    await target.refer('55');
    (await two.incoming(1)).decline(603);
    const waiting = await one.incoming(1);
    expect(waiting.invite?.header('x-transfer-returned')).toBe('not-found;to=55');
    await waiting.answer();
    await until('heard', () => customer.heard.level(600) > 4000);
    centre.ami.mend();
    // Two transfers in one gap: who has the customer now is told, and that who had it before sent it away.
    expect((await centre.event('leg-ended', undefined, 15_000)).cause).toBe('transferred');
    await until('the new leg', () => centre.of('leg-answered').length === 3);
    expect(centre.of('leg-started').at(-1)).toMatchObject({ callId: customer.callId, extension: '1001' });
    customer.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
  }, 40_000);

  it('without the central server a target that has talked and hangs up has finished: nobody is rung', async () => {
    const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    await call.reinvite('sendonly');
    const consult = await one.dial('1002');
    const consulted = await two.incoming();
    await consulted.answer();
    await until('asked', () => consulted.media.heard.level(600) > 4000);
    await cutServerOff();
    await call.referTo(consult, '1002');
    await until('given over', () => consulted.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
    const packets = consulted.media.packetsReceived;
    await until('a second of talk', () => consulted.media.packetsReceived > packets + 50);
    consulted.hangUp();
    await until('the customer is let go', () => centre.carrier.calls.every(({ state }) => state === 'ended'));
    expect(one.incomingCount).toBe(1);
  });

  it('a transfer in progress when the server comes back is told as it is, and ends once', async () => {
    const [one, two] = [await centre.phone('1001'), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    await cutServerOff();
    await call.refer('1002');
    const target = await two.incoming();
    centre.ami.mend();
    expect(await centre.event('transfer-started', undefined, 15_000)).toMatchObject({
      kind: 'blind',
      extension: '1001',
    });
    await until('talks with the target, or is back', () => {
      if (target.state === 'early') void target.sendAnswer().catch(() => undefined);
      return centre.of('transfer-ended').length === 1;
    });
    customer.hangUp();
    await centre.event('call-ended');
    expect(centre.of('leg-ended')[0]).toMatchObject({ cause: 'transferred' });
  }, 40_000);

  it('an attended transfer and a room in a gap are told afterwards', async () => {
    const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    const { mine, ringing } = await stillRinging(one, two);
    await ringing.answer();
    await until('talks', () => mine.state === 'confirmed' && ringing.media.heard.level(600) > 4000);
    await until('told', () => centre.of('leg-answered').length === 4);
    await cutServerOff();
    await call.referTo(mine, '1002');
    await until('heard', () => customer.heard.level(900) > 4000);
    centre.ami.mend();
    expect(await centre.event('transfer-started', undefined, 15_000)).toMatchObject({
      kind: 'attended',
      callId: customer.callId,
      to: { number: '1002' },
    });
    expect((await centre.event('transfer-ended')).outcome).toBe('completed');
    ringing.hangUp();
    await centre.event('call-ended', ({ callId }) => callId === customer.callId);
    expect(centre.of('call-ended').map(({ cause }) => cause)).toEqual(['transferred', 'completed']);
  }, 40_000);

  it('a room outlives a gap: who left is told, the last alone is let go', async () => {
    const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    const { mine, ringing } = await stillRinging(one, two);
    await ringing.answer();
    await until('talks', () => mine.state === 'confirmed' && ringing.media.heard.level(600) > 4000);
    const { callId } = await centre.event('call-started', ({ direction }) => direction === 'internal');
    await centre.joined(callId, '1002');
    await centre.engine.mergeCalls(customer.callId, callId);
    await until('three', () => customer.heard.level(900) > 3000 && customer.heard.level(600) > 3000);
    await cutServerOff();
    call.hangUp();
    await until('two', () => customer.heard.level(600) < 500);
    centre.ami.mend();
    await centre.event('conference-ended', undefined, 15_000);
    await until('still two', () => customer.heard.level(900) > 3000 && ringing.media.heard.level(440) > 3000);
    ringing.hangUp();
    await until('let go', () => customer.state === 'ended');
    expect((await centre.event('call-ended', each => each.callId === customer.callId)).cause).toBe('completed');
  }, 40_000);

  it('a room of two without the central server: the last one alone is let go', async () => {
    const [one, two] = [await centre.phone('1001'), await centre.phone('1002')];
    const { customer, call } = await centre.talking(one);
    const { mine, ringing } = await stillRinging(one, two);
    await ringing.answer();
    await until('talks', () => mine.state === 'confirmed');
    const { callId } = await centre.event('call-started', ({ direction }) => direction === 'internal');
    await centre.joined(callId, '1002');
    await centre.engine.mergeCalls(customer.callId, callId);
    await cutServerOff();
    customer.hangUp();
    call.hangUp();
    await until('let go', () => ringing.state === 'ended');
    centre.ami.mend();
    expect((await centre.event('call-ended', each => each.callId === customer.callId, 15_000)).cause).toBe('completed');
  }, 40_000);

  it('who sent a customer away gets the next one', async () => {
    const [one, two] = [await centre.phone('1001'), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    await call.refer('1002');
    await (await two.incoming()).answer();
    await until('heard', () => customer.heard.level(900) > 4000);
    const next = await centre.customer({ number: '0145550143' });
    await (await one.incoming(1)).answer();
    await until('talks', () => next.state === 'talking');
    expect(customer.state).toBe('talking');
  });

  it('a failed transfer rings at the sender within 300 ms', async () => {
    const [one, two] = [await centre.phone('1001'), await centre.phone('1002')];
    const { call } = await centre.talking(one);
    await call.refer('1002');
    const target = await two.incoming();
    const declinedAt = performance.now();
    target.decline(486);
    await one.incoming(1);
    expect(performance.now() - declinedAt).toBeLessThan(300);
  });

  it.each([486, 603])(
    'REFER to a consultation that still rings, and then says %i: back to the sender',
    async status => {
      const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002')];
      const { customer, call } = await centre.talking(one);
      const { mine, ringing } = await stillRinging(one, two);
      expect((await call.referTo(mine, '1002')).status).toBe(202);
      await until('taken', () => call.state === 'ended');
      ringing.decline(status);
      const back = await one.incoming(1);
      expect(back.invite?.header('x-call-id')).toBe(customer.callId);
      expect(back.invite?.header('x-transfer-returned')).toBe(`${status === 486 ? 'busy' : 'rejected'};to=1002`);
      await back.answer();
      await until('back', () => back.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
      await centre.event('transfer-ended');
      expect(centre.of('transfer-ended').map(({ outcome }) => outcome)).toEqual([status === 486 ? 'busy' : 'rejected']);
    },
  );

  it('REFER to a consultation that still rings, and is answered then', async () => {
    const [one, two] = [await centre.phone('1001', { hz: 600 }), await centre.phone('1002', { hz: 900 })];
    const { customer, call } = await centre.talking(one);
    const { mine, ringing } = await stillRinging(one, two);
    await call.referTo(mine, '1002');
    await until('taken', () => call.state === 'ended');
    await ringing.answer();
    await until('heard', () => ringing.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
    expect(await centre.event('transfer-started')).toMatchObject({ kind: 'attended', callId: customer.callId });
    expect((await centre.event('transfer-ended')).outcome).toBe('completed');
    customer.hangUp();
    await centre.event('call-ended', ({ callId }) => callId === customer.callId);
  });
});
