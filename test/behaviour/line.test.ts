import { expect, test } from 'vitest';
import { authorizationFor } from '../telephony/sip-text';
import { until } from '../telephony/sip-socket';
import { TestPhone } from '../telephony/test-phone';
import { useCentre } from './centre';

const centre = useCentre();

const unregisteredPhone = async (extension = '1001'): Promise<TestPhone> =>
  centre.keep(await TestPhone.connect(await centre.credentials(extension)));

test('a REGISTER without credentials is challenged with SHA-256 and accepted with the right answer', async () => {
  const phone = await unregisteredPhone();
  const refused = await phone.sendRegister(phone.registrationContact(600), null);
  expect(refused.status).toBe(401);
  expect(refused.all('www-authenticate')).toHaveLength(1);
  expect(refused.header('www-authenticate')).toContain('algorithm=SHA-256');
  expect(refused.header('www-authenticate')).not.toContain('stale=true');
  expect(centre.engine.isRegistered('1001')).toBe(false);
  const accepted = await phone.register();
  expect(accepted.status).toBe(200);
  expect(accepted.header('contact')).toMatch(/;expires=(599|600)/);
  await centre.event('line-registered', ({ extension }) => extension === '1001');
  expect(centre.engine.isRegistered('1001')).toBe(true);
  expect(centre.of('line-registered')).toHaveLength(1);
});

test('a wrong secret is refused', async () => {
  const phone = await unregisteredPhone();
  const challenged = await phone.sendRegister(phone.registrationContact(600), null);
  const refused = await phone.sendRegister(
    phone.registrationContact(600),
    authorizationFor({
      challenge: challenged.header('www-authenticate'),
      username: '1001',
      secret: 'wrong',
      method: 'REGISTER',
      uri: phone.registrar(),
    }),
  );
  expect(refused.status).toBe(401);
  expect(centre.engine.isRegistered('1001')).toBe(false);
});

test('somebody else cannot be registered with one’s own secret', async () => {
  const phone = await unregisteredPhone();
  const challenged = await phone.sendRegister(phone.registrationContact(600), null);
  phone.acceptChallenge(challenged);
  const authorization = phone.authorization('REGISTER', phone.registrar());
  const refused = await phone.sendRegister(phone.registrationContact(600), authorization, '1002');
  expect([401, 403, 404]).toContain(refused.status);
  expect(centre.engine.isRegistered('1002')).toBe(false);
});

test('a registration ends by expires=0', async () => {
  const phone = await unregisteredPhone();
  await phone.register();
  await centre.event('line-registered');
  expect((await phone.register({ expires: 0 })).status).toBe(200);
  expect((await centre.event('line-unregistered')).reason).toBe('unregistered');
  expect(centre.engine.isRegistered('1001')).toBe(false);
});

test('registering again keeps one binding; a second device replaces the first', async () => {
  const options = await centre.credentials('1001');
  const first = centre.keep(await TestPhone.registered(options));
  await centre.event('line-registered');
  const again = await first.register();
  expect(again.all('contact')).toHaveLength(1);
  expect(centre.of('line-registered')).toHaveLength(1);
  const second = centre.keep(await TestPhone.registered(options));
  await centre.event('line-unregistered', ({ reason }) => reason === 'replaced');
  await until('the second is seen', () => centre.of('line-registered').length === 2);
  await centre.engine.setMemberPaused('1001', false, null);
  await centre.customer();
  await second.incoming();
  expect(first.calls).toHaveLength(0);
});

test('a new secret voids the former, a revoked one ends the registration', async () => {
  const former = await centre.phone('1001');
  const { secret } = await centre.credentials('1001');
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(secret).not.toBe(former.options.secret);
  expect((await former.register()).status).toBe(401);
  await centre.engine.revokeLineCredential('1001');
  expect(centre.engine.isRegistered('1001')).toBe(false);
  expect(centre.of('line-unregistered').map(({ reason }) => reason)).toEqual(['revoked']);
  await expect(centre.engine.issueLineCredential('9999', 'ws://unused/')).rejects.toMatchObject({ code: 'not-found' });
});

