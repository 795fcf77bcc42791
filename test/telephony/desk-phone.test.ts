import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Extension } from '../../src-server/telephony/telephony';
import { authorizationFor } from './sip-text';
import { aQueue, domain, TestCentre } from './test-centre';
import { TestPhone } from './test-phone';

let centre: TestCentre;
afterEach(() => centre.close());

const hash = (algorithm: 'md5' | 'sha256', text: string): string => createHash(algorithm).update(text).digest('hex');
const digestsOf = (password: string) => ({
  md5: hash('md5', `1001:${domain}:${password}`),
  sha256: hash('sha256', `1001:${domain}:${password}`),
});

/** 1001 has a desk phone, 1002 has not. */
async function open(): Promise<{ deskPhone: Extension['deskPhone'] }> {
  const state = { deskPhone: digestsOf('on a label') };
  const extension = { isRecorded: false, displayName: 'Agent' };
  centre = await TestCentre.open([], {
    directory: {
      extensions: () => [
        { ...extension, extension: '1001', deskPhone: state.deskPhone },
        { ...extension, extension: '1002', deskPhone: null },
      ],
      queues: () => [aQueue()],
    },
  });
  return state;
}
const deskPhone = async (secret: string, extension = '1001'): Promise<TestPhone> =>
  centre.keep(await TestPhone.connect({ url: centre.url, extension, secret, domain }));

test.each(['SHA-256', 'MD5'])(
  'a desk phone registers with its password by %s, without any session',
  async algorithm => {
    await open();
    const phone = await deskPhone('on a label');
    const refused = await phone.sendRegister(phone.registrationContact(600), null);
    const challenge = refused.all('www-authenticate').find(each => each.includes(`algorithm=${algorithm}`)) ?? '';
    expect(refused.all('www-authenticate').map(each => /algorithm=([^,]+)/.exec(each)?.[1])).toEqual([
      'SHA-256',
      'MD5',
    ]);
    const { extension: username, secret } = phone.options;
    const answer = authorizationFor({ challenge, username, secret, method: 'REGISTER', uri: phone.registrar() });
    expect((await phone.sendRegister(phone.registrationContact(600), answer)).status).toBe(200);
    expect(centre.engine.isRegistered('1001')).toBe(true);
    expect(centre.of('line-registered').map(event => event.extension)).toEqual(['1001']);
  },
);

test('another password is refused, and so is the desk phone of an extension that has none', async () => {
  await open();
  expect((await (await deskPhone('guessed')).register()).status).toBe(401);
  const other = await deskPhone('on a label', '1002');
  const refused = await other.register();
  expect(refused.status).toBe(401);
  expect(refused.all('www-authenticate')).toHaveLength(1);
});

test('the app gets no credential for it', async () => {
  await open();
  await expect(centre.engine.issueLineCredential('1001', centre.url)).rejects.toMatchObject({ code: 'line/refused' });
});

test('with a new password the former one ends, with the registration that it made', async () => {
  const state = await open();
  const phone = await deskPhone('on a label');
  expect((await phone.register()).status).toBe(200);
  state.deskPhone = digestsOf('a new one');
  await centre.engine.revokeLineCredential('1001');
  expect(centre.engine.isRegistered('1001')).toBe(false);
  expect((await phone.register()).status).toBe(401);
  expect((await (await deskPhone('a new one')).register()).status).toBe(200);
});

test('it rings and is dialled by the centre like any other phone', async () => {
  await open();
  const phone = await deskPhone('on a label');
  await phone.register();
  const callId = await centre.engine.dial('1001', '0145000200');
  const own = await phone.incoming();
  expect([own.invite?.header('x-dial'), own.invite?.header('x-call-id')]).toEqual(['0145000200', callId]);
  await own.answer();
  await centre.event('leg-answered', event => event.callId === callId);
  own.hangUp();
  await centre.event('call-ended', event => event.callId === callId);
});
