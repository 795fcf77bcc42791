import type { Place, RaceResult } from './race';

/** Figures of one fault, and what went wrong in it. */
export interface FaultOutcome {
  readonly name: string;
  readonly seed: number;
  readonly races: number;
  readonly seconds: number;
  readonly lost: number;
  readonly slowestReturnMs: number;
  readonly longestSilenceMs: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly races: number;
    readonly places: Readonly<Record<string, number>>;
  }[];
  readonly wrong: readonly { readonly kind: string; readonly seed: number; readonly what: string }[];
}

interface Played {
  readonly results: readonly RaceResult[];
  readonly times: number;
  readonly seed: number;
  readonly ms: number;
}

export function outcomeOf(name: string, { results, times, seed, ms }: Played): FaultOutcome {
  const kinds = [...new Set(results.map(({ kind }) => kind))].toSorted();
  return {
    name,
    seed,
    races: times,
    seconds: Math.round(ms / 1000),
    lost: results.filter(({ place, wrong }) => place === null && wrong?.includes('LOST') === true).length,
    slowestReturnMs: Math.max(0, ...results.map(({ returnedAfterMs }) => returnedAfterMs ?? 0)),
    longestSilenceMs: Math.max(0, ...results.map(({ silenceMs }) => silenceMs)),
    kinds: kinds.map(kind => {
      const own = results.filter(result => result.kind === kind);
      return { kind, races: own.length, places: countsOf(own.map(({ place }) => place)) };
    }),
    wrong: results.flatMap(({ kind, seed: own, wrong }) => (wrong === null ? [] : [{ kind, seed: own, what: wrong }])),
  };
}

function countsOf(places: readonly (Place | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const place of places) counts[place ?? 'nowhere'] = (counts[place ?? 'nowhere'] ?? 0) + 1;
  return counts;
}

/** As a person reads it. */
export function linesOf({ name, seed, races, seconds, kinds, wrong, ...figures }: FaultOutcome): string[] {
  const width = Math.max(...kinds.map(({ kind }) => kind.length));
  const rows = kinds.map(({ kind, races: own, places }) => {
    const where = Object.entries(places).map(([place, count]) => `${place} ${count}`);
    return `  ${kind.padEnd(width)}  ${String(own).padStart(3)}  ${where.join(', ')}`;
  });
  return [
    `${name}: ${races} races in ${seconds} s, seed ${seed}`,
    ...rows,
    `  customers lost ${figures.lost}; slowest return ${figures.slowestReturnMs} ms; longest silence ${figures.longestSilenceMs} ms; wrong ${wrong.length}`,
    ...wrong.map(({ kind, seed: own, what }) => `  WRONG ${kind}, seed ${own}: ${what}`),
  ];
}
