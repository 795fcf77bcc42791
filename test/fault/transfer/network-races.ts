import type { Desk } from '../../behaviour/shift/lane';
import { until } from '../../telephony/sip-socket';
import type { Aim, RaceKind } from './race';
import type { RaceLane } from './race-lane';

interface Disturbance {
  readonly what: string;
  readonly happensTo: (lane: RaceLane, desk: Desk) => Promise<void>;
  /** What the centre said meanwhile may be lost. */
  readonly losesWords: boolean;
}
const blink: Disturbance = {
  what: 'network blinks',
  happensTo: (lane, desk) => lane.blink(desk),
  losesWords: false,
};
const lineBreaks: Disturbance = {
  what: 'WebSocket breaks',
  happensTo: (lane, desk) => lane.breakLine(desk),
  losesWords: true,
};

const withTarget = (customer: Aim['customer']): Aim => ({ customer, mayBe: ['target'], failedAt: null });

/** Anna's customer is sent to Cleo, and this happens before the REFER, while Cleo rings, or when she has answered. */
const sent = (
  { what, happensTo }: Disturbance,
  when: 'in talk' | 'after 202, target answers' | 'after its answer',
): RaceKind => ({
  title: `${when === 'after its answer' ? 'target' : 'sender'}’s ${what} ${when}`,
  async run(lane) {
    const { customer, call } = await lane.talking();
    if (when === 'in talk') await happensTo(lane, lane.anna);
    await call.refer(lane.cleo.extension);
    const ringing = await lane.cleo.rings();
    if (when === 'after 202, target answers') await happensTo(lane, lane.anna);
    await ringing.answer();
    if (when === 'after its answer') {
      await lane.pause(500);
      await happensTo(lane, lane.cleo);
    }
    return withTarget(customer);
  },
});

/** Anna asks Cleo first, and this happens to one of the two while they talk. */
const consulted = ({ what, happensTo }: Disturbance, whose: 'sender' | 'target'): RaceKind => ({
  title: `${whose}’s ${what} in the consultation`,
  async run(lane) {
    const { customer, held, consult } = await lane.consulted();
    await happensTo(lane, whose === 'sender' ? lane.anna : lane.cleo);
    await held.referTo(consult, lane.cleo.extension);
    return withTarget(customer);
  },
});

/** And this happens while Cleo still rings. Where it is lost that she has answered the customer is sent without asking. */
const consulting = ({ what, happensTo, losesWords }: Disturbance): RaceKind => ({
  title: `sender’s ${what} on hold, while the other rings`,
  async run(lane) {
    const { customer, held, consult, ringing } = await lane.consulting();
    await happensTo(lane, lane.anna);
    await ringing.answer();
    if (!losesWords) await until('answered', () => consult.state === 'confirmed');
    if (consult.state === 'confirmed') await held.referTo(consult, lane.cleo.extension);
    else {
      ringing.hangUp();
      await held.refer(lane.cleo.extension);
      await (await lane.cleo.rings()).answer();
    }
    return withTarget(customer);
  },
});

/** Anna does not wait for the NOTIFY, and Cleo answers, or does not. */
const impatient = (isAnswered: boolean): RaceKind => ({
  title: `sender hangs up after 202 and waits for no NOTIFY, target ${isAnswered ? 'answers' : 'rejects'}`,
  async run(lane) {
    const { customer, call } = await lane.talking();
    await call.refer(lane.cleo.extension);
    if (call.state === 'confirmed') call.hangUp();
    const ringing = await lane.cleo.rings();
    await lane.pause(1000);
    if (isAnswered) {
      await ringing.answer();
      return withTarget(customer);
    }
    ringing.decline(603);
    return { customer, mayBe: ['sender'], failedAt: Date.now() };
  },
});

/** A network that is gone for less than a second, and NOTIFYs that do not matter: the transfer goes on as if nothing had been. */
export const networkRaces: readonly RaceKind[] = [
  sent(blink, 'in talk'),
  sent(blink, 'after its answer'),
  consulted(blink, 'target'),
  consulting(blink),
  consulting(lineBreaks),
  consulted(lineBreaks, 'sender'),
  consulted(lineBreaks, 'target'),
  sent(lineBreaks, 'after 202, target answers'),
  sent(lineBreaks, 'after its answer'),
  {
    title: 'customer’s network blinks while it is sent',
    only: 'asterisk',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      customer.loseNetwork();
      await lane.pause(400);
      await ringing.answer();
      await lane.pause(400);
      customer.regainNetwork();
      return withTarget(customer);
    },
  },
  impatient(true),
  impatient(false),
];
