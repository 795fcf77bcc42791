import { expect, test } from 'vitest';
import { deskPhoneDigests } from '../../src-server/agents/desk-phone-password';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type AtDesk, useCentre } from './centre';

const password = 'on a label under it';
const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1005'] })],
  extensions: [
    ...['1001', '1002'].map(each => anExtension(each)),
    anExtension('1005', { deskPhone: deskPhoneDigests('1005', password) }),
  ],
  timing: { transferRingMs: 1200, returnRingMs: 1500, ownPhoneRingMs: 1500 },
});
const isLoud = 4000;
const isNothing = 300;
const isMusic = 100;

const talking = (): Promise<AtDesk> => centre.talkingAtDesk('1005', password);

/** Music for the customer, and nothing at the ear of who holds. */
const waits = ({ customer, call }: AtDesk): Promise<unknown> =>
  until(
    'music for the one and silence for the other',
    () => customer.heard.level(600) < isNothing && customer.heard.rms() > isMusic && call.hears(440) < isNothing,
  );

async function onHold(): Promise<AtDesk> {
  const talk = await talking();
  await centre.engine.setHeld(talk.customer.callId, '1005', true);
  await waits(talk);
  return talk;
}

const holds = (): string[] =>
  [...centre.of('leg-held'), ...centre.of('leg-resumed')]
    .toSorted((a, b) => a.at - b.at)
    .map(event => (event.type === 'leg-resumed' ? 'resumed' : event.isOrdered === true ? 'by order' : 'at the phone'));

test('held by order: music for the customer, silence for the phone, and back', async () => {
  const talk = await talking();
  const { callId } = talk.customer;
  await centre.engine.setHeld(callId, '1005', true);
  const { legId } = await centre.event('offered');
  expect(await centre.event('leg-held')).toMatchObject({ callId, legId, isOrdered: true });
  await waits(talk);
  await centre.engine.setHeld(callId, '1005', true); // it is
  await centre.engine.setHeld(callId, '1005', false);
  expect(await centre.event('leg-resumed')).toMatchObject({ callId, legId });
  await talk.hear();
  expect(holds()).toEqual(['by order', 'resumed']);
  const { at: heldAt } = await centre.event('leg-held');
  talk.customer.hangUp();
  const { at, durationMs } = await centre.event('recording-finished');
  expect(centre.of('recording-started')).toHaveLength(1);
  const { at: begunAt } = await centre.event('recording-started');
  expect(durationMs).toBeGreaterThan(heldAt - begunAt);
  expect(durationMs).toBeLessThan(at - begunAt + 200);
});

test('ordered on and off in one breath: as it was ordered last', async () => {
  const talk = await talking();
  const { callId } = talk.customer;
  await Promise.all([true, false, true, false].map(isHeld => centre.engine.setHeld(callId, '1005', isHeld)));
  await talk.hear();
  await Promise.all([true, false, true].map(isHeld => centre.engine.setHeld(callId, '1005', isHeld)));
  await waits(talk);
  expect(talk.customer.state).toBe('talking');
});

test('the phone’s own key has the last word: what it holds no order takes back, what it takes back nobody holds', async () => {
  const talk = await onHold();
  const { callId } = talk.customer;
  await talk.call.hold();
  await until('told', () => holds().length === 2);
  await expect(centre.engine.setHeld(callId, '1005', false)).rejects.toMatchObject({ code: 'call/held-at-phone' });
  await waits(talk);
  await talk.call.takeBack();
  await talk.hear();
  expect(holds()).toEqual(['by order', 'at the phone', 'resumed']);
});

