import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NewerDatabaseError, runMigrations } from '../../../src-shared/sqlite/run-migrations';

const steps = [
  { number: 20, name: 'note', sql: `ALTER TABLE call ADD COLUMN note TEXT NOT NULL DEFAULT ''` },
  { number: 10, name: 'call', sql: 'CREATE TABLE call (id TEXT PRIMARY KEY) STRICT' },
];
let database: Database.Database;
beforeEach(() => (database = new Database(':memory:')));
afterEach(() => database.close());

test('runs what is missing, in the order of the numbers, once', () => {
  expect([runMigrations(database, steps), runMigrations(database, steps)]).toEqual([[10, 20], []]);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 20 });
});

test('old rows come along', () => {
  runMigrations(database, steps.slice(1));
  database.exec(`INSERT INTO call VALUES ('old')`);
  runMigrations(database, steps);
  expect(database.prepare('SELECT * FROM call').all()).toEqual([{ id: 'old', note: '' }]);
});

test('a step that fails leaves the step before it whole', () => {
  const broken = [
    ...steps,
    { number: 30, name: 'broken', sql: 'CREATE TABLE other (id TEXT) STRICT; CREATE TABLE call (id TEXT) STRICT' },
  ];
  expect(() => runMigrations(database, broken)).toThrow(/already exists/);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 20 });
  expect(database.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'other'`).get()).toEqual({ n: 0 });
});

test('a file from a newer program is refused', () => {
  database.pragma('user_version = 999');
  expect(() => runMigrations(database, steps)).toThrow(NewerDatabaseError);
});
