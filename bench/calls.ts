import { type Outcome, compare } from './compare';
import { speakTone } from '../test/rig/sound-card';
import { type BenchPhone, type TwoPhones, nextSip, openTwoPhones, until } from './two-phones';

/** Rings for ever: the benchmark hangs up. */
const subscriber = '01555000408';
/** What the agent says; where the engine is a PBX of its own, its first sound is recognised by it. */
const agentTone = 700;
/** Nobody sees a card and presses its button sooner. Both phones may use the time. */
const personNeedsMs = 1_000;

/** Rings this phone and no other; gives the instant at which the INVITE was on the wire, and the customer. */
async function ring(
  { centre, ours, peer }: TwoPhones,
  phone: BenchPhone,
): Promise<{ invitedAt: number; hangUp(): Promise<void>; callId: string }> {
  for (const each of [ours, peer])
    await centre.setAvailability(each.identifier, each === phone ? 'available' : 'on-break');
  const invited = nextSip(phone, 'server', 'INVITE');
  const customer = await centre.customerCalls();
  return { invitedAt: await invited, hangUp: () => customer.hangUp(), callId: customer.callId };
}

async function inTurns(
  pairs: number,
  phones: TwoPhones,
  measure: (phone: BenchPhone) => Promise<number>,
): Promise<{ ours: number; peer: number }[]> {
  const measured: { ours: number; peer: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? 'ours' : 'peer';
    const one = await measure(phones[first]);
    const other = await measure(phones[first === 'ours' ? 'peer' : 'ours']);
    measured.push(first === 'ours' ? { ours: one, peer: other } : { ours: other, peer: one });
  }
  return measured;
}

async function withTwoPhones(run: (phones: TwoPhones) => Promise<Outcome>): Promise<Outcome> {
  const phones = await openTwoPhones();
  try {
    return await run(phones);
  } finally {
    await phones.close();
  }
}

/** A1: INVITE on the wire → card painted. */
export const ringBenchmark = (pairs: number): Promise<Outcome> =>
  withTwoPhones(async phones => {
    const measured = await inTurns(pairs, phones, async phone => {
      const rung = await ring(phones, phone);
      const { invitedAt } = rung;
      const paintedAt = await until('the card', () => phone.paintedAfter(invitedAt));
      await rung.hangUp();
      await phone.isIdle();
      return paintedAt - invitedAt;
    });
    return compare(['ring', 'ms'], measured, {
      text: 'ratio ≤ 1.5, our p95 ≤ 33 ms',
      isMet: (ratio, { p95 }) => ratio <= 1.5 && p95 <= 33,
    });
  });

/** A2b: click → INVITE on the wire. */
export const dialBenchmark = (pairs: number): Promise<Outcome> =>
  withTwoPhones(async phones => {
    const measured = await inTurns(pairs, phones, async phone => {
      await phone.readyToDial(subscriber);
      const invited = nextSip(phone, 'app', 'INVITE');
      const clickedAt = await phone.click('dial');
      const took = (await invited) - clickedAt;
      const ended = nextSip(phone, 'server', 'SIP/2.0 487');
      await phone.click('hang-up');
      await ended;
      await phone.isIdle();
      return took;
    });
    return compare(['dial', 'ms'], measured, {
      text: 'ratio ≤ 1/12, ours ≤ 10 ms',
      isMet: (ratio, ours) => ratio <= 1 / 12 && ours.median <= 10,
    });
  });

/** A2: click → sound both ways: the later of the customer's tone out of the agent's remote track and the agent's first sound at the centre. */
export const answerBenchmark = (pairs: number): Promise<Outcome> =>
  withTwoPhones(async phones => {
    const beQuiet = speakTone(agentTone);
    try {
      const measured = await inTurns(pairs, phones, phone => answerOnce(phones, phone));
      return compare(['answer', 'ms'], measured, { text: 'ratio ≤ 0.5', isMet: ratio => ratio <= 0.5 });
    } finally {
      await beQuiet();
    }
  });

async function answerOnce(phones: TwoPhones, phone: BenchPhone): Promise<number> {
  const rung = await ring(phones, phone);
  const { callId, invitedAt } = rung;
  await until('the card', () => phone.paintedAfter(invitedAt));
  await until('a ringing phone', async () => ((await phones.centre.mediaOf(callId)).isRinging ? true : null));
  await new Promise(done => setTimeout(done, personNeedsMs));
  const clickedAt = await phone.click('answer');
  const heard = await until('sound at the agent', () =>
    phone.mediaPage.evaluate(
      from => (window as unknown as { benchHeard: number[] }).benchHeard.findLast(at => at > from) ?? null,
      clickedAt,
    ),
  );
  const received = await until(
    'sound at the centre',
    async () => (await phones.centre.mediaOf(callId)).firstPacketAfterAnswerAt,
  );
  await rung.hangUp();
  await phone.isIdle();
  return Math.max(heard, received) - clickedAt;
}
