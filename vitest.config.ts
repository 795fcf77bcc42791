import { defineConfig } from 'vitest/config';

const node = (name: string, include: string, testTimeout: number) => ({
  test: {
    name,
    include: [include],
    environment: 'node' as const,
    env: { DATABASE_URL: '' }, // tests make their own databases
    testTimeout,
    hookTimeout: testTimeout,
    server: { deps: { inline: ['alawmulaw'] } }, // its ES build, as in the server's bundle: Node would take the other one
  },
});

/** About telephones, lines and live lists, or hours of calls told in a second: what they write, the others write too. */
const notOnPostgres = [
  'agents',
  'call-control',
  'channels',
  'demo',
  'desk-calls',
  'desk-phone-with-engine',
  'destinations',
]
  .concat(['live', 'live-queues', 'missed-calls', 'state-and-line', 'state-by-supervisor', 'ten-thousand-calls'])
  .concat(['transfers', 'with-engine']);

/** What touches the database once more, on PostgreSQL; on SQLite it runs in the two projects above. */
const onPostgres = () => {
  const { test } = node('integration-postgres', 'test/integration/server/*.test.ts', 60_000);
  const database = ['call-record-search', 'call-table'].map(name => `test/unit/src-server/database/${name}.test.ts`);
  return {
    test: {
      ...test,
      include: [test.include, database, 'test/postgres/*.test.ts'].flat(),
      exclude: notOnPostgres.map(name => `test/integration/server/${name}.test.ts`),
      globalSetup: 'test/rig/postgres-for-tests.ts',
    },
  };
};

/** One suite for both engines. Real-time audio and an Asterisk per file: one file after the other. */
const behaviour = (engine: 'embedded' | 'asterisk') => {
  const { test } = node(`behaviour-${engine}`, 'test/behaviour/*.test.ts', 30_000);
  return { test: { ...test, env: { ...test.env, ENGINE: engine }, fileParallelism: engine === 'embedded' } };
};

/** Real parties in real time, disturbed on purpose. */
const fault = (engine: 'embedded' | 'asterisk') => {
  const { test } = node(`fault-${engine}`, 'test/fault/**/*.test.ts', 180_000);
  return { test: { ...test, env: { ...test.env, ENGINE: engine }, fileParallelism: false } };
};

export default defineConfig({
  test: {
    projects: [
      node('unit', 'test/unit/**/*.test.ts', 10_000),
      node('integration', 'test/integration/**/*.test.ts', 20_000),
      onPostgres(),
      node('telephony', 'test/telephony/**/*.test.ts', 30_000),
      node('asterisk', 'test/asterisk/**/*.test.ts', 30_000),
      fault('embedded'),
      fault('asterisk'),
      behaviour('embedded'),
      behaviour('asterisk'),
      node('journal-truth', 'test/behaviour/shift/*.test.ts', 30_000), // both engines in one file
      './vitest.engine.config.ts',
    ],
  },
});
