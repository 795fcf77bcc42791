import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SimulatedCaller } from '../../src-server/telephony/embedded/scenario/simulated-caller';
import type { PhoneCall } from './phone-call';
import { until } from './sip-socket';
import { TestCentre } from './test-centre';
import type { TestPhone } from './test-phone';

let centre: TestCentre;
let phone: TestPhone;
beforeEach(async () => {
  centre = await TestCentre.open();
  phone = await centre.phone('1001', { hz: 600 });
});
afterEach(() => centre.closeBalanced());

async function talking(
  over: Parameters<TestCentre['caller']>[0] = {},
): Promise<{ call: PhoneCall; caller: SimulatedCaller; legId: string }> {
  const caller = centre.caller(over);
  const call = await phone.incoming();
  await call.answer();
  await until('both hear', () => call.media.heard.level(440) > 4000 && caller.heard.level(600) > 4000);
  return { call, caller, legId: (await centre.event('offered')).legId };
}

test('a customer who is held too long hangs up', async () => {
  const { call, caller } = await talking({ whenHeld: { hangsUpAfterMs: 100 } });
  await call.reinvite('sendonly');
  await until('BYE', () => call.state === 'ended');
  expect(caller.endCause).toBe('completed');
});

test('keys by RFC 4733 and by INFO are told once each', async () => {
  const { call, legId } = await talking();
  for (const code of [5, 5, 10, 11, 15]) call.media.sendKey(code);
  call.media.sendKey(7, { isStartLost: true, lostEnds: 2 });
  await until('six keys', () => centre.of('dtmf').length >= 6);
  expect(
    centre
      .of('dtmf')
      .map(({ digit }) => digit)
      .join(''),
  ).toBe('55*#D7');
  expect(
    centre.of('dtmf').every(event => event.via === 'rfc4733' && event.legId === legId && event.durationMs === 80),
  ).toBe(true);
  const cseq = call.request('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=9\r\nDuration=160\r\n');
  expect((await call.response('INFO', cseq)).status).toBe(200);
  expect(centre.of('dtmf').at(-1)).toMatchObject({ digit: '9', durationMs: 160, via: 'info' });
});

test('an INFO that says nothing is accepted and tells nothing', async () => {
  const { call } = await talking();
  const cseq = call.request('INFO', ['Content-Type: application/dtmf-relay'], 'Signal=X\r\n');
  expect((await call.response('INFO', cseq)).status).toBe(200);
  expect(centre.of('dtmf')).toEqual([]);
});

test('a session that is not refreshed ends by BYE, one that is goes on', async () => {
  const { call } = await talking();
  await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 1']));
  const refreshedAt = performance.now();
  await until('half a second', () => performance.now() - refreshedAt > 600);
  await call.response('UPDATE', call.request('UPDATE', ['Session-Expires: 1']));
  await until('past the first expiry', () => performance.now() - refreshedAt > 1200);
  expect(call.state).toBe('confirmed');
  await until('BYE', () => call.state === 'ended');
  expect(performance.now() - refreshedAt).toBeGreaterThan(1500);
});
