import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDeskPhone } from '../../../src-server/desk-phone-command';
import type { TelephonyDirectory } from '../../../src-server/telephony/telephony';
import type { RouteOutput } from '../../../src-shared/server-api/rest-routes';
import { FakeTelephony } from '../../fakes/fake-telephony';
import { TestCentre } from './test-centre';

let centre: TestCentre;
let directory: TelephonyDirectory;
let telephony: FakeTelephony;
beforeEach(async () => {
  telephony = new FakeTelephony();
  centre = await TestCentre.open({
    createTelephony: parts => {
      directory = parts.directory;
      return telephony;
    },
  });
});
afterEach(() => centre.close());

/** The administrator's command, on the data of the running server. */
const command = (...args: string[]) => runDeskPhone(['--data', centre.folder, ...args]);
const passwordIn = (text: string): string => /password +(\S+)/.exec(text)?.[1] ?? '';
const deskPhoneOf = (extension: string) =>
  directory.extensions().find(known => known.extension === extension)?.deskPhone;
const noticed = async (isDeskPhone: boolean): Promise<void> => {
  centre.clock.pass(2000);
  await expect.poll(() => deskPhoneOf('1005') !== null).toBe(isDeskPhone);
};
const hash = (algorithm: 'md5' | 'sha256', text: string): string => createHash(algorithm).update(text).digest('hex');
const availability = (token: string, wanted: object) =>
  centre.ask('PUT', '/api/agent/availability', { token, payload: wanted });

describe('the command desk-phone', () => {
  it('makes a SIP extension of a running server, and prints a password of which only digests are kept', async () => {
    const { isGood, text } = await command('--extension', '1005');
    expect(isGood).toBe(true);
    const password = passwordIn(text);
    expect(password).toMatch(/^[a-z2-9]{20}$/);
    await noticed(true);
    expect(deskPhoneOf('1005')).toEqual({
      md5: hash('md5', `1005:centre.local:${password}`),
      sha256: hash('sha256', `1005:centre.local:${password}`),
    });
    expect(deskPhoneOf('1004')).toBeNull();
    const files = readdirSync(centre.folder).filter(name => name.startsWith('server.db'));
    expect(files.map(name => readFileSync(join(centre.folder, name)).includes(password))).not.toContain(true);
  });

  it('gives another password each time, and the engine lets the former go', async () => {
    const first = passwordIn((await command('--extension', '1005')).text);
    await noticed(true);
    const before = deskPhoneOf('1005');
    telephony.asked.length = 0;
    const second = passwordIn((await command('--extension', '1005')).text);
    expect(second).not.toBe(first);
    centre.clock.pass(2000);
    await expect.poll(() => telephony.asked).toEqual(['revoke 1005']);
    expect(deskPhoneOf('1005')).not.toEqual(before);
  });

  it('takes the desk phone away again', async () => {
    await command('--extension', '1005');
    await noticed(true);
    expect(await command('--extension', '1005', '--web')).toMatchObject({ isGood: true });
    await noticed(false);
    expect((await centre.signIn('1005')).line).not.toBeNull();
  });

  it.each([
    [[], '--extension NUMBER is missing'],
    [['--extension', 'alice'], '--extension NUMBER is missing'],
    [['--extension', '9999'], 'nobody has the extension 9999'],
    [['--extension', '1005', '--what'], "Unknown option '--what'"],
  ])('refuses %j: %s', async (args, problem) => {
    const { isGood, text } = await command(...args);
    expect([isGood, text.split('\n', 1)[0]?.slice(0, problem.length)]).toEqual([false, problem]);
    expect(text).toContain('--extension NUMBER');
  });

  it('refuses a folder without a database, where no other is named', async () => {
    vi.stubEnv('DATABASE_URL', '');
    const { isGood, text } = await runDeskPhone(['--extension', '1005', '--data', '/nowhere']);
    vi.unstubAllEnvs();
    expect([isGood, text.split('\n', 1)[0]]).toEqual([false, 'no server.db in /nowhere']);
  });
});

describe('who has a desk phone', () => {
  const signIn = async (): Promise<RouteOutput<'sign-in'>> => {
    await command('--extension', '1005');
    await noticed(true);
    return centre.signIn('1005');
  };

  it('signs in without a line of the app', async () => {
    const session = await signIn();
    expect(session).toMatchObject({ line: null, agent: { extension: '1005', extensionKind: 'sip' } });
    expect((await centre.signIn('1001')).agent.extensionKind).toBe('web');
    const renewed = await centre.ask('POST', '/api/line/renew', { token: session.accessToken, payload: {} });
    expect([renewed.statusCode, renewed.json<{ code: string }>().code]).toEqual([409, 'line/refused']);
    expect(telephony.asked.filter(asked => asked.endsWith('credential 1005'))).toEqual([]);
  });

  it('is available only while the phone is registered', async () => {
    const { accessToken } = await signIn();
    const refused = await availability(accessToken, { state: 'available' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'line/phone-not-registered']);
    expect((await availability(accessToken, { state: 'on-break', reason: 'lunch' })).statusCode).toBe(200);
    telephony.registered.add('1005');
    expect((await availability(accessToken, { state: 'available' })).json()).toMatchObject({ state: 'available' });
  });

  it('keeps the phone registered when the session ends', async () => {
    const { accessToken } = await signIn();
    telephony.asked.length = 0;
    await centre.ask('POST', '/api/sign-out', { token: accessToken, payload: {} });
    await centre.signIn('1001');
    expect(telephony.asked).toEqual(['credential 1001']);
  });

  it('who gets one while signed in signs in anew, and the line of the app ends', async () => {
    const { accessToken } = await centre.signIn('1005');
    telephony.asked.length = 0;
    await command('--extension', '1005');
    await noticed(true);
    await expect
      .poll(async () => (await centre.ask('GET', '/api/agent', { token: accessToken })).json<object>())
      .toMatchObject({ code: 'sign-in/expired', params: { reason: 'revoked' } });
    expect(telephony.asked).toEqual(['revoke 1005']);
  });
});
