import { startPostgres } from '../../scripts/postgres-instance.mjs';

/** One PostgreSQL for a whole project of tests; each centre has a database of its own in it. */
export default async function postgresForTests(): Promise<() => Promise<void>> {
  const instance = await startPostgres();
  process.env['TEST_POSTGRES'] = instance.url('postgres');
  return () => instance.stop();
}
