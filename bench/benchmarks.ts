import { asteriskLoadBenchmark } from './asterisk-load/load';
import { mixingBenchmark } from './mixing';
import { memoryBenchmark, registrationMs, startBenchmark } from './app-weight';
import { availableBenchmark, stateBenchmark } from './agent-state';
import { answerBenchmark, dialBenchmark, ringBenchmark } from './calls';
import { whyNoAsterisk } from '../scripts/asterisk-root.mjs';
import { downloadBenchmark } from './records/download';
import { scrollBenchmark } from './records/scroll';
import { searchBenchmark } from './records/search';
import { waveformBenchmark } from './records/waveform';
import { serverSearchBenchmark } from './server-search/search';
import { stormBenchmark } from './storm/storm';
import { transferBenchmark } from './transfer';
import type { LoneOutcome, Outcome } from './compare';

type AnyOutcome = Outcome | LoneOutcome;
interface Benchmark {
  readonly pairs: number;
  readonly run: (pairs: number, say: (line: string) => void) => Promise<AnyOutcome | readonly AnyOutcome[]>;
  /** Why it cannot run on this machine; null where it can. */
  readonly whyNot?: () => string | null;
}

/** Every benchmark by name, with the number of pairs (of `asterisk-load` steps, of `available` and `state` runs, of `mixing` seconds) it runs when none is given. */
const benchmarks: Record<string, Benchmark> = {
  ring: { pairs: 33, run: ringBenchmark },
  dial: { pairs: 33, run: dialBenchmark },
  answer: { pairs: 33, run: answerBenchmark },
  transfer: { pairs: 23, run: transferBenchmark },
  mixing: { pairs: 60, run: mixingBenchmark },
  start: { pairs: 20, run: startBenchmark },
  memory: { pairs: 4, run: memoryBenchmark },
  available: { pairs: 10, run: availableBenchmark },
  state: { pairs: 43, run: stateBenchmark },
  'server-search': { pairs: 72, run: serverSearchBenchmark },
  search: { pairs: 90, run: searchBenchmark },
  scroll: { pairs: 3, run: scrollBenchmark },
  waveform: { pairs: 6, run: waveformBenchmark },
  download: { pairs: 3, run: downloadBenchmark },
  storm: { pairs: 3, run: stormBenchmark },
  'asterisk-load': { pairs: 7, run: asteriskLoadBenchmark, whyNot: whyNoAsterisk },
};

/** @throws Error on a name that is none of ours */
export async function runBenchmarks(
  names: readonly string[],
  { pairs, say }: { readonly pairs: number | undefined; readonly say: (line: string) => void },
): Promise<AnyOutcome[]> {
  const wanted = names.length > 0 ? names : Object.keys(benchmarks);
  const outcomes: AnyOutcome[] = [];
  for (const name of wanted) {
    const benchmark = benchmarks[name];
    if (!benchmark) throw new Error(`no benchmark ${name}; there are ${Object.keys(benchmarks).join(', ')}`);
    const reason = benchmark.whyNot?.() ?? null;
    if (reason !== null) {
      say(`${name.padEnd(8)} left out. ${reason}`);
      continue;
    }
    for (const outcome of [await benchmark.run(pairs ?? benchmark.pairs, say)].flat()) {
      outcomes.push(outcome);
      say('peer' in outcome ? line(outcome) : loneLine(outcome));
    }
    if (name === 'start')
      say(`${''.padEnd(8)} and sign-in clicked → line registered: ${(await registrationMs(3)).toFixed(0)} ms`);
  }
  return outcomes;
}

const line = ({ name, unit, ours, p95, peer, ratio, ratioLow, ratioHigh, goal, pass, runs }: Outcome): string =>
  `${name.padEnd(8)} ours ${ours.toFixed(1)} ${unit} (p95 ${p95.toFixed(1)}), peer ${peer.toFixed(1)} ${unit}, ratio ${ratio.toFixed(3)} [${ratioLow.toFixed(3)}, ${ratioHigh.toFixed(3)}] in ${runs} pairs; goal ${goal}: ${pass ? 'PASS' : 'not reached'}`;

const loneLine = ({ name, unit, median, p95, goal, pass, runs }: LoneOutcome): string =>
  `${name.padEnd(8)} median ${median.toFixed(1)} ${unit}, p95 ${p95.toFixed(1)} ${unit} in ${runs} runs, no peer; goal ${goal}: ${pass ? 'PASS' : 'not reached'}`;
