import { expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { useCentre } from './centre';

const centre = useCentre();

test('a subscriber is called: both hear each other, and it is recorded', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const number = centre.subscriber('answers');
  const call = await phone.dial(number);
  await until('answer', () => call.state === 'confirmed');
  await until('the subscriber is heard', () => call.media.heard.level(700) > 4000);
  await centre.event('recording-started');
  expect(centre.of('call-started')).toEqual([
    expect.objectContaining({
      direction: 'outbound',
      from: { number: '1001', name: 'Agent 1001' },
      to: { number },
    }),
  ]);
  call.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('leg-started').map(({ role, number: own, extension }) => [role, own, extension])).toEqual([
    ['agent', '1001', '1001'],
    ['customer', number, null],
  ]);
  expect(centre.of('leg-answered')).toHaveLength(2);
  expect(centre.of('recording-finished')).toHaveLength(1);
});

test('an agent whose calls are not recorded leaves no file', async () => {
  const phone = await centre.phone('1003');
  const call = await phone.dial(centre.subscriber('answers'));
  await until('answer', () => call.state === 'confirmed');
  call.hangUp();
  await centre.event('call-ended');
  expect(centre.of('recording-started')).toEqual([]);
});

test.each<readonly [string, () => string, number, string]>([
  ['somebody who is busy', (): string => centre.subscriber('busy'), 486, 'busy'],
  ['somebody who rejects', (): string => centre.subscriber('rejects'), 603, 'rejected'],
  ['somebody who is unreachable', (): string => centre.subscriber('unreachable'), 480, 'unreachable'],
  ['a number that nobody has', (): string => centre.subscriber('not-found'), 404, 'not-found'],
  ['a number that is too short', (): string => '12345', 404, 'not-found'],
  ['a colleague who is not there', (): string => '1002', 480, 'unreachable'],
  ['oneself', (): string => '1001', 486, 'busy'],
])('calling %s', async (_who, number, status, cause) => {
  const phone = await centre.phone('1001');
  const call = await phone.dial(number());
  await until('final response', () => call.statuses.includes(status));
  expect((await centre.event('call-ended')).cause).toBe(cause);
  expect(call.statuses.at(-1)).toBe(status);
});

test('an INVITE of a phone whose secret was revoked is challenged, not connected', async () => {
  const phone = await centre.phone('1001');
  await centre.engine.revokeLineCredential('1001');
  const refused = await phone.dial(centre.subscriber('answers'));
  await until('401', () => refused.statuses.includes(401));
  expect(centre.of('call-started')).toEqual([]);
});

test('an INVITE without usable audio is refused', async () => {
  const phone = await centre.phone('1001');
  const sdp = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
  const call = await phone.dial(centre.subscriber('answers'), [], sdp);
  await until('488', () => call.statuses.includes(488));
  expect(centre.of('leg-answered')).toEqual([]);
});

test('CANCEL while it rings: 487, and the subscriber stops ringing', async () => {
  const phone = await centre.phone('1001');
  const call = await phone.dial(centre.subscriber('never answers'));
  await centre.event('leg-ringing');
  await until('rings', () => call.statuses.some(status => status > 100));
  call.cancel();
  await until('487', () => call.statuses.includes(487));
  expect((await centre.event('call-ended')).cause).toBe('agent-cancelled');
  expect(centre.of('leg-ended').map(({ cause }) => cause)).toEqual(['agent-cancelled', 'agent-cancelled']);
});

test('a colleague is called: 180, answer, both tones, nothing recorded', async () => {
  const caller = await centre.phone('1001', { hz: 600 });
  const callee = await centre.phone('1003', { hz: 900 });
  const out = await caller.dial('1003');
  const call = await callee.incoming();
  expect(call.invite?.header('from')).toContain('"Agent 1001" <sip:1001@');
  expect(call.invite?.has('x-queue')).toBe(false);
  expect(call.invite?.header('x-call-id')).toBe((await centre.event('call-started')).callId);
  await until('180', () => out.statuses.includes(180));
  await call.answer();
  await until('answer', () => out.state === 'confirmed');
  await until('caller hears', () => out.media.heard.level(900) > 4000);
  await until('callee hears', () => call.media.heard.level(600) > 4000);
  expect(centre.of('offered')).toEqual([expect.objectContaining({ extension: '1003', queueId: null })]);
  expect((await centre.event('call-started')).direction).toBe('internal');
  call.hangUp();
  await until('BYE', () => out.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('recording-started')).toEqual([]);
});

test.each([
  [486, 'busy'],
  [603, 'rejected'],
] as const)('a colleague refuses with %i: the caller hears it', async (status, cause) => {
  const caller = await centre.phone('1001');
  const callee = await centre.phone('1003');
  const out = await caller.dial('1003');
  (await callee.incoming()).decline(status);
  await until('refusal', () => out.statuses.includes(status));
  expect((await centre.event('call-ended')).cause).toBe(cause);
});

test('the caller gives up on a colleague: CANCEL without "elsewhere"', async () => {
  const caller = await centre.phone('1001');
  const callee = await centre.phone('1003');
  const out = await caller.dial('1003');
  const call = await callee.incoming();
  await until('180', () => out.statuses.includes(180));
  out.cancel();
  await until('CANCEL', () => call.state === 'ended');
  expect(call.received.find(({ method }) => method === 'CANCEL')?.header('reason')).not.toMatch(/cause=(200|26)/);
  expect((await centre.event('offer-ended')).cause).toBe('caller-left');
  expect((await centre.event('call-ended')).cause).toBe('agent-cancelled');
});

test('two calls at once: an internal call rings at a phone that talks', async () => {
  const caller = await centre.phone('1001');
  const callee = await centre.phone('1003');
  const busy = await callee.dial(centre.subscriber('answers'));
  await until('answer', () => busy.state === 'confirmed');
  await caller.dial('1003');
  (await callee.incoming()).decline(486);
  await centre.event('call-ended');
  expect(busy.state).toBe('confirmed');
});

test('the echo service gives back what it hears, and is not recorded', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const call = await phone.dial('*43');
  await until('answer', () => call.state === 'confirmed');
  await until('echo', () => call.media.heard.level(600) > 4000);
  call.hangUp();
  expect((await centre.event('call-ended')).cause).toBe('completed');
  expect(centre.of('recording-started')).toEqual([]);
});
