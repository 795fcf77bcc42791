import { Colleague } from '../test/e2e/colleague';
import { DemoCentre } from '../test/rig/demo-centre';
import type { PhoneCall } from '../test/telephony/phone-call';
import { until as waitFor } from '../test/telephony/sip-socket';
import type { LoneOutcome } from './compare';

/** Answers, and says 700 Hz. */
const subscriber = '01555000700';
const subscriberTone = 700;
const inRoom = ['1001', '1002', '1003', '1004', '1005'];
const others = ['1006', '1007', '1008', '1009', '1010', '1011', '1012', '2001', '2002', '2003'];
const lateMs = 20;

/**
 * The embedded engine in a process of its own mixes a room of six (a customer and five agents) while ten others talk with ten customers:
 * how late each beat of 20 ms was, for so many seconds.
 */
export async function mixingBenchmark(seconds: number): Promise<LoneOutcome> {
  const centre = await DemoCentre.open();
  const phones: Colleague[] = [];
  try {
    for (const extension of [...inRoom, ...others]) phones.push(await Colleague.atWork(centre, extension, 900));
    const [host, ...guests] = phones.slice(0, inRoom.length);
    if (host === undefined) throw new Error('bench: nobody at work');
    for (const { phone } of phones.slice(inRoom.length)) await talks(await phone.dial(subscriber), subscriberTone);
    const room = await talks(await host.phone.dial(subscriber), subscriberTone);
    for (const guest of guests) {
      const consult = await host.phone.dial(guest.phone.options.extension);
      const asked = await guest.phone.incoming();
      await asked.answer();
      await host.merges(idOf(room), idOf(await talks(consult, asked.media.hz)));
      await waitFor('everybody in the room', () => asked.media.heard.level(subscriberTone) > 1000);
    }
    return await punctualityOf(centre, seconds);
  } finally {
    await Promise.all(phones.map(({ phone }) => phone.close()));
    await centre.close();
  }
}

async function talks(call: PhoneCall, hz: number): Promise<PhoneCall> {
  await waitFor('talk', () => call.state === 'confirmed' && call.media.heard.level(hz) > 1000);
  return call;
}

const idOf = ({ received }: PhoneCall): string =>
  received.find(each => each.header('x-call-id') !== '')?.header('x-call-id') ?? '';

async function punctualityOf(centre: DemoCentre, seconds: number): Promise<LoneOutcome> {
  const before = await centre.punctuality();
  await new Promise(passed => setTimeout(passed, seconds * 1000));
  const after = await centre.punctuality();
  const counts = after.byLateMs.map((count, ms) => count - (before.byLateMs[ms] ?? 0));
  const ticks = after.ticks - before.ticks;
  const at = (share: number): number => {
    let seen = 0;
    return counts.findIndex(count => (seen += count) >= share * ticks);
  };
  const late = after.late - before.late + after.skipped - before.skipped;
  return {
    name: 'mixing',
    unit: 'ms',
    median: at(0.5),
    p95: at(0.95),
    goal: `no beat ${lateMs} ms late (${late} of ${ticks} were; the latest ${at(1)} ms)`,
    pass: late === 0,
    runs: ticks,
  };
}
