import { expect, test } from 'vitest';
import { engineName, opensWithinMs, whyNoEngine } from '../../behaviour/centre';
import { raceKinds } from './race-kinds';
import { playRaces } from './play-races';
import type { RaceResult } from './race';

/** The same in every run; `npm run fault -- transfer --seed …` plays others. */
const seed = 20_261_128;
const times = raceKinds.filter(({ only = engineName }) => only === engineName).length;
const reason = whyNoEngine();
if (reason !== null) process.stderr.write(`${reason}\n`);

test.skipIf(reason !== null)(
  'every kind of race once: no customer is lost, each is in the right place within three seconds',
  async () => {
    const results = await playRaces({ kinds: raceKinds, engine: engineName, times, seed });
    const wrong = results.filter((result): result is RaceResult & { wrong: string } => result.wrong !== null);
    expect(wrong.map(({ kind, seed: own, wrong: why }) => `${kind} (seed ${own}): ${why}`)).toEqual([]);
    expect(results).toHaveLength(times);
  },
  opensWithinMs,
);
