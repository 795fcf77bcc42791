import { AgentDirectory } from '../../../src-server/agents/agent-directory';
import { CallJournal } from '../../../src-server/calls/call-journal';
import { openDatabase } from '../../../src-server/database/open-database';
import { insertAccount, insertPerson } from '../../../src-server/database/person-table';
import { insertQueue } from '../../../src-server/database/queue-table';
import type { WritableDb } from '../../../src-server/database/tables';
import { systemClock } from '../../../src-server/system-clock';
import { openCentre } from '../centre';
import type { BehaviourCentre, EngineName } from '../rig/behaviour-centre';
import { type CallStory, storiesOf } from './call-story';
import { Lane, type Script, shiftTiming } from './lane';

/** What came of one script on one engine. */
export interface PlayedScript {
  readonly stories: readonly CallStory[];
  /** Why it could not be played to its end; null when it was. */
  readonly error: string | null;
}

/** Lane by lane; the lanes go on beside one another. */
export type Shift = readonly (readonly Script[])[];

const accountId = 'centre';

/** Plays the whole shift on one engine, through the real journal into a real database. @returns by title of the script */
export async function playShift(shift: Shift, engine: EngineName, seed: number): Promise<Map<string, PlayedScript>> {
  const numbers = shift.map((_, index) => index + 1);
  const centre = await openCentre(
    {
      queues: numbers.flatMap(number => Lane.queuesOf(number)),
      extensions: numbers.flatMap(number => Lane.peopleOf(number)),
      timing: shiftTiming,
    },
    engine,
  );
  const db = openDatabase({ file: ':memory:' });
  try {
    const journal = await openJournal(db, centre);
    const lanes = numbers.map(number => new Lane(centre, number, seed));
    for (const lane of lanes) await lane.open();
    const played = new Map<string, { callIds: readonly string[]; error: string | null }>();
    await Promise.all(
      lanes.map(async (lane, index) => {
        for (const script of shift[index] ?? []) played.set(script.title, await playScript(lane, script));
      }),
    );
    await journal.settled();
    const results = new Map<string, PlayedScript>();
    for (const [title, { callIds, error }] of played)
      results.set(title, { stories: await storiesOf(db, callIds), error });
    return results;
  } finally {
    await centre.close();
    await db.destroy();
  }
}

async function playScript(lane: Lane, script: Script): Promise<{ callIds: readonly string[]; error: string | null }> {
  lane.begin();
  const errors: string[] = [];
  const note = (error: unknown): void => void errors.push(error instanceof Error ? error.message : String(error));
  await script.play(lane).catch(note);
  if (errors.length === 0) await lane.allOver().catch(() => undefined); // what is not over is ended, or told, by `rest`
  await lane.rest().catch(note);
  return { callIds: lane.callIds, error: errors.length === 0 ? null : errors.join('; ') };
}

async function openJournal(db: WritableDb, centre: BehaviourCentre): Promise<CallJournal> {
  await insertAccount(db, { id: accountId, company: 'Centre', accountNumber: '1', billingNumber: '1' });
  for (const { extension, displayName, isRecorded, deskPhone } of centre.extensions) {
    const names = {
      id: `person-${extension}`,
      accountId,
      identifier: `agent-${extension}`,
      email: null,
      extension,
      displayName,
    };
    await insertPerson(db, { ...names, role: 'agent', isRecorded, deskPhone }, '');
  }
  for (const { memberExtensions, id, name, number, ringTimeoutMs, wrapUpMs } of centre.queues) {
    const memberIds = memberExtensions.map(extension => `person-${extension}`);
    await insertQueue(db, { id, name, number, ringTimeoutMs, wrapUpMs, memberIds });
  }
  const directory = new AgentDirectory();
  await directory.reload(db);
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const { recordingsFolder } = centre;
  const journal = new CallJournal({
    db,
    directory,
    recordingsFolder,
    clock: systemClock,
    log: silent,
    isReachable: () => true,
    onJournalled: () => undefined,
  });
  await journal.start();
  centre.engine.onEvent(event => journal.hear(event));
  return journal;
}