test('a line that is taken away and given out in one breath is there, and rings', async () => {
  for (let round = 0; round < 25; round += 1) {
    const [, options] = await Promise.all([centre.engine.revokeLineCredential('1001'), centre.credentials('1001')]);
    const phone = centre.keep(await TestPhone.registered(options));
    await until(`registered, ${round}`, () => centre.engine.isRegistered('1001'));
    await phone.close();
  }
  await centre.phone('1001');
  await centre.customer();
  expect(await centre.event('offered')).toMatchObject({ extension: '1001' });
}, 60_000);

test('malformed messages do no harm', async () => {
  const phone = await centre.phone('1001');
  const bad = [
    'hello',
    '\r\n',
    'INVITE sip:1002@centre.local SIP/2.0\r\n\r\n',
    'SIP/2.0 abc\r\nVia: x\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
    'INVITE  SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bKx\r\nFrom: <>\r\nTo: <>\r\nCall-ID: x\r\nCSeq: x INVITE\r\n\r\n',
    '\u0000\u0001\u0002',
    'REGISTER sip:centre.local SIP/2.0\r\nVia: %%%\r\nFrom: "\\\\\r\nTo: :\r\nContact: <sip:%zz@>\r\nCall-ID: z\r\nCSeq: 1 REGISTER\r\n\r\n',
  ];
  for (const text of bad) phone.send(text);
  expect((await phone.register()).status).toBe(200);
});

