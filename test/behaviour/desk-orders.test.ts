import { expect, test } from 'vitest';
import { deskPhoneDigests } from '../../src-server/agents/desk-phone-password';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type AtDesk, useCentre } from './centre';

const password = 'on a label under it';
const centre = useCentre({
  queues: [
    aQueue({ memberExtensions: ['1005'] }),
    aQueue({ id: 'sales', name: 'Sales', number: '801', memberExtensions: ['1003'] }),
  ],
  extensions: [
    ...['1001', '1002', '1003', '1004'].map(each => anExtension(each)),
    ...['1005', '1006'].map(each => anExtension(each, { deskPhone: deskPhoneDigests(each, password) })),
  ],
  timing: { transferRingMs: 1200, returnRingMs: 1500, ownPhoneRingMs: 1500 },
});
const isLoud = 4000;
const isNothing = 300;
/** From the failure on: the customer hears somebody, or rings at somebody. */
const backWithinMs = 3000;

const talking = (): Promise<AtDesk> => centre.talkingAtDesk('1005', password);

/** A customer, and the colleague 1002 (900), whom the centre has called for the desk phone; the customer is on hold. */
async function consulting() {
  const first = await talking();
  const target = await centre.phone('1002', { hz: 900 });
  await first.call.hold();
  const consultCallId = await centre.engine.dial('1005', '1002');
  const own = await first.desk.incoming(1);
  await own.answer();
  const consulted = await target.incoming();
  await consulted.answer();
  await until('both hear', () => own.hears(900) > isLoud && consulted.media.heard.level(600) > isLoud);
  await centre.joined(consultCallId, '1002');
  return { ...first, target, consultCallId, own, consulted };
}

test('sent to a colleague at another desk phone: those two hear each other and the sender nothing', async () => {
  const { customer, call } = await talking();
  const target = await centre.deskSet('1006', password, 900);
  await centre.engine.transferCall(customer.callId, '1005', '1006');
  await until('the sender is free', () => call.isOver);
  const ringing = await target.incoming();
  await ringing.answer();
  await until('both hear', () => ringing.hears(440) > isLoud && customer.heard.level(900) > isLoud);
  expect(ringing.hears(600)).toBeLessThan(isNothing);
  await until('the sender is not heard', () => customer.heard.level(600) < isNothing);
  expect((await centre.event('transfer-ended')).outcome).toBe('completed');
});

test.each([
  ['busy', 486, 'busy'],
  ['refusing', 603, 'rejected'],
] as const)(
  'the target is %s: the customer is back at the desk phone within three seconds',
  async (_is, status, outcome) => {
    const { customer, desk } = await talking();
    const target = await centre.phone('1002', { hz: 900 });
    await centre.engine.transferCall(customer.callId, '1005', '1002');
    (await target.incoming()).decline(status);
    const failedAt = performance.now();
    const back = await desk.incoming(1);
    expect(performance.now() - failedAt).toBeLessThan(backWithinMs);
    expect((await centre.event('transfer-ended')).outcome).toBe(outcome);
    await back.answer();
    await until('both hear', () => back.hears(440) > isLoud && customer.heard.level(600) > isLoud);
    expect(customer.heard.level(900)).toBeLessThan(isNothing);
  },
);

test.each([
  ['silent', true],
  ['not there', false],
] as const)('the target is %s: back at the desk phone within three seconds of its time', async (_is, isThere) => {
  const { customer, desk } = await talking();
  if (isThere) await centre.phone('1002', { hz: 900 });
  await centre.engine.transferCall(customer.callId, '1005', '1002');
  await centre.event('transfer-ended');
  const failedAt = performance.now();
  const back = await desk.incoming(1);
  expect(performance.now() - failedAt).toBeLessThan(backWithinMs);
  await back.answer();
  await until('both hear', () => back.hears(440) > isLoud && customer.heard.level(600) > isLoud);
});

test('completed: customer and colleague hear each other, told as an attended transfer', async () => {
  const { customer, call, own, consulted, consultCallId } = await consulting();
  await until('the customer waits', () => customer.heard.level(600) < isNothing);
  const askedAt = performance.now();
  await centre.engine.completeTransfer(customer.callId, consultCallId, '1005');
  await until('both hear', () => consulted.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud);
  expect(performance.now() - askedAt).toBeLessThan(backWithinMs);
  await until('both of the sender’s calls end', () => call.isOver && own.isOver);
  await until('the sender is not heard', () => customer.heard.level(600) < isNothing);
  const { transferId, ...started } = await centre.event('transfer-started');
  expect(started).toMatchObject({ kind: 'attended', callId: customer.callId, extension: '1005', consultCallId });
  expect(await centre.event('transfer-ended')).toMatchObject({ transferId, outcome: 'completed' });
  expect(centre.of('conference-started')).toEqual([]);
  expect(await centre.event('call-ended', ({ callId }) => callId === consultCallId)).toMatchObject({
    cause: 'transferred',
  });
  const packets = consulted.media.packetsReceived;
  await until(
    'a second of talk: sooner it would mean the sender',
    () => consulted.media.packetsReceived > packets + 50,
  );
  consulted.hangUp();
  expect((await centre.event('call-ended', ({ callId }) => callId === customer.callId)).cause).toBe('completed');
});

