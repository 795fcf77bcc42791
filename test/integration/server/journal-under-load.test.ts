import { expect, it } from 'vitest';
import { AgentDirectory } from '../../../src-server/agents/agent-directory';
import { CallJournal } from '../../../src-server/calls/call-journal';
import { openDatabase } from '../../../src-server/database/open-database';
import { systemClock } from '../../../src-server/system-clock';
import { customerJoins, told } from '../../builders/a-told-call';
import { QuietLogger } from '../../fakes/quiet-logger';

it('thousands of facts at once are written in order and let timers and sockets have their turn', async () => {
  const db = openDatabase({ file: ':memory:' });
  const directory = new AgentDirectory();
  await directory.reload(db);
  const journal = new CallJournal({
    db,
    directory,
    recordingsFolder: '/nowhere',
    clock: systemClock,
    log: new QuietLogger(),
    isReachable: () => true,
    onJournalled: () => undefined,
  });
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
