import { afterEach, expect, test } from 'vitest';
import type { PhoneCall } from './phone-call';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

/** What this engine does in its own way, or what only it can be made to do. */
async function talking(): Promise<{ call: PhoneCall; caller: ReturnType<TestCentre['caller']> }> {
  centre = await TestCentre.open([aQueue({ memberExtensions: ['1001'] })]);
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await until('the customer hears the agent', () => caller.heard.level(600) > 4000);
  return { call, caller };
}

test.each([
  ['a colleague', '1002'],
  ['nobody', '77'],
  ['a queue', '800'],
])('to %s: the phone is told that the engine has taken over, then BYE', async (_title, number) => {
  const { call } = await talking();
  await call.refer(number);
  await until('BYE', () => call.state === 'ended');
  expect(call.notified).toEqual([100, 200]);
  const notifies = call.received.filter(({ method, status }) => method === 'NOTIFY' && status === null);
  expect(notifies.map(message => message.header('subscription-state').split(';')[0])).toEqual(['active', 'terminated']);
  const cseq = call.received.find(({ method, status }) => method === 'REFER' && status === 202)?.cseq;
  expect(notifies[0]?.header('event')).toBe(`refer;id=${cseq}`);
});

test('to oneself: 486 by NOTIFY, and the call goes on', async () => {
  const { call, caller } = await talking();
  expect((await call.refer('1001')).status).toBe(202);
  await until('NOTIFY', () => call.notified.length === 2);
  expect(call.notified).toEqual([100, 486]);
  expect(caller.state).toBe('talking');
});

test.each([
  ['without Refer-To', [], 400],
  ['with half an escape', ['Refer-To: <sip:1002@centre.test?Replaces=%E0%A4%A>'], 400],
  ['with half a Replaces', ['Refer-To: <sip:1002@centre.test?Replaces=abc%3Bto-tag%3D1>'], 400],
  ['to a word', ['Refer-To: <sip:bob@centre.test>'], 400],
  ['to a star code', ['Refer-To: <sip:*43@centre.test>'], 400],
] as const)('REFER %s: refused, nothing changes', async (_title, headers, status) => {
  const { call, caller } = await talking();
  const cseq = call.request('REFER', headers);
  expect((await call.response('REFER', cseq)).status).toBe(status);
  expect(centre.of('transfer-started')).toEqual([]);
  await until('they talk', () => caller.heard.level(600) > 4000);
});

test('an unknown dialog in Replaces: 481 by NOTIFY, never as the answer, which would end the phone’s call', async () => {
  const { call, caller } = await talking();
  const { status } = await call.refer('sip:1002@centre.test?Replaces=nobody%3Bto-tag%3Da%3Bfrom-tag%3Db');
  expect(status).toBe(202);
  await until('NOTIFY', () => call.notified.length === 2);
  expect(call.notified).toEqual([100, 481]);
  expect(caller.state).toBe('talking');
});

test('a consultation that still rings, the echo, a queue: nobody to send the customer to', async () => {
  const { call, caller } = await talking();
  const { phone } = call;
  await centre.phone('1003');
  const ringing = await phone.dial('1003');
  await until('180', () => ringing.statuses.includes(180));
  ringing.dialog.remote = ringing.received.find(({ status }) => status === 180)?.header('to') ?? '';
  expect((await call.referTo(ringing, '1003')).status).toBe(403);
  const echo = await phone.dial('*43');
  await until('answer', () => echo.state === 'confirmed');
  expect((await call.referTo(echo, '*43')).status).toBe(403);
  expect((await echo.refer('1003')).status).toBe(403);
  expect(centre.of('transfer-started')).toEqual([]);
  expect(caller.state).toBe('talking');
});

test('a dialog of another phone is not one’s own', async () => {
  const { call } = await talking();
  const other = await centre.phone('1003');
  const foreign = await other.dial('0612000700');
  await until('answer', () => foreign.state === 'confirmed');
  await call.referTo(foreign, '0612000700');
  await until('NOTIFY', () => call.notified.includes(481));
  expect(foreign.state).toBe('confirmed');
});

