import { SeededRandom } from '../../../src-server/demo/seeded-random';
import { openCentre } from '../../behaviour/centre';
import type { EngineName } from '../../behaviour/rig/behaviour-centre';
import { Lane } from '../../behaviour/shift/lane';
import { findCustomer } from './find-customer';
import type { RaceKind, RaceResult } from './race';
import { RaceLane } from './race-lane';

/** Back within this time of the failure. */
const backWithinMs = 3000;
/** A second of silence is borne; half a second is the ear's own uncertainty. */
const longestSilenceMs = 1500;
const largestSeed = 2 ** 31;

/** Shorter than a centre's, so that a race that waits for them is over soon. */
const raceTiming = {
  internalRingMs: 8000,
  networkRingMs: 2000,
  transferRingMs: 3000,
  returnRingMs: 4000,
  ownPhoneRingMs: 3000,
};

interface Races {
  readonly kinds: readonly RaceKind[];
  readonly engine: EngineName;
  readonly times: number;
  readonly seed: number;
  /** How many are run at the same time. */
  readonly lanes?: number;
  readonly onResult?: (result: RaceResult) => void;
}

/** Plays so many races, every kind in its turn, on one real engine. */
export async function playRaces({ engine, times, seed, lanes = 6, onResult, ...races }: Races): Promise<RaceResult[]> {
  const kinds = races.kinds.filter(({ only = engine }) => only === engine);
  const numbers = Array.from({ length: Math.min(lanes, times) }, (_, index) => index + 1);
  const centre = await openCentre(
    {
      queues: numbers.flatMap(number => Lane.queuesOf(number)),
      extensions: numbers.flatMap(number => Lane.peopleOf(number)),
      timing: raceTiming,
    },
    engine,
  );
  const seeds = new SeededRandom(seed);
  const left = Array.from({ length: times }, (_, index) => ({
    kind: kinds[index % kinds.length] as RaceKind,
    seed: seeds.between(1, largestSeed),
  }));
  const results: RaceResult[] = [];
  try {
    await Promise.all(
      numbers.map(async number => {
        for (let race = left.shift(); race !== undefined; race = left.shift()) {
          const result = await playRace(new RaceLane(centre, number, race.seed), race.kind);
          results.push(result);
          onResult?.(result);
        }
      }),
    );
    return results;
  } finally {
    await centre.close();
  }
}

async function playRace(lane: RaceLane, kind: RaceKind): Promise<RaceResult> {
  const result = { kind: kind.title, seed: lane.seed, place: null, returnedAfterMs: null, silenceMs: 0, wrong: null };
  const wrong: string[] = [];
  const note = (error: unknown): void => void wrong.push(error instanceof Error ? error.message : String(error));
  let found: Pick<RaceResult, 'place' | 'returnedAfterMs'> = result;
  try {
    await lane.open();
    lane.begin();
    const aim = await kind.run(lane);
    const { place, at } = await findCustomer(lane, aim);
    const returnedAfterMs = aim.failedAt === null || place === 'left' ? null : Math.max(0, at - aim.failedAt);
    found = { place, returnedAfterMs };
    if (!aim.mayBe.includes(place)) wrong.push(`the customer is at: ${place}, not at: ${aim.mayBe.join(', ')}`);
    if ((returnedAfterMs ?? 0) > backWithinMs) wrong.push(`back after ${returnedAfterMs} ms`);
  } catch (error) {
    note(error);
  }
  const { silenceMs } = lane;
  if (silenceMs > longestSilenceMs) wrong.push(`the customer heard nothing for ${silenceMs} ms`);
  await lane.putAway().catch(note);
  const unbalanced = lane.unbalanced();
  if (unbalanced.length > 0) wrong.push(`not exactly one end each: ${unbalanced.join(', ')}`);
  return { ...result, ...found, silenceMs, wrong: wrong.length === 0 ? null : wrong.join('; ') };
}
