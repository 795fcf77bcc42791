import { memoryBenchmark, registrationMs, startBenchmark } from './app-weight';
import { answerBenchmark, dialBenchmark, ringBenchmark } from './calls';
import type { Outcome } from './compare';

/** Every benchmark by name, with the number of pairs it runs when none is given. */
const benchmarks: Record<string, { readonly pairs: number; readonly run: (pairs: number) => Promise<Outcome> }> = {
  ring: { pairs: 33, run: ringBenchmark },
  dial: { pairs: 33, run: dialBenchmark },
  answer: { pairs: 33, run: answerBenchmark },
  start: { pairs: 20, run: startBenchmark },
  memory: { pairs: 4, run: memoryBenchmark },
};

/** @throws Error on a name that is none of ours */
export async function runBenchmarks(
  names: readonly string[],
  { pairs, say }: { readonly pairs: number | undefined; readonly say: (line: string) => void },
): Promise<Outcome[]> {
  const wanted = names.length > 0 ? names : Object.keys(benchmarks);
  const outcomes: Outcome[] = [];
  for (const name of wanted) {
    const benchmark = benchmarks[name];
    if (!benchmark) throw new Error(`no benchmark ${name}; there are ${Object.keys(benchmarks).join(', ')}`);
    const outcome = await benchmark.run(pairs ?? benchmark.pairs);
    outcomes.push(outcome);
    say(line(outcome));
    if (name === 'start')
      say(`${''.padEnd(8)} and sign-in clicked → line registered: ${(await registrationMs(3)).toFixed(0)} ms`);
  }
  return outcomes;
}

const line = ({ name, unit, ours, peer, ratio, ratioLow, ratioHigh, goal, pass, runs }: Outcome): string =>
  `${name.padEnd(8)} ours ${ours.toFixed(1)} ${unit}, peer ${peer.toFixed(1)} ${unit}, ratio ${ratio.toFixed(3)} [${ratioLow.toFixed(3)}, ${ratioHigh.toFixed(3)}] in ${runs} pairs; goal ${goal}: ${pass ? 'PASS' : 'not reached'}`;
