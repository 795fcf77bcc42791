import { until } from '../../telephony/sip-socket';
import type { Lane, Script } from './lane';

/** Anna sends her customer away and it fails at once; she takes it back. */
const comesBack = (what: string, numberOf: (lane: Lane) => string): Script => ({
  title: `transfer: ${what}, and back with the sender`,
  async play(lane) {
    const { customer, call } = await lane.talkingToAnna();
    await call.refer(numberOf(lane));
    await lane.happens('transfer-ended');
    await lane.answer(lane.anna);
    customer.hangUp();
  },
});

const refusedByColleague = (status: number): Script => ({
  title: `transfer: the colleague refuses with ${status}, and back with the sender`,
  async play(lane) {
    const { customer, call } = await lane.talkingToAnna();
    await call.refer(lane.cleo.extension);
    const ringing = await lane.cleo.rings();
    await lane.isRinging(lane.cleo);
    ringing.decline(status);
    await lane.happens('transfer-ended');
    await lane.answer(lane.anna);
    customer.hangUp();
  },
});

/** The customer of a failed transfer, for whom Anna does not answer again. */
async function notTakenBack(lane: Lane, refuses: boolean): Promise<void> {
  const { call } = await lane.talkingToAnna();
  await lane.unavailable();
  await call.refer(lane.absent());
  const back = await lane.anna.rings();
  await lane.isRinging(lane.anna);
  if (refuses) back.decline(603);
  await lane.happens('queue-joined', 2);
}

export const blindScripts: readonly Script[] = [
  {
    title: 'transfer: to a colleague who answers; the customer hangs up',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.cleo.extension);
      const other = await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      await lane.aMoment(other);
      customer.hangUp();
    },
  },
  {
    title: 'transfer: to a colleague who answers and hangs up',
    async play(lane) {
      const { call } = await lane.talkingToAnna();
      await call.refer(lane.cleo.extension);
      const other = await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      await lane.aMoment(other);
      other.hangUp();
    },
  },
  {
    title: 'transfer: of a customer on hold',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await lane.hold(call, true);
      await call.refer(lane.cleo.extension);
      await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      customer.hangUp();
    },
  },
  {
    title: 'transfer: twice, back to the first',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.cleo.extension);
      const other = await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      await lane.aMoment(other);
      await other.refer(lane.anna.extension);
      const again = await lane.answer(lane.anna);
      await lane.happens('transfer-ended', 2);
      await lane.aMoment(again);
      customer.hangUp();
    },
  },
  refusedByColleague(486),
  refusedByColleague(603),
  {
    title: 'transfer: the colleague does not answer, and back with the sender',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.cleo.extension);
      await lane.cleo.rings();
      await lane.happens('transfer-ended');
      await lane.answer(lane.anna);
      customer.hangUp();
    },
  },
  comesBack('the colleague is not there', lane => lane.absent()),
  comesBack('nobody has the number', () => '77'),
  comesBack('somebody outside is busy', lane => lane.outside('busy')),
  comesBack('somebody outside rejects', lane => lane.outside('rejects')),
  comesBack('nobody outside has the number', lane => lane.outside('not-found')),
];

export const moreBlindScripts: readonly Script[] = [
  {
    title: 'transfer: to somebody outside',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.outside('answers'));
      await lane.happens('transfer-ended');
      await lane.aMoment();
      customer.hangUp();
    },
  },
  {
    title: 'transfer: to a queue, answered there',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.secondQueue());
      await lane.happens('queue-joined', 2);
      await lane.available(lane.ben);
      await lane.answer(lane.ben);
      customer.hangUp();
    },
  },
  {
    title: 'transfer: to a queue, abandoned there',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.secondQueue());
      await lane.happens('queue-joined', 2);
      customer.hangUp();
    },
  },
  {
    title: 'transfer: failed, the sender declines it: the queue, where another answers',
    async play(lane) {
      await notTakenBack(lane, true);
      await lane.available(lane.ben);
      const call = await lane.answer(lane.ben);
      call.hangUp();
    },
  },
  {
    title: 'transfer: failed, the sender does not answer: the queue, abandoned',
    async play(lane) {
      await notTakenBack(lane, false);
    },
  },
  {
    title: 'transfer: the customer leaves while the target rings',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await call.refer(lane.cleo.extension);
      await lane.cleo.rings();
      await lane.isRinging(lane.cleo);
      customer.hangUp();
    },
  },
  {
    title: 'transfer: of somebody outside whom the agent had called',
    async play(lane) {
      const call = await lane.anna.phone.dial(lane.outside('answers'));
      await lane.happens('recording-started');
      await lane.aMoment(call);
      await call.refer(lane.cleo.extension);
      const other = await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      other.hangUp();
    },
  },
  {
    title: 'transfer: of a colleague',
    async play(lane) {
      const out = await lane.anna.phone.dial(lane.ben.extension);
      const call = await lane.answer(lane.ben);
      await until('answered', () => out.state === 'confirmed');
      await out.refer(lane.cleo.extension);
      await lane.answer(lane.cleo);
      await lane.happens('transfer-ended');
      call.hangUp();
    },
  },
  {
    title: 'transfer: failed, of a colleague, whom nobody takes back: the call ends',
    async play(lane) {
      const out = await lane.cleo.phone.dial(lane.ben.extension);
      await lane.answer(lane.ben);
      await until('answered', () => out.state === 'confirmed');
      await out.refer(lane.absent());
      const back = await lane.cleo.rings();
      await lane.isRinging(lane.cleo);
      back.decline(603);
      await lane.happens('call-ended');
    },
  },
];