test('completed while the colleague hangs up: the customer is back at the desk phone', async () => {
  const { customer, desk, consulted, consultCallId } = await consulting();
  const completed = centre.engine.completeTransfer(customer.callId, consultCallId, '1005').catch(() => undefined);
  consulted.hangUp();
  await completed;
  // Too late for the order the customer is where it was, on hold; else it rings here again.
  const isStillHere = (): boolean => centre.of('transfer-started').length === 0 && customer.state === 'talking';
  await until('back', () => desk.incomingCount > 2 || isStillHere(), backWithinMs);
  expect(customer.state).not.toBe('ended');
});

test('a conference: three hear one another, and the desk phone may leave by order', async () => {
  const { customer, call, consulted, consultCallId } = await consulting();
  await centre.engine.mergeCalls(customer.callId, consultCallId);
  expect(customer.state).toBe('talking');
  await call.takeBack();
  await until('the desk phone hears both', () => call.hears(440) > 2000 && call.hears(900) > 2000);
  await until('the customer hears both', () => customer.heard.level(600) > 2000 && customer.heard.level(900) > 2000);
  await until(
    'the colleague hears both',
    () => consulted.media.heard.level(440) > 2000 && consulted.media.heard.level(600) > 2000,
  );
  await centre.engine.hangUpFor(customer.callId, '1005');
  await until('the desk phone is free', () => call.isOver);
  await until(
    'the others go on',
    () => consulted.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud,
  );
  await until('the desk phone is not heard', () => customer.heard.level(600) < isNothing);
});

test('hung up by order: the customer’s call is over as if the phone had', async () => {
  const { customer, call } = await talking();
  await centre.engine.hangUpFor(customer.callId, '1005');
  await until('both are free', () => call.isOver && customer.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
  await expect(centre.engine.hangUpFor(customer.callId, '1005')).rejects.toMatchObject({ code: 'not-found' });
});

test('click-to-dial is taken back while the own phone rings, and while the other one does', async () => {
  const desk = await centre.deskSet('1005', password, 600);
  const target = await centre.phone('1002', { hz: 900 });
  const first = await centre.engine.dial('1005', '1002');
  const own = await desk.incoming();
  await centre.engine.hangUpFor(first, '1005');
  await until('the own phone is silent', () => own.isOver);
  expect((await centre.event('call-ended')).cause).toBe('agent-cancelled');
  const second = await centre.engine.dial('1005', '1002');
  const again = await desk.incoming(1);
  await again.answer();
  const ringing = await target.incoming();
  await centre.engine.hangUpFor(second, '1005');
  await until('both are free', () => again.isOver && ringing.state === 'ended');
  expect((await centre.event('call-ended', ({ callId }) => callId === second)).cause).toBe('agent-cancelled');
});

test('a desk phone that takes one call only: who calls hears busy, who is sent comes back, what came back rings', async () => {
  centre.oneCall.add('1005');
  const { desk, call, customer } = await talking();
  const colleague = await centre.phone('1002', { hz: 900 });
  const refused = await colleague.dial('1005');
  await until('busy', () => refused.statuses.includes(486));
  const sales = await centre.phone('1003', { hz: 1100 });
  const other = await centre.customer({ queue: '801', number: '0145550143' });
  const sent = await sales.incoming();
  await sent.answer();
  await until('they talk', () => other.heard.level(1100) > isLoud);
  await sent.refer('1005');
  expect((await centre.event('transfer-ended')).outcome).toBe('busy');
  const back = await sales.incoming(1);
  expect(back.invite?.header('x-transfer-returned')).toBe('busy;to=1005');
  await back.answer();
  expect(desk.incomingCount).toBe(1);
  await until('the desk phone talks on', () => call.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  await centre.engine.transferCall(customer.callId, '1005', '1004');
  const own = await desk.incoming(1);
  await own.answer();
  own.hangUp();
  await centre.event('call-ended', ({ callId }) => callId === customer.callId);
  await colleague.dial('1005');
  await desk.incoming(2);
});

test('orders that cannot be done are said so, and nothing changes', async () => {
  const { customer, call } = await talking();
  const none = { code: 'not-found' };
  const refused = { code: 'call/not-allowed' };
  await expect(centre.engine.completeTransfer(customer.callId, 'nothing', '1005')).rejects.toMatchObject(none);
  await expect(centre.engine.completeTransfer(customer.callId, customer.callId, '1005')).rejects.toMatchObject(refused);
  await expect(centre.engine.completeTransfer('nothing', customer.callId, '1005')).rejects.toMatchObject(none);
  await expect(centre.engine.hangUpFor(customer.callId, '1002')).rejects.toMatchObject(none);
  await until('they talk', () => call.hears(440) > isLoud && customer.heard.level(600) > isLoud);
});
