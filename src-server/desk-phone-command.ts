import { parseArgs } from 'node:util';
import { deskPhoneDigests, newDeskPhonePassword } from './agents/desk-phone-password';
import { commandDatabase } from './command-database';
import { setDeskPhone } from './database/person-table';
import { sipRealm } from './telephony/telephony';

export const deskPhoneUsage = `desk-phone: makes an extension a SIP extension, whose calls ring at a desk phone, and prints the password of that phone.

  --extension NUMBER   whose (required)
  --data DIR           the central server's data (default .data/server); the server may be running
  --web                takes the desk phone away again: a Web extension, whose phone is the app

The password is shown once and kept nowhere. Run it again for another one: the former ends.
`;

export interface CommandOutcome {
  readonly isGood: boolean;
  readonly text: string;
}

/** Runs the command. @returns what to say, and whether it went well */
export async function runDeskPhone(args: readonly string[]): Promise<CommandOutcome> {
  const string = { type: 'string' } as const;
  let given: { extension?: string | undefined; data?: string | undefined; web?: boolean | undefined };
  try {
    const options = { extension: string, data: string, web: { type: 'boolean' } as const };
    given = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { extension, data = '.data/server', web: isWeb = false } = given;
  if (extension === undefined || !/^\d{1,16}$/.test(extension)) return wrong('--extension NUMBER is missing');
  const db = await commandDatabase(data);
  if (db === null) return wrong(`no server.db in ${data}`);
  const password = newDeskPhonePassword();
  try {
    if (!(await setDeskPhone(db, extension, isWeb ? null : deskPhoneDigests(extension, password))))
      return wrong(`nobody has the extension ${extension}`);
  } finally {
    await db.destroy();
  }
  if (isWeb) return { isGood: true, text: `${extension} is a Web extension now: its phone is the app.\n` };
  return { isGood: true, text: phoneSettings(extension, password) };
}

const phoneSettings = (extension: string, password: string): string =>
  [
    `${extension} is a SIP extension now. What the phone needs:`,
    `  user name, authentication name   ${extension}`,
    `  domain, realm                    ${sipRealm}`,
    `  password                         ${password}`,
    'The password is not shown again.',
    '',
  ].join('\n');

const wrong = (problem: string): CommandOutcome => ({ isGood: false, text: `${problem}\n\n${deskPhoneUsage}` });
