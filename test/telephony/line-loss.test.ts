import { afterEach, expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';
import { TestPhone } from './test-phone';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

test('the customer hangs up while the socket is down: BYE waits for the new one', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  phone.socket.cut();
  await centre.event('line-signalling-lost');
  caller.hangUp();
  await centre.event('call-ended');
  expect(call.state).toBe('confirmed');
  await phone.reconnect();
  await until('BYE', () => call.state === 'ended');
});

test('a phone that lost its socket while ringing may come back and answer', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const caller = centre.caller();
  const call = await phone.incoming();
  phone.socket.cut();
  await centre.event('line-signalling-lost');
  await phone.reconnect();
  await call.answer();
  expect(caller.state).toBe('talking');
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['answered']);
});

test('a ringing phone that stays away loses the offer to the next member', async () => {
  centre = await TestCentre.open([aQueue()], { timing: { ringingLineLossMs: 200 } });
  const first = await centre.phone('1001');
  const second = await centre.phone('1002');
  centre.caller();
  const call = await first.incoming();
  first.socket.cut();
  await (await second.incoming()).answer();
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['line-lost', 'answered']);
  await first.reconnect();
  await until('the late phone stops ringing', () => call.state === 'ended'); // CANCEL waited for it
});

test('a phone that is gone altogether frees its customer', async () => {
  centre = await TestCentre.open([aQueue()], { timing: { deadMediaMs: 300 } });
  const phone = await centre.phone('1001');
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await call.media.close();
  phone.socket.cut();
  expect((await centre.event('call-ended')).cause).toBe('line-lost');
  expect(caller.state).toBe('ended');
});

test('a restarted engine does not know the old calls: BYE gets 481', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await centre.engine.stop();
  expect((await centre.event('call-ended')).cause).toBe('failed');
  await until('socket closed', () => phone.socket.closeCode !== null);
  await centre.engine.start();
  await phone.reconnect();
  call.state = 'confirmed';
  expect((await call.response('BYE', call.request('BYE'))).status).toBe(481);
});

// Signed in anew, the former secret is revoked before the new phone registers; registered with the same one, it takes the place.
test.each([{ isSignedInAnew: true }, { isSignedInAnew: false }])(
  'a phone that crashed in a call and was started again: the dead call ends within seconds and a new one is offered %o',
  async ({ isSignedInAnew }) => {
    centre = await TestCentre.open();
    const crashed = await centre.phone('1001');
    const caller = centre.caller();
    await (await crashed.incoming()).answer();
    await until('they talk', () => caller.state === 'talking');
    await crashed.close();
    if (isSignedInAnew) await centre.engine.revokeLineCredential('1001');
    const options = isSignedInAnew ? await centre.credentials('1001') : crashed.options;
    const restarted = await TestPhone.registered({ ...options, instance: 'another-instance' });
    await until('the dead call ends', () => caller.state === 'ended', 4000);
    expect(centre.of('leg-ended').map(({ cause }) => cause)).toContain('line-lost');
    centre.caller();
    await restarted.incoming();
    await restarted.close();
  },
);

test('a second device takes the line over: the call on the first goes on as long as its media flow', async () => {
  centre = await TestCentre.open();
  const first = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await first.incoming();
  await call.answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
  first.socket.cut();
  const second = await TestPhone.registered({ ...first.options, instance: 'another-instance' });
  const packets = call.media.packetsReceived;
  await until('three seconds of talk', () => call.media.packetsReceived > packets + 150);
  expect(caller.state).toBe('talking');
  await second.close();
});
