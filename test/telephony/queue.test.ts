import { afterEach, expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

test('members start paused; the one who is idle longest is offered first', async () => {
  centre = await TestCentre.open();
  const second = await centre.phone('1002');
  const first = await centre.phone('1001'); // became available later
  const one = centre.caller();
  await (await second.incoming()).answer();
  one.hangUp();
  await centre.event('call-ended');
  centre.caller();
  await first.incoming();
  expect(second.calls).toHaveLength(1);
});

test('a paused member is offered nothing', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  await centre.engine.setMemberPaused('1001', true, 'lunch');
  const caller = centre.caller();
  await until('the customer hears music', () => caller.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
  expect(caller.state).toBe('waiting');
  await centre.engine.setMemberPaused('1001', false, null);
  await phone.incoming();
});

test('ring time-out: the next member is tried, the caller keeps its place, the first is passed over', async () => {
  centre = await TestCentre.open([aQueue({ ringTimeoutMs: 300 })], { timing: { passOverMs: 60_000 } });
  const first = await centre.phone('1001');
  const second = await centre.phone('1002');
  const early = centre.caller({ number: '+33600000001' });
  const unanswered = await first.incoming();
  await until('CANCEL', () => unanswered.state === 'ended');
  const call = await second.incoming();
  expect(call.invite?.header('x-call-id')).toBe(early.callId);
  await call.answer();
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['ring-no-answer', 'answered']);
  expect(centre.of('leg-ended')[0]?.cause).toBe('no-answer');
  expect(centre.of('queue-joined')).toHaveLength(1);
  expect(first.calls).toHaveLength(1);
});

test('a member who was passed over is offered the caller again later, and other callers at once', async () => {
  centre = await TestCentre.open([aQueue()], { timing: { passOverMs: 400 } });
  const phone = await centre.phone('1001');
  const declined = centre.caller({ number: '+33600000001' });
  (await phone.incoming()).decline(603);
  await centre.event('offer-ended');
  const other = centre.caller({ number: '+33600000002' });
  const second = await phone.incoming(1);
  expect(second.invite?.header('x-call-id')).toBe(other.callId);
  second.decline(486);
  const third = await phone.incoming(2);
  expect(third.invite?.header('x-call-id')).toBe(declined.callId);
});

test('one member gets one offer at a time; callers wait in order', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const callers = ['+33600000001', '+33600000002', '+33600000003'].map(number => centre.caller({ number }));
  expect(centre.of('queue-joined').map(({ position }) => position)).toEqual([1, 2, 3]);
  for (const [index, caller] of callers.entries()) {
    const call = await phone.incoming(index);
    expect(call.invite?.header('x-call-id')).toBe(caller.callId);
    expect(phone.calls).toHaveLength(index + 1);
    await call.answer();
    await until('connected', () => caller.state === 'talking');
    caller.hangUp();
    await until('BYE', () => call.state === 'ended');
  }
});

test('wrap-up: no call until it is over, or until the member says available', async () => {
  centre = await TestCentre.open([aQueue({ wrapUpMs: 500, memberExtensions: ['1001'] })]);
  const phone = await centre.phone('1001');
  const one = centre.caller();
  await (await phone.incoming()).answer();
  one.hangUp();
  const { at } = await centre.event('call-ended');
  const two = centre.caller();
  const second = await phone.incoming(1);
  expect((centre.of('offered')[1]?.at ?? 0) - at).toBeGreaterThanOrEqual(490);
  await second.answer();
  two.hangUp();
  await until('second end', () => centre.of('call-ended').length === 2);
  centre.caller();
  await centre.engine.setMemberPaused('1001', false, null);
  await phone.incoming(2);
  const [, , third] = centre.of('offered');
  expect((third?.at ?? 0) - (centre.of('call-ended')[1]?.at ?? 0)).toBeLessThan(450);
});

test('an agent who dialled out is not offered a caller', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  const out = await phone.dial('0612000700');
  await until('answer', () => out.state === 'confirmed');
  const caller = centre.caller();
  await until('the customer hears music', () => caller.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
  out.hangUp();
  await phone.incoming();
});

test('ring-all: the others are told that the call was answered elsewhere', async () => {
  centre = await TestCentre.open([aQueue({ strategy: 'ring-all' })]);
  const first = await centre.phone('1001');
  const second = await centre.phone('1002');
  const caller = centre.caller();
  const [one, two] = [await first.incoming(), await second.incoming()];
  await until('both ring', () => centre.of('leg-ringing').length === 2);
  await two.answer();
  await until('CANCEL', () => one.state === 'ended');
  expect(one.received.find(({ method }) => method === 'CANCEL')?.header('reason')).toBe(
    'SIP;cause=200;text="Call completed elsewhere"',
  );
  expect(caller.state).toBe('talking');
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['answered', 'answered-elsewhere']);
  expect(centre.of('leg-ended').map(({ cause }) => cause)).toEqual(['answered-elsewhere']);
});

test('two queues, and an agent who calls one', async () => {
  centre = await TestCentre.open([
    aQueue({ memberExtensions: ['1001'] }),
    aQueue({ id: 'sales', name: 'Sales', number: '801', memberExtensions: ['1002'] }),
  ]);
  const support = await centre.phone('1001', { hz: 600 });
  const sales = await centre.phone('1002', { hz: 900 });
  const out = await support.dial('801');
  const call = await sales.incoming();
  expect(call.invite?.header('x-queue')).toBe('Sales');
  await until('music', () => out.media.heard.rms() > 200);
  await call.answer();
  await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
  expect((await centre.event('call-started')).direction).toBe('internal');
  out.hangUp();
  await until('BYE', () => call.state === 'ended');
});

test('a queue that is taken out of the directory lets its callers go', async () => {
  centre = await TestCentre.open();
  const caller = centre.caller();
  centre.queues = [];
  await centre.engine.setMemberPaused('1001', false, null); // any change makes the queues look again
  expect((await centre.event('queue-left')).cause).toBe('closed');
  expect(caller.state).toBe('ended');
  expect(() => centre.caller()).toThrow('no queue');
});

test('statistics add up over many callers', async () => {
  centre = await TestCentre.open();
  const phones = [await centre.phone('1001'), await centre.phone('1002')];
  const callers = Array.from({ length: 6 }, (_, index) =>
    centre.caller({ number: `+3360000000${index}`, hangsUpAfterMs: 30 }),
  );
  const served = new Set<unknown>();
  await until(
    'all served',
    () => {
      for (const phone of phones)
        for (const call of phone.calls)
          if (!served.has(call)) {
            served.add(call);
            void call.answer();
          }
      return centre.of('call-ended').length === 6;
    },
    15_000,
  );
  expect(callers.every(({ endCause }) => endCause === 'completed')).toBe(true);
  expect(centre.of('queue-left').filter(({ cause }) => cause === 'connected')).toHaveLength(6);
  expect(centre.of('recording-finished')).toHaveLength(6);
});
