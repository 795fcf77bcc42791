import { until } from '../../telephony/sip-socket';
import type { RaceKind } from './race';

export const consultRaces: readonly RaceKind[] = [
  {
    // Where the other has answered by then the transfer is attended; where not, it is safe and blind.
    title: 'completed at some moment of the consultation',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulting();
      const answering = (async () => {
        await lane.pause();
        if (ringing.state === 'early') await ringing.answer().catch(() => undefined); // cancelled meanwhile
      })();
      await lane.pause();
      if (consult.state === 'confirmed') await held.referTo(consult, lane.cleo.extension);
      else {
        consult.leave();
        await held.refer(lane.cleo.extension);
        const again = await lane.cleo.rings();
        await again.answer();
      }
      await answering;
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    // Refused, or through once the other answers: as the engine has it.
    title: 'completed while the other still rings',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulting();
      await lane.pause();
      const progress = await until('180', () => consult.received.find(({ status }) => status === 180));
      consult.dialog.remote = progress.header('to');
      const { status } = await held.referTo(consult, lane.cleo.extension);
      await lane.pause(500);
      await ringing.answer();
      if (status !== 202) await held.reinvite('sendrecv');
      return { customer, mayBe: ['sender', 'target'], failedAt: null };
    },
  },
  {
    title: 'completed after the answer, in the same moment',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await held.referTo(consult, lane.cleo.extension);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'hold is taken off while it is completed',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await lane.pause(500);
      await Promise.all([held.reinvite('sendrecv'), held.referTo(consult, lane.cleo.extension)]).catch(() => undefined);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'NOTIFY is not heeded',
    async run(lane) {
      const { customer, call } = await lane.talking();
      lane.anna.phone.heedsNotify = false;
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      await lane.pause(1000);
      await ringing.answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target sends the one who asks on, before completion',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulted();
      await lane.pause(300);
      const answering = lane.ben.rings(4000).then(
        call => call.answer(),
        () => undefined,
      ); // may never ring
      const [referred] = await Promise.all([
        held.referTo(consult, lane.cleo.extension),
        ringing.refer(lane.ben.extension),
      ]);
      if (referred.status !== 202 && held.state === 'confirmed') await held.reinvite('sendrecv');
      await answering;
      if (held.state === 'confirmed' && referred.status === 202) await held.reinvite('sendrecv').catch(() => undefined);
      return { customer, mayBe: ['target', 'sender', 'queue'], failedAt: null };
    },
  },
  {
    title: 'target hangs up a moment before completion',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulted();
      await lane.pause(500);
      const replaces = consult.replaces();
      ringing.hangUp();
      await held.refer(`sip:${lane.cleo.extension}@centre.local?Replaces=${encodeURIComponent(replaces)}`);
      if (held.state === 'confirmed') await held.reinvite('sendrecv');
      return { customer, mayBe: ['sender', 'queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'both agents transfer to each other',
    async run(lane) {
      const { customer, call } = await lane.talking();
      const other = await lane.anotherCustomer(lane.ben);
      await lane.pause(500);
      await Promise.all([call.refer(lane.ben.extension), other.call.refer(lane.anna.extension)]);
      // Each takes what comes as soon as it comes: on a busy machine the ringing of one may be over before the other's has begun.
      await Promise.all([lane.ben, lane.anna].map(async desk => (await desk.rings()).answer()));
      await until('the other customer too', () => other.customer.heard.level(600) > 3000);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
];

export const senderRaces: readonly RaceKind[] = [
  {
    title: 'sender crashes while the other rings',
    async run(lane) {
      const { customer } = await lane.consulting();
      await lane.pause();
      lane.crash(lane.anna);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender crashes in the consultation',
    async run(lane) {
      const { customer } = await lane.consulted();
      await lane.pause();
      lane.crash(lane.anna);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender crashes in talk',
    async run(lane) {
      const { customer } = await lane.talking();
      await lane.pause(500);
      lane.crash(lane.anna);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender crashes between REFER and 202, target answers',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.pause(500);
      call.referAndForget(lane.cleo.extension);
      await new Promise(setImmediate); // what was said goes out, as it does from a system whose program dies
      lane.crash(lane.anna);
      const failedAt = Date.now();
      const ringing = await lane.cleo.rings(4000).catch(() => null);
      await ringing?.answer();
      return { customer, mayBe: ['target', 'queue'], failedAt: ringing === null ? failedAt : null };
    },
  },
  {
    title: 'sender crashes after 202, target answers',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      lane.crash(lane.anna);
      const ringing = await lane.cleo.rings();
      await lane.pause(1000);
      await ringing.answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender crashes while the target rings, which rejects',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      lane.crash(lane.anna);
      await lane.pause(1000);
      ringing.decline(603);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender loses its network while the target rings, which rejects',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      lane.cutOff(lane.anna);
      await lane.pause(1000);
      ringing.decline(603);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender does not take the customer back',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.absent());
      const back = await lane.anna.rings();
      await lane.pause(1000);
      back.decline(603);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
  {
    title: 'sender crashes while the customer comes back',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.absent());
      await lane.anna.rings();
      await lane.pause(500);
      lane.crash(lane.anna);
      return { customer, mayBe: ['queue'], failedAt: Date.now() };
    },
  },
];

/** The customer hangs up at each step: no one is left ringing or talking with nobody. */
export const customerRaces: readonly RaceKind[] = [
  {
    title: 'customer hangs up on hold, while the other rings',
    async run(lane) {
      const { customer } = await lane.consulting();
      await lane.pause();
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up in the consultation',
    async run(lane) {
      const { customer } = await lane.consulted();
      await lane.pause();
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up in the moment of REFER',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.pause(500);
      call.referAndForget(lane.cleo.extension);
      await lane.pause(30);
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up in the moment of completion',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await lane.pause(500);
      held.referAndForget(`sip:${lane.cleo.extension}@centre.local?Replaces=${encodeURIComponent(consult.replaces())}`);
      await lane.pause(30);
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up while the target rings',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      await lane.cleo.rings();
      await lane.pause(1000);
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up in the moment of the target’s answer',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      await ringing.sendAnswer();
      await lane.pause(30);
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
  {
    title: 'customer hangs up while coming back',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.absent());
      await lane.anna.rings();
      await lane.pause(1000);
      lane.leaves(customer);
      return { customer, mayBe: ['left'], failedAt: null };
    },
  },
];