test('the target’s answer is unusable: the customer comes back', async () => {
  const { call, caller } = await talking();
  const target = await centre.phone('1002');
  await call.refer('1002');
  (await target.incoming()).answerWith('v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n');
  expect((await centre.event('transfer-ended')).outcome).toBe('failed');
  const back = await call.phone.incoming(1);
  await back.answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
});

test('the target’s phone is cut off while it rings: unreachable, and back', async () => {
  centre = await TestCentre.open([aQueue({ memberExtensions: ['1001'] })], { timing: { ringingLineLossMs: 200 } });
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  const target = await centre.phone('1002');
  await until('answered', () => caller.state === 'talking');
  await call.refer('1002');
  await target.incoming();
  target.socket.cut();
  expect((await centre.event('transfer-ended')).outcome).toBe('unreachable');
  await (await phone.incoming(1)).answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
});

test('the customer’s BYE crosses the target’s answer: everything ends once', async () => {
  for (let round = 0; round < 8; round++) {
    const { call, caller } = await talking();
    const target = await centre.phone('1002');
    await call.refer('1002');
    const ringing = await target.incoming();
    await ringing.sendAnswer(); // on its way
    if (round % 2 === 1) await centre.event('transfer-ended');
    caller.hangUp();
    await centre.event('call-ended');
    await until('the target is let go', () => ringing.state === 'ended');
    expect(centre.of('transfer-ended')).toHaveLength(1);
    if (round < 7) await centre.closeBalanced();
  }
});

test('a customer who was held is told that somebody is there again', async () => {
  const { call, caller } = await talking();
  const target = await centre.phone('1002', { hz: 900 });
  await call.reinvite('sendonly');
  await until('held', () => caller.state === 'on-hold');
  await call.refer('1002');
  await (await target.incoming()).answer();
  await until('hears the target', () => caller.heard.level(900) > 4000);
  expect(caller.state).toBe('talking');
});

test('a queue that has gone meanwhile: the customer waits in a queue of the sender', async () => {
  const { call, caller } = await talking();
  centre.queues = [aQueue({ id: 'other', number: '802', memberExtensions: ['1001'] })];
  await call.refer('1002');
  (await call.phone.incoming(1)).decline(603);
  await until('queue', () => centre.of('queue-joined').length === 2);
  expect(centre.of('queue-joined')[1]).toMatchObject({ queueId: 'other', position: 1, callId: caller.callId });
});

test('the engine stops in the middle of a transfer: every fact has its end', async () => {
  const { call } = await talking();
  const target = await centre.phone('1002');
  await call.refer('1002');
  await target.incoming();
  await centre.engine.stop();
  expect(centre.of('transfer-ended').map(({ outcome }) => outcome)).toEqual(['caller-left']);
});

test('the customer hangs up while somebody outside rings: that one is let go too', async () => {
  const { call, caller } = await talking();
  await call.refer('0612000408');
  const { legId } = await until('leg outside', () => centre.of('leg-started', leg => leg.number === '0612000408')[0]);
  await centre.event('leg-ringing', ringing => ringing.legId === legId);
  caller.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('transfer-ended').map(({ outcome }) => outcome)).toEqual(['caller-left']);
  expect(centre.of('leg-ended', ended => ended.legId === legId)).toMatchObject([{ cause: 'caller-cancelled' }]);
});

test('nobody answers outside: no-answer, and the customer comes back', async () => {
  centre = await TestCentre.open([aQueue({ memberExtensions: ['1001'] })], { timing: { networkRingMs: 300 } });
  const phone = await centre.phone('1001', { hz: 600 });
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.answer();
  await until('talking', () => caller.state === 'talking');
  await call.refer('0612000408');
  expect((await centre.event('transfer-ended')).outcome).toBe('no-answer');
  const back = await phone.incoming(1);
  expect(back.invite?.header('x-transfer-returned')).toBe('no-answer;to=0612000408');
  await back.answer();
  await until('they talk', () => caller.heard.level(600) > 4000);
});
