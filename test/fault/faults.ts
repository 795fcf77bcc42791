import { engineName } from '../behaviour/centre';
import { playRaces } from './transfer/play-races';
import { raceKinds } from './transfer/race-kinds';
import { type FaultOutcome, outcomeOf } from './transfer/race-outcome';

export { linesOf } from './transfer/race-outcome';

interface Options {
  readonly times: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Every fault that can be made by name. One more: a function here. */
const faults: Readonly<Record<string, (options: Options) => Promise<FaultOutcome>>> = {
  async transfer({ times, seed, say }) {
    const started = performance.now();
    let count = 0;
    const results = await playRaces({
      kinds: raceKinds,
      engine: engineName,
      times,
      seed,
      onResult: ({ kind, seed: own, wrong }) => {
        count++;
        if (wrong !== null) say(`  WRONG ${kind}, seed ${own}: ${wrong}`);
        else if (count % 50 === 0) say(`  ${count} of ${times}`);
      },
    });
    return outcomeOf(`transfer (${engineName})`, { results, times, seed, ms: performance.now() - started });
  },
};

/** @param names none: all @returns what came of each */
export async function runFaults(names: readonly string[], options: Options): Promise<FaultOutcome[]> {
  const unknown = names.filter(name => faults[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`no fault ${unknown.join(', ')}; there are: ${Object.keys(faults).join(', ')}`);
  const outcomes: FaultOutcome[] = [];
  for (const [name, run] of Object.entries(faults))
    if (names.length === 0 || names.includes(name)) outcomes.push(await run(options));
  return outcomes;
}
