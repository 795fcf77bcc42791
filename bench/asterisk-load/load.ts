import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeInstance } from '../../scripts/asterisk-instance.mjs';
import { carrierHost, openAsterisk, type OwnAsterisk } from '../../test/rig/asterisk';
import type { Outcome } from '../compare';
import { until } from '../launch';
import { phonesConfig, queueNumbers, timestampsConfig } from './crowded-centre';
import { Follower } from './follower-process';
import type { Seen } from './followers';
import { SipCrowd } from './sip-crowd';
import { isFollowed, type Load, sentence, type Step, verdict } from './step';

/** Ever faster, one step after the other. */
const climb: readonly Load[] = [5, 10, 20, 30, 40, 60, 80].map(rate => ({ rate, forMs: 10_000, callLastsMs: 3_000 }));
/** Very many at once: 200 talk, as many as there are phones, and the others wait. */
const crowded: Load = { rate: 25, forMs: 16_000, callLastsMs: 16_000 };

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
