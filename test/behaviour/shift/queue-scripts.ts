import { until } from '../../telephony/sip-socket';
import type { Lane, Script } from './lane';

/** Anna's phone refuses with this status, then Ben answers. */
const refusedThenNext = (status: number, what: string): Script => ({
  title: `queue: the first phone ${what} (${status}), the next agent answers`,
  async play(lane) {
    await lane.available(lane.anna);
    const customer = await lane.customer();
    const first = await lane.anna.rings();
    await lane.happens('leg-ringing');
    first.decline(status);
    await lane.happens('leg-ended');
    await lane.available(lane.ben);
    await lane.answer(lane.ben);
    await lane.happens('recording-started');
    customer.hangUp();
  },
});

async function unanswered(lane: Lane): Promise<void> {
  await lane.available(lane.anna);
  const call = await lane.anna.rings();
  await until('ringing stops', () => call.state === 'ended');
  await lane.happens('offer-ended');
  await lane.happens('leg-ended');
}

export const queueScripts: readonly Script[] = [
  {
    title: 'queue: answered, the customer hangs up',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await lane.aMoment(call);
      customer.hangUp();
    },
  },
  {
    title: 'queue: answered, the agent hangs up',
    async play(lane) {
      const { call } = await lane.talkingToAnna();
      await lane.aMoment(call);
      call.hangUp();
    },
  },
  {
    title: 'queue: abandoned before any phone rang',
    async play(lane) {
      (await lane.customer()).hangUp();
    },
  },
  {
    title: 'queue: abandoned while the phone rings',
    async play(lane) {
      await lane.available(lane.anna);
      const customer = await lane.customer();
      await lane.anna.rings();
      await lane.happens('leg-ringing');
      customer.hangUp();
    },
  },
  {
    title: 'queue: abandoned after the phone was not answered',
    async play(lane) {
      const customer = await lane.customer();
      await unanswered(lane);
      customer.hangUp();
    },
  },
  {
    title: 'queue: not answered, the next agent answers',
    async play(lane) {
      const customer = await lane.customer();
      await unanswered(lane);
      await lane.available(lane.ben);
      await lane.answer(lane.ben);
      await lane.happens('recording-started');
      customer.hangUp();
    },
  },
  {
    title: 'queue: not answered by either, abandoned',
    async play(lane) {
      const customer = await lane.customer();
      await unanswered(lane);
      await lane.available(lane.ben);
      const call = await lane.ben.rings();
      await until('ringing stops', () => call.state === 'ended');
      await lane.happens('leg-ended', 2);
      customer.hangUp();
    },
  },
  refusedThenNext(603, 'declines'),
  refusedThenNext(480, 'is set to silence'),
  refusedThenNext(486, 'is busy'),
  refusedThenNext(500, 'fails'),
  refusedThenNext(580, 'has no microphone'),
  {
    title: 'queue: abandoned after the agent declined',
    async play(lane) {
      await lane.available(lane.anna);
      const customer = await lane.customer();
      const call = await lane.anna.rings();
      await lane.happens('leg-ringing');
      call.decline(603);
      await lane.happens('leg-ended');
      customer.hangUp();
    },
  },
];

export const queueTalkScripts: readonly Script[] = [
  {
    title: 'queue: the customer waited before an agent was there',
    async play(lane) {
      const customer = await lane.customer();
      await lane.available(lane.ben);
      await lane.answer(lane.ben);
      await lane.happens('recording-started');
      customer.hangUp();
    },
  },
  {
    title: 'queue: held and taken back twice',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      for (const isHeld of [true, false, true, false]) await lane.hold(call, isHeld);
      customer.hangUp();
    },
  },
  {
    title: 'queue: the customer hangs up on hold',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await lane.hold(call, true);
      customer.hangUp();
    },
  },
  {
    title: 'queue: the agent hangs up while holding',
    async play(lane) {
      const { call } = await lane.talkingToAnna();
      await lane.hold(call, true);
      call.hangUp();
    },
  },
  {
    title: 'queue: the agent presses keys',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await lane.hears(call);
      for (const [index, key] of [1, 2, 11].entries()) {
        call.media.sendKey(key);
        await lane.happens('dtmf', index + 1);
        await lane.hears(call);
      }
      customer.hangUp();
    },
  },
  {
    title: 'queue: two customers, one after the other',
    async play(lane) {
      const first = await lane.customer();
      const second = await lane.customer();
      await lane.available(lane.anna);
      await lane.answer(lane.anna);
      await lane.happens('recording-started');
      first.hangUp();
      await lane.happens('call-ended');
      await lane.answer(lane.anna);
      await lane.happens('recording-started', 2);
      second.hangUp();
    },
  },
  {
    title: 'queue: three customers, the second leaves first',
    async play(lane) {
      const first = await lane.customer();
      const second = await lane.customer();
      const third = await lane.customer();
      second.hangUp();
      await lane.happens('call-ended');
      third.hangUp();
      await lane.happens('call-ended', 2);
      first.hangUp();
    },
  },
  {
    title: 'queue: the recording is paused and goes on',
    async play(lane) {
      const { customer, call } = await lane.talkingToAnna();
      await lane.engine.setRecordingPaused(customer.callId, true);
      await lane.happens('recording-paused');
      await lane.aMoment(call);
      await lane.engine.setRecordingPaused(customer.callId, false);
      await lane.happens('recording-resumed');
      customer.hangUp();
    },
  },
  {
    title: 'queue: a colleague calls it and is answered',
    async play(lane) {
      await lane.available(lane.anna);
      const out = await lane.cleo.phone.dial(lane.firstQueue());
      await lane.answer(lane.anna);
      out.hangUp();
    },
  },
  {
    title: 'queue: a colleague calls it and gives up waiting',
    async play(lane) {
      const out = await lane.cleo.phone.dial(lane.firstQueue());
      await lane.happens('queue-joined');
      await until('answered', () => out.state === 'confirmed');
      out.hangUp();
    },
  },
  {
    title: 'queue: a colleague calls it and gives up while it rings',
    async play(lane) {
      await lane.available(lane.anna);
      const out = await lane.cleo.phone.dial(lane.firstQueue());
      await lane.anna.rings();
      await lane.happens('leg-ringing');
      out.hangUp();
    },
  },
  {
    title: 'queue: an agent calls his own queue and is offered nothing himself',
    async play(lane) {
      const out = await lane.anna.phone.dial(lane.firstQueue());
      await lane.happens('queue-joined');
      await lane.available(lane.anna, lane.ben);
      await lane.answer(lane.ben);
      out.hangUp();
    },
  },
  {
    title: 'queue: closed while a customer waits',
    async play(lane) {
      await lane.customer(lane.secondQueue());
      await lane.openSecondQueue(false);
      await lane.happens('call-ended');
      await lane.openSecondQueue(true);
    },
  },
];
