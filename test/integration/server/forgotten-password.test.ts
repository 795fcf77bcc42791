import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { auditOf } from '../../../src-server/database/audit-table';
import { allPeople } from '../../../src-server/database/person-table';
import { mailer } from '../../../src-server/mail/mailer';
import { resetCodeLifeMs } from '../../../src-server/sign-in/forgotten-passwords';
import { codeIn, MailServer } from '../../rig/mail-server';
import { openDatabaseOf } from '../../rig/postgres';
import { TestCentre } from './test-centre';

let mail: MailServer;
let centre: TestCentre;
beforeEach(async () => {
  mail = await MailServer.open();
  centre = await TestCentre.open({ sendMail: mailer({ url: mail.url, from: 'centre@centre.example' }) });
});
afterEach(async () => {
  await centre.close();
  await mail.close();
});

const good = 'a long new password';
const askFor = (identifier: string) => centre.ask('POST', '/api/password/ask', { payload: { identifier } });
const reset = (code: string, password = good, identifier = 'alice.martin') =>
  centre.ask('POST', '/api/password/reset', { payload: { identifier, code, password } });
const signIn = (password: string) =>
  centre.ask('POST', '/api/sign-in', { payload: { identifier: '1001', password, machine: 'test' } });
async function mailedCode(): Promise<string> {
  const before = mail.mails.length;
  await askFor('alice.martin');
  await expect.poll(() => mail.mails.length).toBe(before + 1);
  return mail.newestCode ?? 'no code';
}

test('the code of a mail is the one in its words, not a number of its head', () => {
  const head = 'Message-ID: <0d1f2a3b-1234-4567-8901-0123456789ab@centre.example>\r\nSubject: 1111-2222-3333';
  expect(codeIn(`${head}\r\n\r\nHello,\r\nyour code: AB12-CD34-EF56\r\n`)).toBe('AB12-CD34-EF56');
});

describe('a forgotten password', () => {
  it('is replaced with the code from the mail, once; the old one and the old session are gone', async () => {
    const { accessToken } = await centre.signIn('1001');
    const code = await mailedCode();
    expect(mail.mails[0]?.to).toEqual([expect.stringMatching(/^alice\.martin@/)]);
    expect((await reset(` ${code.toLowerCase().replaceAll('-', ' ')} `)).statusCode).toBe(200);
    expect((await centre.ask('GET', '/api/agent', { token: accessToken })).statusCode).toBe(401);
    expect((await signIn('demo-1001')).statusCode).toBe(401);
    expect((await signIn(good)).statusCode).toBe(200);
    expect((await reset(code, 'another long password')).json()).toMatchObject({ code: 'password/code-wrong' });
  });

  it('answers alike for nobody, for a wrong code, for an old one and for one tried too often', async () => {
    expect((await askFor('nobody')).json()).toEqual((await askFor('alice.martin')).json());
    await expect.poll(() => mail.mails.length).toBe(1);
    const code = mail.newestCode ?? '';
    const refused = async (typed: string, identifier?: string): Promise<void> => {
      const { statusCode, json } = await reset(typed, good, identifier).then(answer => ({
        statusCode: answer.statusCode,
        json: answer.json<{ code: string; message: string }>(),
      }));
      expect([statusCode, json.code, json.message]).toEqual([403, 'password/code-wrong', 'password/code-wrong']);
    };
    await refused(code, 'nobody');
    for (let times = 0; times < 5; times += 1) await refused('AAAA-BBBB-CCCC');
    await refused(code);
    centre.clock.pass(resetCodeLifeMs);
    const fresh = await mailedCode();
    centre.clock.pass(resetCodeLifeMs);
    await refused(fresh);
    expect((await signIn('demo-1001')).statusCode).toBe(200);
  });

  it('is not replaced by one that is easy to guess, and the code stays good', async () => {
    const code = await mailedCode();
    for (const weak of ['short', 'aaaaaaaaaaaa', 'alice.martin-2026'])
      expect((await reset(code, weak)).json()).toMatchObject({ code: 'password/too-weak' });
    expect((await reset(code)).statusCode).toBe(200);
  });

  it('sends one mail for many requests, and throttles who asks too often', async () => {
    await mailedCode();
    await askFor('alice.martin');
    await askFor('1001');
    const statuses: number[] = [];
    for (let times = 0; times < 12; times += 1) statuses.push((await askFor('nobody-at-all')).statusCode);
    expect([statuses.filter(status => status === 200).length, statuses.at(-1)]).toEqual([10, 429]);
    expect(mail.mails).toHaveLength(1);
  });

  it('leaves the code nowhere but in the mail, and a trace of what was done', async () => {
    const code = await mailedCode();
    const files = readdirSync(centre.folder).filter(name => name.startsWith('server.db'));
    const bytes = files.map(name => readFileSync(join(centre.folder, name)).toString('latin1')).join('');
    expect([bytes.includes(code), bytes.includes(code.replaceAll('-', ''))]).toEqual([false, false]);
    await reset('AAAA-BBBB-CCCC');
    await reset(code);
    const db = await openDatabaseOf(centre.folder);
    const alice = (await allPeople(db)).find(({ extension }) => extension === '1001');
    const actions = (await auditOf(db, alice?.id ?? '')).map(({ action }) => action);
    expect(actions.filter(action => action.startsWith('password.'))).toEqual([
      'password.reset-asked',
      'password.reset-refused',
      'password.reset-done',
    ]);
    await db.destroy();
  });

  it('is the administrator’s affair where there is no mail server, and the app is told so', async () => {
    expect((await centre.ask('GET', '/api/server-info')).json()).toMatchObject({ canResetPassword: true });
    const plain = await TestCentre.open();
    expect((await plain.ask('GET', '/api/server-info')).json()).toMatchObject({ canResetPassword: false });
    const asked = await plain.ask('POST', '/api/password/ask', { payload: { identifier: 'alice.martin' } });
    expect(asked.statusCode).toBe(403);
    await plain.close();
  });
});
