import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import type { Place, RaceKind } from './race';
import type { RaceLane } from './race-lane';

/** The customer is sent to Cleo's phone, which then does this. @returns when that went wrong for the customer; null when it did not */
const cleo = (
  title: string,
  mayBe: readonly Place[],
  does: (lane: RaceLane, ringing: PhoneCall) => Promise<number | null>,
): RaceKind => ({
  title,
  async run(lane) {
    const { customer, call } = await lane.talking();
    await lane.pause(500);
    await call.refer(lane.cleo.extension);
    const ringing = await lane.cleo.rings();
    return { customer, mayBe, failedAt: await does(lane, ringing) };
  },
});

/** The customer is sent where nobody can be rung. */
const nowhere = (title: string, numberOf: (lane: RaceLane) => string): RaceKind => ({
  title,
  async run(lane) {
    const { customer, held, consult } = await lane.consulting();
    await lane.pause();
    consult.leave();
    const failedAt = Date.now();
    await held.refer(numberOf(lane));
    return { customer, mayBe: ['sender'], failedAt };
  },
});

const declining = (status: number) => async (lane: RaceLane, ringing: PhoneCall) => {
  await lane.pause(1000);
  ringing.decline(status);
  return Date.now();
};

export const targetRaces: readonly RaceKind[] = [
  cleo('target answers', ['target'], async (lane, ringing) => {
    await lane.pause(1000);
    await ringing.answer();
    return null;
  }),
  cleo('target is busy', ['sender'], declining(486)),
  cleo('target rejects', ['sender'], declining(603)),
  cleo('target fails', ['sender'], declining(500)),
  cleo('target is silent', ['sender'], async (lane, ringing) => {
    await until('the ringing ends', () => ringing.state === 'ended');
    return (await lane.happens('transfer-ended')).at;
  }),
  cleo('target crashes while it rings', ['sender'], async lane => {
    await lane.pause(1000);
    lane.crash(lane.cleo);
    return Date.now();
  }),
  // Nobody is told of it: to the centre it is a phone that rings and that nobody answers.
  cleo('target loses its network while it rings', ['sender'], async lane => {
    await lane.pause(1000);
    lane.cutOff(lane.cleo);
    return (await lane.happens('transfer-ended')).at;
  }),
  cleo('target crashes in the moment of its answer', ['sender', 'queue'], async (lane, ringing) => {
    await lane.pause(1000);
    await ringing.sendAnswer();
    lane.crash(lane.cleo);
    return Date.now();
  }),
  cleo('target crashes after its answer', ['sender', 'queue'], async (lane, ringing) => {
    await ringing.answer();
    await lane.pause();
    lane.crash(lane.cleo);
    return Date.now();
  }),
  cleo('target sends the customer on', ['target'], async (lane, ringing) => {
    await ringing.answer();
    await lane.pause(500);
    await ringing.refer(lane.ben.extension);
    const other = await lane.ben.rings();
    await lane.pause(500);
    await other.answer();
    return null;
  }),
  {
    title: 'target crashed a moment before',
    async run(lane) {
      const { customer, call } = await lane.talking();
      lane.crash(lane.cleo);
      await lane.pause(300);
      const failedAt = Date.now();
      await call.refer(lane.cleo.extension);
      return { customer, mayBe: ['sender'], failedAt };
    },
  },
  {
    title: 'target lost its network a moment before',
    async run(lane) {
      const { customer, call } = await lane.talking();
      lane.cutOff(lane.cleo);
      await lane.pause(300);
      const failedAt = Date.now();
      await call.refer(lane.cleo.extension);
      return { customer, mayBe: ['sender'], failedAt };
    },
  },
  nowhere('target is not registered', lane => lane.absent()),
  nowhere('target is unknown', () => '77'),
  nowhere('target outside is busy', lane => lane.outside('busy')),
  nowhere('target outside rejects', lane => lane.outside('rejects')),
  {
    title: 'target is oneself',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.hold(call, true);
      await call.refer(lane.anna.extension);
      const isRefused = await until('refused, or taken', () =>
        call.notified.some(status => status >= 400) ? 'refused' : call.state === 'ended' && 'taken',
      );
      if (isRefused === 'refused') await call.reinvite('sendrecv');
      return { customer, mayBe: ['sender'], failedAt: null };
    },
  },
  {
    title: 'target outside answers',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.pause(500);
      await call.refer(lane.outside('answers'));
      await until('the sender is out', () => call.state === 'ended');
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target is a queue',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.pause(500);
      await call.refer(lane.secondQueue());
      await until('the sender is out', () => call.state === 'ended');
      return { customer, mayBe: ['other queue'], failedAt: null };
    },
  },
];