test.each(['the customer', 'the phone', 'an order'] as const)('ended on hold by %s: over for both', async who => {
  const { customer, call } = await onHold();
  if (who === 'the customer') customer.hangUp();
  else if (who === 'the phone') call.hangUp();
  else await centre.engine.hangUpFor(customer.callId, '1005');
  await until('both are free', () => call.isOver && customer.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('sent on while on hold: refused and back, then through', async () => {
  const { desk, customer, call } = await onHold();
  const target = await centre.phone('1002', { hz: 900 });
  await centre.engine.transferCall(customer.callId, '1005', '1002');
  (await target.incoming()).decline(603);
  await until('the sender was free', () => call.isOver);
  const back = await desk.incoming(1);
  await back.answer();
  await until('both hear', () => back.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  await centre.joined(customer.callId, '1005');
  await centre.engine.setHeld(customer.callId, '1005', true);
  await centre.engine.transferCall(customer.callId, '1005', '1002');
  const taken = await target.incoming(1);
  await taken.answer();
  await until('both hear', () => taken.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud);
  expect(centre.of('transfer-ended').map(({ outcome }) => outcome)).toEqual(['rejected', 'completed']);
});

/** The colleague 1002 (900) is asked from the phone’s second call, and the customer is on hold by order. */
async function asking() {
  const talk = await onHold();
  const target = await centre.phone('1002', { hz: 900 });
  const consultCallId = await centre.engine.dial('1005', '1002');
  const own = await talk.desk.incoming(1);
  await own.answer();
  const asked = await target.incoming();
  await asked.answer();
  await until('both hear', () => own.hears(900) > isLoud && asked.media.heard.level(600) > isLoud);
  await centre.joined(consultCallId, '1002');
  return { ...talk, consultCallId, own, asked };
}

test('the customer on hold is given to the colleague', async () => {
  const { customer, call, own, asked, consultCallId } = await asking();
  await until('the colleague does not hear the customer', () => asked.media.heard.level(440) < isNothing);
  await centre.engine.completeTransfer(customer.callId, consultCallId, '1005');
  await until('both hear', () => asked.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud);
  await until('the phone is free', () => call.isOver && own.isOver);
  expect((await centre.event('transfer-ended')).outcome).toBe('completed');
});

test('the customer on hold comes into one room with the colleague', async () => {
  const { customer, call, asked, consultCallId } = await asking();
  await centre.engine.mergeCalls(customer.callId, consultCallId);
  await until('the phone hears both', () => call.hears(440) > 2000 && call.hears(900) > 2000);
  await until('the customer hears both', () => customer.heard.level(600) > 2000 && customer.heard.level(900) > 2000);
  await until(
    'the colleague hears both',
    () => asked.media.heard.level(440) > 2000 && asked.media.heard.level(600) > 2000,
  );
  await expect(centre.engine.setHeld(customer.callId, '1005', true)).rejects.toMatchObject({
    code: 'call/not-allowed',
  });
});

test('the colleague waits while the customer is heard, and the other way round', async () => {
  const { customer, call, own, asked, consultCallId } = await asking();
  await centre.engine.setHeld(consultCallId, '1005', true);
  await centre.engine.setHeld(customer.callId, '1005', false);
  await until('the customer is heard', () => call.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  await until('the colleague is not', () => own.hears(900) < isNothing && asked.media.heard.level(600) < isNothing);
  await centre.engine.setHeld(customer.callId, '1005', true);
  await centre.engine.setHeld(consultCallId, '1005', false);
  await until('the colleague is heard', () => own.hears(900) > isLoud && asked.media.heard.level(600) > isLoud);
  await until('the customer is not', () => call.hears(440) < isNothing && customer.heard.level(600) < isNothing);
  asked.hangUp();
  await until('the consultation is over', () => own.isOver);
  await centre.engine.setHeld(customer.callId, '1005', false);
  await until('the customer is heard', () => call.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  expect(customer.state).toBe('talking');
});

test('a phone that holds its first line by itself: which call is heard is ordered all the same, again and again', async () => {
  const { customer, call, own, asked, consultCallId } = await asking();
  await call.hold(); // as phones do that pick up a second call
  const customerHeard = (): Promise<unknown> =>
    until('the customer is heard, the colleague is not', () => {
      const isHeard = own.hears(440) > isLoud && customer.heard.level(600) > isLoud;
      return isHeard && asked.media.heard.level(600) < isNothing && own.hears(900) < isNothing;
    });
  const colleagueHeard = (): Promise<unknown> =>
    until('the colleague is heard, the customer is not', () => {
      const isHeard = own.hears(900) > isLoud && asked.media.heard.level(600) > isLoud;
      return isHeard && customer.heard.level(600) < isNothing && own.hears(440) < isNothing;
    });
  await until('told', () => holds().at(-1) === 'at the phone');
  await centre.engine.setHeld(customer.callId, '1005', false);
  await customerHeard();
  expect(call.hears(440)).toBeLessThan(isNothing);
  await until('the customer hears no colleague', () => customer.heard.level(900) < isNothing);
  await centre.engine.setHeld(consultCallId, '1005', false);
  await colleagueHeard();
  await centre.engine.setHeld(consultCallId, '1005', true);
  await centre.engine.setHeld(customer.callId, '1005', false);
  await customerHeard();
  expect(centre.of('leg-ended')).toEqual([]);
  asked.hangUp();
  await until('the line that waited is free, the other talks on', () => call.isOver && !own.isOver);
  expect((await centre.event('call-ended')).callId).toBe(consultCallId);
  await until('the customer is heard', () => own.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  own.hangUp();
  await until('over', () => customer.state === 'ended');
});

test('after the lines have changed the phone’s own keys mean what is heard there', async () => {
  const { customer, call, own, asked } = await asking();
  await call.hold();
  await until('told', () => holds().at(-1) === 'at the phone');
  await centre.engine.setHeld(customer.callId, '1005', false);
  await until('the customer is heard', () => own.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  await own.hold();
  await call.takeBack();
  await until('the colleague is heard', () => call.hears(900) > isLoud && asked.media.heard.level(600) > isLoud);
  await until('the customer waits', () => customer.heard.level(600) < isNothing && customer.heard.rms() > isMusic);
  call.hangUp();
  await until('the colleague is free', () => asked.state === 'ended');
  await own.takeBack();
  await until('the customer is heard', () => own.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  expect(customer.state).toBe('talking');
});

/** The phone talks with the customer, and the colleague waits on its other line. */
async function backAtCustomer() {
  const talk = await asking();
  await talk.call.hold();
  await until('told', () => holds().at(-1) === 'at the phone');
  await centre.engine.setHeld(talk.customer.callId, '1005', false);
  const { own, customer } = talk;
  await until('the customer is heard', () => own.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  return talk;
}

test('after the lines have changed the customer is given to the colleague', async () => {
  const { customer, call, own, asked, consultCallId } = await backAtCustomer();
  await centre.engine.completeTransfer(customer.callId, consultCallId, '1005');
  await until('both hear', () => asked.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud);
  await until('the phone is free', () => call.isOver && own.isOver);
  expect((await centre.event('transfer-ended')).outcome).toBe('completed');
});

test.each([0, 2, 4, 6, 9, 15])(
  'the line to the colleague is put down %i ms after the customer was given over: nobody loses the customer',
  async ms => {
    const { customer, call, own, asked, consultCallId } = await backAtCustomer();
    const offers = centre.of('offered').length;
    const given = centre.engine
      .completeTransfer(customer.callId, consultCallId, '1005')
      .catch((error: unknown) => error);
    await new Promise(passed => setTimeout(passed, ms));
    call.hangUp();
    await given;
    await until('the customer has somebody, or is brought back', () => {
      const isWithColleague = asked.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud;
      const isWithPhone = asked.state === 'ended' && own.hears(440) > isLoud && customer.heard.level(600) > isLoud;
      return isWithColleague || isWithPhone || (asked.state === 'ended' && centre.of('offered').length > offers);
    });
    expect(customer.state).toBe('talking');
  },
);

test('the colleague who waited hangs up in the moment of completion, and meant the agent: the customer comes back', async () => {
  const { customer, asked, consultCallId, desk } = await backAtCustomer();
  await centre.engine.completeTransfer(customer.callId, consultCallId, '1005');
  asked.hangUp();
  const back = await desk.incoming(2);
  await back.answer();
  await until('both hear', () => back.hears(440) > isLoud && customer.heard.level(600) > isLoud);
  expect(customer.state).toBe('talking');
});
