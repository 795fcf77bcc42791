import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeInstance } from '../../scripts/asterisk-instance.mjs';
import { carrierHost, openAsterisk, type OwnAsterisk } from '../../test/rig/asterisk';
import { type Outcome, compare, quantile } from '../compare';
import { project, until } from '../launch';
import { phonesConfig, queueNumbers, timestampsConfig } from './crowded-centre';
import type { FollowerOptions, Seen } from './followers';
import { SipCrowd } from './sip-crowd';

const here = join(project, 'bench', 'asterisk-load');
interface Load {
  /** Calls per second, for `forMs`. */
  readonly rate: number;
  readonly forMs: number;
  readonly callLastsMs: number;
}
/** Ever faster, one step after the other. */
const climb: readonly Load[] = [5, 10, 20, 30, 40, 60, 80].map(rate => ({ rate, forMs: 10_000, callLastsMs: 3_000 }));
/** Very many at once: 200 talk, as many as there are phones, and the others wait. */
const crowded: Load = { rate: 25, forMs: 16_000, callLastsMs: 16_000 };
/** Later than this and an agent's screen would be behind the call. */
const followsWithinMs = 50;

interface Step {
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

/** One process that follows the calls; asked once after each step. */
class Follower {
  private constructor(private readonly child: ChildProcess) {}

  static async open(options: FollowerOptions): Promise<Follower> {
    const child = fork(join(here, 'part.mjs'), [join(here, 'followers.ts'), JSON.stringify(options)], { cwd: project });
    const follower = new Follower(child);
    await follower.answer();
    return follower;
  }

  async seen(): Promise<Seen> {
    const answer = this.answer();
    this.child.send('what have you seen');
    return (await answer) as Seen;
  }

  close(): void {
    this.child.disconnect();
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (status: number | null): void => reject(new Error(`follower ended with ${status}`));
      this.child.once('exit', ended);
      this.child.once('message', message => {
        this.child.off('exit', ended);
        resolve(message);
      });
    });
  }
}

/** How far the adapter is behind Asterisk while calls come ever faster, beside a reader that does nothing with the same events. */
export async function asteriskLoadBenchmark(steps: number, say: (line: string) => void): Promise<Outcome> {
  const asterisk = await openAsterisk({
    rtpPorts: 4_000,
    files: port => ({ 'pjsip_local.conf': phonesConfig(carrierHost, port), 'manager_local.conf': timestampsConfig }),
  });
  const recordingsFolder = mkdtempSync(join(tmpdir(), 'bench-recordings-'));
  try {
    const { access } = asterisk;
    const ours = await Follower.open({ who: 'ours', access, recordingsFolder });
    const bare = await Follower.open({ who: 'bare', access, recordingsFolder });
    const done = await takeAll(asterisk, { ours, bare }, { steps, say });
    ours.close();
    bare.close();
    return verdict(done);
  } finally {
    await removeInstance(asterisk.name);
    rmSync(recordingsFolder, { recursive: true, force: true });
  }
}

/** Up to the first step in which a call went wrong: then it is Asterisk, or this machine, that has enough. */
async function takeAll(
  asterisk: OwnAsterisk,
  followers: { readonly ours: Follower; readonly bare: Follower },
  { steps, say }: { readonly steps: number; readonly say: (line: string) => void },
): Promise<Step[]> {
  const crowd = await SipCrowd.open(carrierHost, asterisk.trunkPort, asterisk.sipPort);
  const done: Step[] = [];
  for (const load of climb.slice(0, steps)) {
    const step = await take(load, crowd, followers);
    done.push(step);
    say(sentence(step));
    if (!isFollowed(step)) break;
  }
  if (steps >= climb.length) say(sentence(await take(crowded, crowd, followers)));
  crowd.close();
  return done;
}

async function take(
  load: Load,
  crowd: SipCrowd,
  followers: { readonly ours: Follower; readonly bare: Follower },
): Promise<Step> {
  await Promise.all([followers.ours.seen(), followers.bare.seen()]);
  const before = { started: crowd.started, answered: crowd.answered };
  const from = performance.now();
  const mostAtOnce = await callAt(load, crowd);
  await until('all calls over', () => (crowd.running === 0 ? true : null), 30_000);
  const seconds = (performance.now() - from) / 1000;
  const { ours, bare } = await whatBothSaw(followers);
  const known = new Map(ours.sightings.map(fact => [`${fact.callId} ${fact.what}`, fact]));
  const lags = bare.sightings.flatMap(({ callId, what, knownAt, madeAt }) => {
    const fact = known.get(`${callId} ${what}`);
    return fact === undefined || madeAt === null ? [] : [{ ours: fact.knownAt - madeAt, peer: knownAt - madeAt }];
  });
  const started = crowd.started - before.started;
  return {
    load,
    mostAtOnce,
    seconds,
    events: bare.events,
    queueEvents: bare.queueEvents,
    cpuMs: { ours: ours.cpuMs, bare: bare.cpuMs },
    lags,
    missed: bare.sightings.length - lags.length,
    lost: started - bare.sightings.filter(({ what }) => what === 'ended').length,
    unanswered: started - (crowd.answered - before.answered),
  };
}

/** What is late is late, not missing: asked until both agree or two seconds brought nothing more. */
async function whatBothSaw({
  ours,
  bare,
}: {
  readonly ours: Follower;
  readonly bare: Follower;
}): Promise<{ ours: Seen; bare: Seen }> {
  let seen = { ours: await ours.seen(), bare: await bare.seen() };
  for (let round = 0; seen.ours.sightings.length !== seen.bare.sightings.length && round < 20; round++) {
    await new Promise(later => setTimeout(later, 100));
    seen = { ours: sum(seen.ours, await ours.seen()), bare: sum(seen.bare, await bare.seen()) };
  }
  return seen;
}

const sum = (one: Seen, other: Seen): Seen => ({
  sightings: [...one.sightings, ...other.sightings],
  events: one.events + other.events,
  queueEvents: one.queueEvents + other.queueEvents,
  cpuMs: one.cpuMs + other.cpuMs,
});

/** @returns how many calls there were at once */
async function callAt({ rate, forMs, callLastsMs }: Load, crowd: SipCrowd): Promise<number> {
  const from = performance.now();
  let mostAtOnce = 0;
  for (let made = 0; made < (rate * forMs) / 1000;) {
    const due = Math.floor(((performance.now() - from) * rate) / 1000);
    for (; made < due; made++) crowd.call(queueNumbers[made % queueNumbers.length] ?? '', callLastsMs);
    mostAtOnce = Math.max(mostAtOnce, crowd.running);
    await new Promise(later => setTimeout(later, 5));
  }
  return mostAtOnce;
}

const oursOf = ({ lags }: Step): number[] => lags.map(({ ours }) => ours);
const p95 = (values: readonly number[]): number => quantile(values, 0.95);
const isFollowed = (step: Step): boolean =>
  step.missed === 0 && step.lost === 0 && p95(oursOf(step)) <= followsWithinMs;

function sentence(step: Step): string {
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
function verdict(steps: readonly Step[]): Outcome {
  const last = steps.findLast(isFollowed) ?? steps[0];
  if (last === undefined) throw new Error('bench: no step');
  return compare(['asterisk-load', 'ms'], last.lags, {
    text: `at ${last.load.rate} calls/s, ${last.mostAtOnce} at once: all told, our p95 ≤ ${followsWithinMs} ms`,
    isMet: (_ratio, ours) => isFollowed(last) && ours.p95 <= followsWithinMs,
  });
}
