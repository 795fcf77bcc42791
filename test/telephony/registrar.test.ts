import { afterEach, expect, test } from 'vitest';
import type { EmbeddedTelephonyOptions } from '../../src-server/telephony/embedded/engine-options';
import { SipSocket, until } from './sip-socket';
import { authorizationFor } from './sip-text';
import { TestCentre, aQueue, domain } from './test-centre';
import { TestPhone } from './test-phone';

let centre: TestCentre;
afterEach(() => centre.close());
const open = async (options: Partial<EmbeddedTelephonyOptions> = {}): Promise<void> => {
  centre = await TestCentre.open([aQueue()], options);
};
const unregisteredPhone = async (extension = '1001'): Promise<TestPhone> =>
  centre.keep(await TestPhone.connect(await centre.credentials(extension)));
const digestOf = (
  phone: TestPhone,
  challenge: string,
  over: { secret?: string; username?: string; count?: number } = {},
): string =>
  authorizationFor({
    challenge,
    username: phone.options.extension,
    secret: phone.options.secret,
    method: 'REGISTER',
    uri: phone.registrar(),
    ...over,
  });

test('a wrong secret is challenged again, without stale', async () => {
  await open();
  const phone = await unregisteredPhone();
  const { header } = await challengeOf(phone);
  const refused = await phone.sendRegister(
    phone.registrationContact(600),
    digestOf(phone, header, { secret: 'wrong' }),
  );
  expect(refused.status).toBe(401);
  expect(refused.header('www-authenticate')).not.toContain('stale=true');
});

test('a replayed nonce count and a forged nonce are stale', async () => {
  await open();
  const phone = await unregisteredPhone();
  const { header } = await challengeOf(phone);
  const first = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, header, { count: 1 }));
  expect(first.status).toBe(200);
  const replayed = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, header, { count: 1 }));
  expect(replayed.status).toBe(401);
  expect(replayed.header('www-authenticate')).toContain('stale=true');
  const forged = header.replace(/nonce="[^"]+"/, 'nonce="abc.def.ghi"');
  const refused = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, forged, { count: 5 }));
  expect(refused.status).toBe(401);
  expect(refused.header('www-authenticate')).toContain('stale=true');
  const next = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, header, { count: 2 }));
  expect(next.status).toBe(200);
});

test('an old nonce is stale', async () => {
  let now = 1_000_000;
  await open({ clock: { now: () => now, monotonic: () => performance.now(), after: () => () => {} } });
  const phone = await unregisteredPhone();
  const { header } = await challengeOf(phone);
  now += 301_000;
  const refused = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, header));
  expect(refused.status).toBe(401);
  expect(refused.header('www-authenticate')).toContain('stale=true');
});

test('challenges are offered strongest first, and MD5 is taken when it is allowed', async () => {
  await open({ digestAlgorithms: ['SHA-256', 'MD5'] });
  const phone = await unregisteredPhone();
  const { all } = await challengeOf(phone);
  expect(all.map(challenge => /algorithm=([\w-]+)/.exec(challenge)?.[1])).toEqual(['SHA-256', 'MD5']);
  const accepted = await phone.sendRegister(phone.registrationContact(600), digestOf(phone, all[1] ?? ''));
  expect(accepted.status).toBe(200);
});

test('MD5 is refused where only SHA-256 is offered', async () => {
  await open();
  const phone = await unregisteredPhone();
  const { header } = await challengeOf(phone);
  const weaker = digestOf(phone, header.replace('SHA-256', 'MD5'));
  expect((await phone.sendRegister(phone.registrationContact(600), weaker)).status).toBe(401);
});

test('a registration ends by expiry, by expires=0 and by Contact: *', async () => {
  await open();
  const phone = await unregisteredPhone();
  await phone.register({ expires: 1 });
  await centre.event('line-unregistered', ({ reason }) => reason === 'expired');
  expect(centre.engine.isRegistered('1001')).toBe(false);
  await phone.register();
  await phone.register({ expires: 0 });
  expect(centre.engine.isRegistered('1001')).toBe(false);
  await phone.register();
  const response = await phone.sendRegister('*', phone.authorization('REGISTER', phone.registrar()));
  expect(response.status).toBe(200);
  expect(centre.engine.isRegistered('1001')).toBe(false);
  expect(centre.of('line-unregistered').map(({ reason }) => reason)).toEqual([
    'expired',
    'unregistered',
    'unregistered',
  ]);
});

test('only our own domain is served', async () => {
  await open();
  const phone = await unregisteredPhone();
  const options = (uri: string, callId: string): string =>
    `OPTIONS ${uri} SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK${callId}\r\nMax-Forwards: 70\r\nFrom: <sip:1001@${domain}>;tag=a\r\n` +
    `To: <${uri}>\r\nCall-ID: ${callId}\r\nCSeq: 1 OPTIONS\r\nContact: <sip:x@x.invalid>\r\nContent-Length: 0\r\n\r\n`;
  phone.send(options('sip:1001@elsewhere.test', 'foreign'));
  phone.send(options(`sip:${domain}`, 'ours'));
  const answerTo = async (callId: string): Promise<number | null> =>
    (await phone.socket.message(`answer to ${callId}`, message => message.header('call-id') === callId)).status;
  expect(await answerTo('foreign')).toBe(404);
  expect(await answerTo('ours')).toBe(200);
});

test('keep-alives are answered', async () => {
  await open();
  const phone = await unregisteredPhone();
  phone.send('\r\n\r\n');
  expect(await until('pong', () => phone.socket.keepAlives[0])).toBe('\r\n');
});

test('hundreds of damaged messages do no harm', async () => {
  await open();
  const phone = await unregisteredPhone();
  const good =
    `INVITE sip:1002@${domain} SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKabc\r\nMax-Forwards: 70\r\nFrom: "A" <sip:1001@${domain}>;tag=t\r\n` +
    `To: <sip:1002@${domain}>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nContact: <sip:q@x.invalid>\r\nSupported: timer\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n`;
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 400; round++) {
    const bytes = Array.from(good);
    for (let change = 0; change <= random(4); change++)
      bytes[random(bytes.length)] = String.fromCharCode(32 + random(95));
    phone.send(bytes.join(''));
  }
  expect((await phone.register()).status).toBe(200);
});

test('a frame that is too large closes its own socket only', async () => {
  await open();
  const phone = await centre.phone('1001');
  const other = centre.keep(await TestPhone.connect(await centre.credentials('1002')));
  other.send('x'.repeat(1_000_000));
  await until('socket closed', () => other.socket.closeCode !== null);
  expect(other.socket.closeCode).toBe(1009);
  expect((await phone.register()).status).toBe(200);
});

test('foreign pages and other protocols are not let in', async () => {
  await open();
  await expect(SipSocket.open(centre.url, { origin: 'https://evil.example' })).rejects.toThrow('403');
  for (const origin of ['app://softphone', 'null', 'http://127.0.0.1:5173', 'http://localhost'])
    (await SipSocket.open(centre.url, { origin })).cut();
});

async function challengeOf(phone: TestPhone): Promise<{ header: string; all: string[] }> {
  const response = await phone.sendRegister(phone.registrationContact(600), null);
  return { header: response.header('www-authenticate'), all: response.all('www-authenticate') };
}
