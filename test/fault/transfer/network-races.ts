import { until } from '../../telephony/sip-socket';
import type { RaceKind } from './race';

/** A network that is gone for less than a second, and NOTIFYs that do not matter: the transfer goes on as if nothing had been. */
export const networkRaces: readonly RaceKind[] = [
  {
    title: 'sender’s network blinks in talk',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await lane.blink(lane.anna);
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      await ringing.answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target’s network blinks after its answer',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      await ringing.answer();
      await lane.pause(500);
      await lane.blink(lane.cleo);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target’s network blinks in the consultation',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await lane.blink(lane.cleo);
      await held.referTo(consult, lane.cleo.extension);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender’s network blinks on hold, while the other rings',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulting();
      await lane.blink(lane.anna);
      await ringing.answer();
      await until('answered', () => consult.state === 'confirmed');
      await held.referTo(consult, lane.cleo.extension);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    // What the centre said meanwhile of the one who is asked may be lost: then the customer is sent without asking.
    title: 'sender’s WebSocket breaks on hold, while the other rings',
    async run(lane) {
      const { customer, held, consult, ringing } = await lane.consulting();
      await lane.breakLine(lane.anna);
      await ringing.answer();
      if (consult.state === 'confirmed') await held.referTo(consult, lane.cleo.extension);
      else {
        ringing.hangUp();
        await held.refer(lane.cleo.extension);
        await (await lane.cleo.rings()).answer();
      }
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender’s WebSocket breaks in the consultation',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await lane.breakLine(lane.anna);
      await held.referTo(consult, lane.cleo.extension);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target’s WebSocket breaks in the consultation',
    async run(lane) {
      const { customer, held, consult } = await lane.consulted();
      await lane.breakLine(lane.cleo);
      await held.referTo(consult, lane.cleo.extension);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender’s WebSocket breaks after 202, target answers',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      const ringing = await lane.cleo.rings();
      await lane.breakLine(lane.anna);
      await ringing.answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'target’s WebSocket breaks after its answer',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      await (await lane.cleo.rings()).answer();
      await lane.breakLine(lane.cleo);
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
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
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender hangs up after 202 and waits for no NOTIFY, target answers',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      if (call.state === 'confirmed') call.hangUp();
      const ringing = await lane.cleo.rings();
      await lane.pause(1000);
      await ringing.answer();
      return { customer, mayBe: ['target'], failedAt: null };
    },
  },
  {
    title: 'sender hangs up after 202 and waits for no NOTIFY, target rejects',
    async run(lane) {
      const { customer, call } = await lane.talking();
      await call.refer(lane.cleo.extension);
      if (call.state === 'confirmed') call.hangUp();
      const ringing = await lane.cleo.rings();
      await lane.pause(1000);
      ringing.decline(603);
      return { customer, mayBe: ['sender'], failedAt: Date.now() };
    },
  },
];