test('a call outlives its socket: audio goes on, hold and BYE go over the new one', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const { customer, call } = await centre.talking(phone);
  phone.socket.cut();
  const packets = call.media.packetsReceived;
  await until('a second without signalling', () => call.media.packetsReceived > packets + 50);
  await until('the agent is heard', () => customer.heard.level(600) > 4000);
  await phone.reconnect();
  await until('line back', () => centre.engine.isRegistered('1001'));
  expect((await call.reinvite('sendonly')).status).toBe(200);
  await centre.event('leg-held');
  await call.reinvite('sendrecv');
  await until('voice is back', () => customer.heard.level(600) > 4000);
  expect((await call.response('BYE', call.hangUp())).status).toBe(200);
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('a member without a live socket is offered nothing until it is back', async () => {
  const phone = await centre.phone('1001');
  phone.socket.cut();
  await until('told', () => centre.of('line-signalling-lost').length + centre.of('line-unregistered').length > 0);
  const customer = await centre.customer();
  await until('the customer hears music', () => customer.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
  await phone.reconnect();
  await phone.incoming();
});

test('a phone that crashed in a call and was started again: its customer comes back to it within seconds', async () => {
  const crashed = await centre.phone('1001');
  const { customer } = await centre.talking(crashed);
  await crashed.close();
  expect(customer.state).toBe('talking');
  const restarted = await centre.phone('1001', { instance: 'another-instance', hz: 600 });
  const back = await restarted.incoming();
  expect(back.invite?.header('x-call-id')).toBe(customer.callId);
  await back.answer();
  await until('they talk', () => back.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});

test.each([
  ['a phone that died in a call', true],
  ['a network that is cut while the socket seems open', false],
])('%s: the customer is the next in the queue within three seconds, with the label', async (_what, isTold) => {
  const phone = await centre.phone('1001', { hz: 600 });
  const { customer } = await centre.talking(phone);
  const waiting = await centre.customer({ number: '0145550199' });
  phone.loseNetwork();
  if (isTold) phone.socket.cut();
  const lostAt = Date.now();
  const joins = () => centre.of('queue-joined', ({ callId }) => callId === customer.callId);
  await until('back in the queue', () => joins().length === 2);
  expect(Date.now() - lostAt).toBeLessThan(3000);
  expect(joins()[1]).toMatchObject({ position: 1 });
  expect(centre.of('leg-ended')).toMatchObject([{ callId: customer.callId, cause: 'line-lost' }]);
  await until('music', () => customer.heard.rms() > 200 && customer.heard.level(600) < 100);
  const next = await centre.phone('1002', { hz: 900 });
  const back = await next.incoming();
  expect(back.invite?.header('x-call-id')).toBe(customer.callId);
  expect(back.invite?.header('x-transfer-returned')).toBe('line-lost;to=1001');
  await back.answer();
  await until('they talk', () => back.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  expect(waiting.state).toBe('waiting');
});

test('the network is cut while the customer is on hold and a colleague is asked: the same for the customer', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const colleague = await centre.phone('1003', { hz: 900 });
  const { customer, call } = await centre.talking(phone);
  await call.reinvite('sendonly');
  const consult = await phone.dial('1003');
  const asked = await colleague.incoming();
  await asked.answer();
  await until('they talk', () => consult.media.heard.level(900) > 4000 && asked.media.heard.level(600) > 4000);
  phone.loseNetwork();
  const cutAt = Date.now();
  const joins = () => centre.of('queue-joined', ({ callId }) => callId === customer.callId);
  await until('back in the queue', () => joins().length === 2);
  expect(Date.now() - cutAt).toBeLessThan(3000);
  await until('the colleague is told', () => asked.state === 'ended');
  expect(customer.state).toBe('talking');
});

test('the network is cut of a phone that rings: within three seconds the next one is tried', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const customer = await centre.customer();
  const ringing = await phone.incoming();
  const next = await centre.phone('1002', { hz: 900 });
  phone.loseNetwork();
  const cutAt = Date.now();
  await centre.event('offer-ended');
  expect(Date.now() - cutAt).toBeLessThan(3000);
  const second = await next.incoming();
  await second.answer();
  await until('they talk', () => second.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  expect(centre.of('offer-ended').map(({ cause, extension }) => `${extension} ${cause}`)).toEqual([
    '1001 line-lost',
    '1002 answered',
  ]);
  expect(ringing.state).toBe('early');
});

test('a network that is gone for two seconds loses nobody', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const { customer, call } = await centre.talking(phone);
  phone.loseNetwork();
  const cutAt = Date.now();
  await until('two seconds without a network', () => Date.now() - cutAt > 2000);
  phone.regainNetwork();
  await until('they talk again', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
  const packets = call.media.packetsReceived;
  await until('three seconds of talk', () => call.media.packetsReceived > packets + 150);
  expect(call.state).toBe('confirmed');
  expect(centre.of('queue-joined')).toHaveLength(1);
});

test.each([
  ['in talk', 'sendrecv'],
  ['on hold', 'inactive'],
] as const)(
  'a phone from which nothing comes %s, and whose network is there, keeps its customer',
  async (_when, as) => {
    const phone = await centre.phone('1001', { hz: 600 });
    const { customer, call } = await centre.talking(phone);
    if (as === 'inactive') await call.reinvite(as);
    call.media.cut();
    const silentAt = Date.now();
    await until('five seconds of silence', () => Date.now() - silentAt > 5000);
    expect(call.state).toBe('confirmed');
    expect(customer.state).toBe('talking');
    expect(centre.of('queue-joined')).toHaveLength(1);
    expect(centre.of('line-signalling-lost')).toEqual([]);
  },
);

test('a phone whose socket is gone and that talks on keeps its customer', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const { customer, call } = await centre.talking(phone);
  phone.socket.cut();
  const packets = call.media.packetsReceived;
  await until('three seconds of talk', () => call.media.packetsReceived > packets + 150);
  expect(customer.heard.level(600)).toBeGreaterThan(4000);
  expect(centre.of('queue-joined')).toHaveLength(1);
});
