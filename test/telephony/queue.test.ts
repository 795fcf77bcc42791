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

test('a queue that is taken out of the directory lets its callers go', async () => {
  centre = await TestCentre.open();
  const caller = centre.caller();
  centre.queues = [];
  await centre.engine.setMemberPaused('1001', false, null); // any change makes the queues look again
  expect((await centre.event('queue-left')).cause).toBe('closed');
  expect(caller.state).toBe('ended');
  expect(() => centre.caller()).toThrow('no queue');
});
