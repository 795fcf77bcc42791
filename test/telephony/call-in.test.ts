import { afterEach, expect, test } from 'vitest';
import { until } from './sip-socket';
import { TestCentre, aQueue } from './test-centre';

let centre: TestCentre;
afterEach(() => centre.closeBalanced());

test('customers hang up by themselves after their time', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  centre.caller({ hangsUpAfterMs: 200 });
  const call = await phone.incoming();
  await call.answer();
  await until('BYE', () => call.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('media comes up while it rings; what the phone says before the answer is heard by nobody', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001', { hz: 600 });
  phone.ringsByItself = false;
  const caller = centre.caller();
  const call = await phone.incoming();
  await call.ringWithMedia();
  await until('DTLS while ringing', () => call.media.isConnected);
  call.media.startSpeaking(); // a bad phone
  const { legId } = await centre.event('offered');
  await until('packets before the answer', () => (centre.engine.legStatistics(legId)?.packetsBeforeAnswer ?? 0) > 20);
  expect(caller.heard.level(600)).toBeLessThan(100);
  expect(call.media.packetsReceived).toBe(0);
  const answeredAt = performance.now();
  await call.answer();
  await until('customer hears the agent', () => caller.heard.level(600) > 1000);
  const firstPacketAt = await until('agent is sent audio', () => call.media.firstPacketAt);
  expect(firstPacketAt - answeredAt).toBeLessThan(300);
});

test('a good phone sends nothing before the answer', async () => {
  centre = await TestCentre.open();
  const phone = await centre.phone('1001');
  phone.ringsByItself = false;
  centre.caller();
  const call = await phone.incoming();
  await call.ringWithMedia();
  await until('DTLS while ringing', () => call.media.isConnected);
  await call.answer();
  const { legId } = await centre.event('offered');
  await until('packets', () => (centre.engine.legStatistics(legId)?.packetsReceived ?? 0) > 10);
  expect(centre.engine.legStatistics(legId)?.packetsBeforeAnswer).toBe(0);
});

test('queue names and caller names travel safely in headers', async () => {
  centre = await TestCentre.open([aQueue({ name: 'Facturation & été 100 %' })]);
  const phone = await centre.phone('1001');
  centre.caller({ name: 'Zoë "Z"\r\nX-Evil: 1\u0000' });
  const { invite } = await phone.incoming();
  expect(decodeURIComponent(invite?.header('x-queue') ?? '')).toBe('Facturation & été 100 %');
  expect(invite?.header('x-queue')).toMatch(/^[\x20-\x7e]+$/);
  expect(invite?.has('x-evil')).toBe(false);
  expect(invite?.header('from')).toContain('Zoë');
});
