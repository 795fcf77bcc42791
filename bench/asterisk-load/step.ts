import { type Outcome, compare, quantile } from '../compare';

export interface Load {
  /** Calls per second, for `forMs`. */
  readonly rate: number;
  readonly forMs: number;
  readonly callLastsMs: number;
}
/** Later than this and an agent's screen would be behind the call. */
const followsWithinMs = 50;

export interface Step {
  readonly load: Load;
  readonly mostAtOnce: number;
  readonly seconds: number;
  readonly events: number;
  readonly queueEvents: number;
  readonly cpuMs: { readonly ours: number; readonly bare: number };
  /** Lags behind Asterisk's own stamp of the same event. */
  readonly lags: readonly { readonly ours: number; readonly peer: number }[];
  /** Moments that Asterisk told and the adapter did not. */
  readonly missed: number;
  /** Calls that Asterisk did not take, or of which it never told the end. */
  readonly lost: number;
  readonly unanswered: number;
}

const oursOf = ({ lags }: Step): number[] => lags.map(({ ours }) => ours);
const p95 = (values: readonly number[]): number => quantile(values, 0.95);
/** Nothing lost, and every screen in time. */
export const isFollowed = (step: Step): boolean =>
  step.missed === 0 && step.lost === 0 && p95(oursOf(step)) <= followsWithinMs;

/** What is printed of a step. */
export function sentence(step: Step): string {
  const { load, mostAtOnce, seconds, events, queueEvents, cpuMs, lags, missed, lost, unanswered } = step;
  const perSecond = (count: number): string => (count / seconds).toFixed(0);
  const core = (ms: number): string => `${(ms / seconds / 10).toFixed(1)} %`;
  const ours = oursOf(step);
  const peer = lags.map(lag => lag.peer);
  return [
    `  ${load.rate} calls/s, ${mostAtOnce} at once, ${perSecond(events)} events/s, ${perSecond(queueEvents)} of them of queues`,
    `behind by p50 ${quantile(ours, 0.5).toFixed(1)} p95 ${p95(ours).toFixed(1)} most ${Math.max(...ours).toFixed(0)} ms (bare p95 ${p95(peer).toFixed(1)} ms)`,
    `${core(cpuMs.ours)} of a core (bare ${core(cpuMs.bare)}), room for ${(events / (cpuMs.ours / 1000)).toFixed(0)} events/s by that`,
    missed + lost === 0 ? 'all told' : `${missed} not told, ${lost} lost by Asterisk`,
    ...(unanswered === 0 ? [] : [`${unanswered} waited in vain`]),
  ].join('; ');
}

/** By the fastest step that was followed. */
export function verdict(steps: readonly Step[]): Outcome {
  const last = steps.findLast(isFollowed) ?? steps[0];
  if (last === undefined) throw new Error('bench: no step');
  return compare(['asterisk-load', 'ms'], last.lags, {
    text: `at ${last.load.rate} calls/s, ${last.mostAtOnce} at once: all told, our p95 ≤ ${followsWithinMs} ms`,
    isMet: (_ratio, ours) => isFollowed(last) && ours.p95 <= followsWithinMs,
  });
}
