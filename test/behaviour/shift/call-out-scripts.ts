import { until } from '../../telephony/sip-socket';
import type { SubscriberBehaviour } from '../rig/behaviour-centre';
import type { Lane, Script } from './lane';

const refusedOutside = (behaviour: SubscriberBehaviour): Script => ({
  title: `out: somebody outside: ${behaviour}`,
  async play(lane) {
    await lane.anna.phone.dial(lane.outside(behaviour));
    await lane.happens('call-ended');
  },
});

const declinedByColleague = (status: number): Script => ({
  title: `internal: the colleague refuses with ${status}`,
  async play(lane) {
    await lane.anna.phone.dial(lane.cleo.extension);
    const call = await lane.cleo.rings();
    await lane.happens('leg-ringing');
    call.decline(status);
    await lane.happens('call-ended');
  },
});

const straightAway = (title: string, numberOf: (lane: Lane) => string): Script => ({
  title,
  async play(lane) {
    await lane.anna.phone.dial(numberOf(lane));
    await lane.happens('call-ended');
  },
});

export const callOutScripts: readonly Script[] = [
  {
    title: 'out: answered and recorded',
    async play(lane) {
      const call = await lane.anna.phone.dial(lane.outside('answers'));
      await lane.happens('recording-started');
      await lane.aMoment(call);
      call.hangUp();
    },
  },
  {
    title: 'out: answered, by an agent who is not recorded',
    async play(lane) {
      const call = await lane.cleo.phone.dial(lane.outside('answers'));
      await lane.happens('leg-answered', 2);
      await lane.aMoment(call);
      call.hangUp();
    },
  },
  {
    title: 'out: held and taken back, keys pressed',
    async play(lane) {
      const call = await lane.anna.phone.dial(lane.outside('answers'));
      await lane.happens('recording-started');
      await lane.hears(call);
      await lane.hold(call, true);
      await lane.hold(call, false);
      await lane.hears(call);
      call.media.sendKey(9);
      await lane.happens('dtmf');
      call.hangUp();
    },
  },
  refusedOutside('busy'),
  refusedOutside('rejects'),
  refusedOutside('unreachable'),
  refusedOutside('not-found'),
  refusedOutside('never answers'),
  {
    title: 'out: cancelled while it rings',
    async play(lane) {
      const call = await lane.anna.phone.dial(lane.outside('never answers'));
      await lane.happens('leg-ringing');
      await until('rings', () => call.statuses.some(status => status > 100));
      call.cancel();
    },
  },
  straightAway('out: a number that is too short', () => '12345'),
  straightAway('internal: a colleague whose phone is not there', lane => lane.absent()),
  straightAway('internal: oneself', lane => lane.anna.extension),
  {
    title: 'internal: answered, the one who called hangs up',
    async play(lane) {
      const out = await lane.anna.phone.dial(lane.cleo.extension);
      const call = await lane.answer(lane.cleo);
      await lane.happens('leg-answered', 2);
      await lane.aMoment(call);
      out.hangUp();
    },
  },
  {
    title: 'internal: answered, the other hangs up',
    async play(lane) {
      await lane.anna.phone.dial(lane.cleo.extension);
      const call = await lane.answer(lane.cleo);
      await lane.happens('leg-answered', 2);
      await lane.aMoment(call);
      call.hangUp();
    },
  },
  {
    title: 'internal: both hold',
    async play(lane) {
      const out = await lane.anna.phone.dial(lane.ben.extension);
      const call = await lane.answer(lane.ben);
      await until('answered', () => out.state === 'confirmed');
      await lane.hold(out, true);
      await lane.hold(call, true);
      await lane.hold(out, false);
      await lane.hold(call, false);
      out.hangUp();
    },
  },
  declinedByColleague(603),
  declinedByColleague(486),
  declinedByColleague(480),
  {
    title: 'internal: nobody answers',
    async play(lane) {
      await lane.anna.phone.dial(lane.cleo.extension);
      await lane.cleo.rings();
      await lane.happens('call-ended');
    },
  },
  {
    title: 'internal: cancelled while it rings',
    async play(lane) {
      const out = await lane.anna.phone.dial(lane.cleo.extension);
      await lane.cleo.rings();
      await lane.happens('leg-ringing');
      await until('180', () => out.statuses.includes(180));
      out.cancel();
    },
  },
  {
    title: 'internal: cancelled early, before it rings',
    async play(lane) {
      const { phone } = lane.cleo;
      phone.ringsByItself = false;
      const out = await lane.anna.phone.dial(lane.cleo.extension);
      const call = await lane.cleo.rings();
      phone.ringsByItself = true;
      out.cancel();
      await lane.happens('call-ended');
      call.decline(487);
    },
  },
  {
    title: 'internal: the echo service',
    async play(lane) {
      const call = await lane.anna.phone.dial('*43');
      await until('answered', () => call.state === 'confirmed');
      await lane.happens('leg-answered');
      await lane.aMoment(call);
      call.hangUp();
    },
  },
];

export const clickScripts: readonly Script[] = [
  {
    title: 'click-to-dial: own phone, then somebody outside',
    async play(lane) {
      await lane.engine.dial(lane.anna.extension, lane.outside('answers'));
      const own = await lane.anna.rings();
      await lane.happens('leg-ringing');
      await own.answer();
      await lane.happens('recording-started');
      await lane.aMoment(own);
      own.hangUp();
    },
  },
  {
    title: 'click-to-dial: own phone, then a colleague who declines',
    async play(lane) {
      await lane.engine.dial(lane.anna.extension, lane.cleo.extension);
      const own = await lane.anna.rings();
      await lane.happens('leg-ringing');
      await own.answer();
      const call = await lane.cleo.rings();
      await lane.happens('leg-ringing', 2);
      call.decline(603);
      await lane.happens('call-ended');
    },
  },
  ...[603, 486].map((status): Script => ({
    title: `click-to-dial: the own phone refuses with ${status}`,
    async play(lane) {
      await lane.engine.dial(lane.anna.extension, lane.outside('answers'));
      const own = await lane.anna.rings();
      await lane.happens('leg-ringing');
      own.decline(status);
      await lane.happens('call-ended');
    },
  })),
  {
    title: 'click-to-dial: nobody takes up the own phone',
    async play(lane) {
      await lane.engine.dial(lane.anna.extension, lane.outside('answers'));
      await lane.anna.rings();
      await lane.happens('call-ended');
    },
  },
];
