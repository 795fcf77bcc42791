import { expect, it } from 'vitest';
import { AgentDirectory } from '../../../src-server/agents/agent-directory';
import { CallJournal } from '../../../src-server/calls/call-journal';
import { systemClock } from '../../../src-server/system-clock';
import { customerJoins, told } from '../../builders/a-told-call';
import { QuietLogger } from '../../fakes/quiet-logger';
import { openEmptyDatabase } from '../../rig/postgres';

async function aJournal(log = new QuietLogger()) {
  const db = await openEmptyDatabase();
  const directory = new AgentDirectory();
  await directory.reload(db);
  const journal = new CallJournal({
    db,
    directory,
    recordingsFolder: '/nowhere',
    clock: systemClock,
    log,
    isReachable: () => true,
    onJournalled: () => undefined,
  });
  return { db, journal };
}

it('a fact that cannot be written takes no other with it', async () => {
  const problems: string[] = [];
  const log = Object.assign(new QuietLogger(), { error: (text: string) => problems.push(text) });
  const { db, journal } = await aJournal(log);
  const calls = ['c1', 'c2', 'c1', 'c3'].flatMap(id => customerJoins(id));
  for (const event of told(Date.now(), calls)) journal.hear(event);
  await journal.settled();
  const rows = await db.selectFrom('calls').select('id').orderBy('id').execute();
  expect(rows.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3']);
  const facts = await db.selectFrom('call_events').select(['call_id', 'type']).orderBy('call_id').execute();
  expect(facts.filter(({ call_id: id }) => id === 'c3').map(({ type }) => type)).toEqual([
    'call-started',
    'leg-started',
    'queue-joined',
  ]);
  // The call and its leg are there already; that it joined its queue again is news.
  expect(problems.map(text => text.split(' not written')[0])).toEqual([
    'journal: call-started',
    'journal: leg-started',
  ]);
  await db.destroy();
});

it('thousands of facts at once are written in order and let timers and sockets have their turn', async () => {
  const { db, journal } = await aJournal();
  const turns: number[] = [];
  const timer = setInterval(() => turns.push(performance.now()), 1);
  for (let n = 0; n < 1_000; n += 1) for (const event of told(Date.now(), customerJoins(`c${n}`))) journal.hear(event);
  await journal.settled();
  clearInterval(timer);
  const { count } = await db
    .selectFrom('call_events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(3_000);
  expect(turns.length).toBeGreaterThan(20);
  await db.destroy();
});
