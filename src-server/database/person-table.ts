import type { Role } from '../../src-shared/server-api/rest-routes';
import type { DeskPhoneDigests } from '../telephony/telephony';
import type { PersonRow, ReadableDb, WritableDb } from './tables';

export interface Account {
  readonly id: string;
  readonly company: string;
  readonly accountNumber: string;
  readonly billingNumber: string;
}

export interface Person {
  readonly id: string;
  readonly accountId: string;
  readonly identifier: string;
  readonly email: string | null;
  readonly extension: string;
  readonly displayName: string;
  readonly role: Role;
  readonly isRecorded: boolean;
  /** Set for a SIP extension, whose calls ring at a desk phone (S142); null for a Web extension. */
  readonly deskPhone: DeskPhoneDigests | null;
}

const deskPhoneOf = ({ desk_phone_md5: md5, desk_phone_sha256: sha256 }: PersonRow): DeskPhoneDigests | null =>
  md5 === null || sha256 === null ? null : { md5, sha256 };

const deskPhoneColumns = (
  deskPhone: DeskPhoneDigests | null,
): Pick<PersonRow, 'extension_kind' | 'desk_phone_md5' | 'desk_phone_sha256'> => ({
  extension_kind: deskPhone === null ? 'web' : 'sip',
  desk_phone_md5: deskPhone?.md5 ?? null,
  desk_phone_sha256: deskPhone?.sha256 ?? null,
});

const personOf = (row: PersonRow): Person => ({
  id: row.id,
  accountId: row.account_id,
  identifier: row.identifier,
  email: row.email,
  extension: row.extension,
  displayName: row.display_name,
  role: row.role,
  isRecorded: row.is_recorded === 1,
  deskPhone: deskPhoneOf(row),
});

export async function allPeople(db: ReadableDb): Promise<Person[]> {
  return (await db.selectFrom('people').selectAll().orderBy('extension').execute()).map(personOf);
}

export async function allAccounts(db: ReadableDb): Promise<Account[]> {
  const rows = await db.selectFrom('accounts').selectAll().execute();
  return rows.map(row => ({
    id: row.id,
    company: row.company,
    accountNumber: row.account_number,
    billingNumber: row.billing_number,
  }));
}

/** Finds who signs in: by agent name, extension or e-mail (S136, S295), whatever the case of letters. */
export async function personToSignIn(
  db: ReadableDb,
  identifier: string,
): Promise<{ person: Person; passwordHash: string } | null> {
  const wanted = identifier.normalize('NFC').trim();
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where(match =>
      match.or([match('identifier', '=', wanted), match('extension', '=', wanted), match('email', '=', wanted)]),
    )
    .executeTakeFirst();
  return row === undefined ? null : { person: personOf(row), passwordHash: row.password_hash };
}

export async function insertAccount(db: WritableDb, account: Account): Promise<void> {
  const row = {
    id: account.id,
    company: account.company,
    account_number: account.accountNumber,
    billing_number: account.billingNumber,
  };
  await db.insertInto('accounts').values(row).execute();
}

export async function insertPerson(db: WritableDb, person: Person, passwordHash: string): Promise<void> {
  await db
    .insertInto('people')
    .values({
      id: person.id,
      account_id: person.accountId,
      identifier: person.identifier,
      email: person.email,
      extension: person.extension,
      display_name: person.displayName,
      role: person.role,
      password_hash: passwordHash,
      is_recorded: person.isRecorded ? 1 : 0,
      ...deskPhoneColumns(person.deskPhone),
    })
    .execute();
}

/** Makes an extension a SIP extension, gives its desk phone another password, or makes it a Web extension again. @returns whether there is one */
export async function setDeskPhone(
  db: WritableDb,
  extension: string,
  deskPhone: DeskPhoneDigests | null,
): Promise<boolean> {
  const changed = await db
    .updateTable('people')
    .set(deskPhoneColumns(deskPhone))
    .where('extension', '=', extension)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
