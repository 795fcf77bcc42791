import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../scripts/postgres-instance.mjs';
import { openPostgres } from '../../src-server/database/open-postgres';
import { emptyOne, makeDatabase, urlOf } from './postgres';

/** One PostgreSQL for a whole project of tests; each centre has a database of its own in it. */
export default async function postgresForTests(): Promise<() => Promise<void>> {
  const instance = await startPostgres();
  process.env['TEST_POSTGRES'] = instance.url('postgres');
  const shared = mkdtempSync(join(tmpdir(), 'shared-by-tests-'));
  process.env['TEST_POSTGRES_FOLDER'] = shared;
  await makeDatabase(emptyOne, null);
  await (await openPostgres({ url: urlOf(emptyOne) })).destroy();
  return async () => {
    await instance.stop();
    rmSync(shared, { recursive: true, force: true });
  };
}
