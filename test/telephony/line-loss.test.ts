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

/** The program dies: no word, no sound, and the system closes its socket. */
function crash(phone: TestPhone): void {
  phone.loseNetwork();
  phone.socket.cut();
}

test('a phone that died in a call: the customer hears music, and is the next in the queue, with the label', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  await (await phone.incoming()).answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
  const waiting = centre.caller({ number: '+33612345699' });
  crash(phone);
  const diedAt = Date.now();
  await until('back in the queue', () => centre.of('queue-joined').length === 3);
  expect(Date.now() - diedAt).toBeLessThan(3000);
  expect(centre.of('queue-joined').at(-1)).toMatchObject({ callId: caller.callId, position: 1 });
  expect(centre.of('leg-ended')).toMatchObject([{ callId: caller.callId, cause: 'line-lost' }]);
  await until('music', () => caller.heard.rms() > 200 && caller.heard.level(600) < 100);
  const next = await centre.phone('1002', { hz: 900 });
  const back = await next.incoming();
  expect(back.invite?.header('x-call-id')).toBe(caller.callId);
  expect(back.invite?.header('x-transfer-returned')).toBe('line-lost;to=1001');
  expect(centre.of('offered').at(-1)).toMatchObject({ returnedTransferId: null, queueId: 'support' });
  await back.answer();
  await until('they talk', () => caller.heard.level(900) > 4000 && back.media.heard.level(440) > 4000);
  expect(waiting.state).toBe('waiting');
});

test('a phone that died while its customer was on hold and it talked with a colleague: the same', async () => {
  centre = await TestCentre.open([aQueue({ memberExtensions: ['1001'] })]);
  const phone = await centre.phone('1001', { hz: 600 });
  const colleague = await centre.phone('1002', { hz: 900 });
  const caller = centre.caller();
  const held = await phone.incoming();
  await held.answer();
  await held.reinvite('sendonly');
  const consult = await phone.dial('1002');
  await (await colleague.incoming()).answer();
  await until('they talk', () => consult.media.heard.level(900) > 4000);
  crash(phone);
  const diedAt = Date.now();
  await until('back in the queue', () => centre.of('queue-joined').length === 2);
  expect(Date.now() - diedAt).toBeLessThan(3000);
  expect(centre.of('queue-joined').at(-1)).toMatchObject({ callId: caller.callId, position: 1 });
});

test('of two colleagues one phone dies: the call ends for both', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const other = await centre.phone('1002');
  await phone.dial('1002');
  const call = await other.incoming();
  await call.answer();
  await until('they talk', () => call.media.heard.level(600) > 4000);
  crash(phone);
  expect((await centre.event('call-ended')).cause).toBe('line-lost');
  await until('BYE', () => call.state === 'ended');
});

test('a phone whose network is gone for a moment: its customer hears music until it is heard again', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
  call.media.cut();
  await until('music', () => caller.heard.rms() > 200 && caller.heard.level(600) < 100);
  expect(caller.state).toBe('talking');
  call.media.mend();
  await until('they talk', () => caller.heard.level(600) > 4000);
});

test('a phone that says nothing at all to an INVITE is not there: the next one is tried', async () => {
  centre = await TestCentre.open([aQueue()], { timing: { wordlessMs: 300 } });
  const first = await centre.phone('1001');
  const second = await centre.phone('1002');
  first.loseNetwork();
  centre.caller();
  await (await second.incoming()).answer();
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['line-lost', 'answered']);
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
  'a phone that crashed in a call and was started again: its customer comes back to it within seconds %o',
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
    const back = await restarted.incoming(0, 4000);
    expect(back.invite?.header('x-call-id')).toBe(caller.callId);
    expect(centre.of('leg-ended').map(({ cause }) => cause)).toContain('line-lost');
    await back.answer();
    await until('they talk', () => back.media.heard.level(440) > 4000);
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
