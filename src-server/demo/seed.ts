import type { Clock } from '../../src-shared/base/clock';
import { insertFinishedCalls } from '../database/call-history-table';
import { insertCustomers } from '../database/customer-table';
import { RecordFiller } from '../calls/record-filler';
import { allPeople, insertAccount, insertPerson } from '../database/person-table';
import { readPolicy, writePolicy } from '../database/policy-table';
import { insertQueue } from '../database/queue-table';
import type { WritableDb } from '../database/tables';
import type { ServerLog } from '../server-log';
import { hashPassword, type PasswordCost } from '../sign-in/password-hash';
import { demoCalls, demoDays } from './demo-calls';
import { demoCustomers } from './demo-customers';
import { demoAccount, demoPasswordOf, demoPeople, demoQueues } from './demo-people';
import { demoQueuePolicies } from './demo-policy';
import { writeDemoRecordings } from './demo-recordings';
import { SeededRandom } from './seeded-random';

export interface SeedParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly recordingsFolder: string;
  readonly assetsFolder: string;
  readonly passwordCost: PasswordCost;
}

/** Fills an empty database with the demonstration centre, the same one each time; a database with people in it is left alone. */
export async function seedDemo(parts: SeedParts): Promise<void> {
  const { db, clock, log, passwordCost } = parts;
  if ((await allPeople(db)).length > 0) return;
  const startedAt = clock.monotonic();
  // Begun first: the hashes are made on other threads while this one makes the calls.
  const hashes = Promise.all(demoPeople.map(person => hashPassword(demoPasswordOf(person.extension), passwordCost)));
  const random = new SeededRandom(2026);
  const now = clock.now();
  const customers = demoCustomers(random);
  const made = demoCalls({ random, people: demoPeople, queues: demoQueues, customers, now });
  const recordings = await writeDemoRecordings({ ...parts, random, people: demoPeople, made });
  const passwordHashes = await hashes;
  await db.transaction().execute(async transaction => {
    await insertAccount(transaction, demoAccount);
    for (const [index, person] of demoPeople.entries())
      await insertPerson(transaction, person, passwordHashes[index] ?? '');
    for (const queue of demoQueues) await insertQueue(transaction, queue);
    await writePolicy(transaction, { ...(await readPolicy(transaction)), queues: demoQueuePolicies });
    await insertCustomers(transaction, customers, now - demoDays * 86_400_000);
    await insertFinishedCalls(transaction, made, recordings);
  });
  await new RecordFiller({ db, clock, log, accountIdOf: () => demoAccount.id }).fillAll();
  log.info(
    `demo data: ${demoPeople.length} people, ${customers.length} customers, ${made.calls.length} calls, ${recordings.length} recordings in ${Math.round(clock.monotonic() - startedAt)} ms`,
  );
}
