import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import type { Customer } from '../rig/behaviour-centre';
import type { Lane, Script } from './lane';

interface Consultation {
  readonly customer: Customer;
  readonly held: PhoneCall;
  readonly consult: PhoneCall;
  readonly consulted: PhoneCall;
  /** The call of `consult`. */
  readonly consultCallId: string;
}

/** Anna's customer is on hold while she talks with Cleo. */
async function consulting(lane: Lane): Promise<Consultation> {
  const { customer, call: held } = await lane.talkingToAnna();
  await lane.hold(held, true);
  const consult = await lane.anna.phone.dial(lane.cleo.extension);
  const consulted = await lane.answer(lane.cleo);
  await until('answered', () => consult.state === 'confirmed');
  await lane.happens('leg-answered', 4);
  await lane.aMoment(consult);
  const consultCallId = lane.callIds[1] ?? '';
  return { customer, held, consult, consulted, consultCallId };
}

async function inConference(lane: Lane): Promise<Consultation> {
  const consultation = await consulting(lane);
  await lane.engine.mergeCalls(consultation.customer.callId, consultation.consultCallId);
  await lane.happens('conference-started');
  // The agent's phone still holds: it takes part when it says so.
  await consultation.held.reinvite('sendrecv');
  await lane.happens('leg-resumed');
  await lane.aMoment(consultation.held);
  return consultation;
}

/** The leg that somebody of this extension, or the customer, has in the first call. */
const legOf = (lane: Lane, callId: string, extension: string | null): string =>
  lane.facts('leg-started').findLast(leg => leg.callId === callId && leg.extension === extension)?.legId ?? '';

export const attendedScripts: readonly Script[] = [
  {
    title: 'attended: the customer gets the colleague',
    async play(lane) {
      const { customer, held, consult, consulted } = await consulting(lane);
      await held.referTo(consult, lane.cleo.extension);
      await lane.happens('transfer-ended');
      await lane.aMoment(consulted);
      customer.hangUp();
    },
  },
  {
    title: 'attended: the colleague hangs up afterwards',
    async play(lane) {
      const { held, consult, consulted } = await consulting(lane);
      await held.referTo(consult, lane.cleo.extension);
      await lane.happens('transfer-ended');
      await lane.aMoment(consulted);
      consulted.hangUp();
    },
  },
  {
    title: 'attended: the REFER comes on the consultation',
    async play(lane) {
      const { customer, held, consult, consulted } = await consulting(lane);
      await consult.referTo(held, lane.firstQueue());
      await lane.happens('transfer-ended');
      await lane.aMoment(consulted);
      customer.hangUp();
    },
  },
  {
    title: 'attended: somebody outside was asked',
    async play(lane) {
      const { customer, call: held } = await lane.talkingToAnna();
      await lane.hold(held, true);
      const number = lane.outside('answers');
      const consult = await lane.anna.phone.dial(number);
      await lane.happens('recording-started', 2);
      await lane.aMoment(consult);
      await held.referTo(consult, number);
      await lane.happens('transfer-ended');
      await lane.aMoment();
      customer.hangUp();
    },
  },
  {
    title: 'attended: the consultation is over, the call goes on',
    async play(lane) {
      const { customer, held, consult } = await consulting(lane);
      const replaces = consult.replaces();
      consult.hangUp();
      await lane.happens('call-ended');
      const { status } = await held.refer(
        `sip:${lane.cleo.extension}@centre.local?Replaces=${encodeURIComponent(replaces)}`,
      );
      if (status === 202) await until('refused', () => held.notified.some(code => code >= 400));
      await lane.hold(held, false);
      customer.hangUp();
    },
  },
  {
    title: 'attended: only asked, nobody transferred',
    async play(lane) {
      const { customer, held, consult } = await consulting(lane);
      consult.hangUp();
      await lane.happens('call-ended');
      await lane.hold(held, false);
      customer.hangUp();
    },
  },
  {
    title: 'attended: the customer leaves during the consultation',
    async play(lane) {
      const { customer, consult } = await consulting(lane);
      customer.hangUp();
      await lane.happens('call-ended');
      await lane.aMoment(consult);
      consult.hangUp();
    },
  },
];

export const conferenceScripts: readonly Script[] = [
  {
    title: 'conference: the agent leaves, the others go on',
    async play(lane) {
      const { customer, held, consulted } = await inConference(lane);
      await lane.aMoment(held);
      held.hangUp();
      await lane.happens('conference-ended');
      await lane.aMoment(consulted);
      customer.hangUp();
    },
  },
  {
    title: 'conference: the customer leaves',
    async play(lane) {
      const { customer, held } = await inConference(lane);
      customer.hangUp();
      await lane.happens('conference-ended');
      await lane.aMoment(held);
      held.hangUp();
    },
  },
  {
    title: 'conference: the colleague leaves',
    async play(lane) {
      const { customer, held, consulted } = await inConference(lane);
      consulted.hangUp();
      await lane.happens('conference-ended');
      await lane.aMoment(held);
      customer.hangUp();
    },
  },
  {
    title: 'conference: one is muted, heard again, and sent out',
    async play(lane) {
      const { customer, held } = await inConference(lane);
      const legId = legOf(lane, customer.callId, lane.cleo.extension);
      await lane.engine.setPartyMuted(customer.callId, legId, true);
      await lane.happens('leg-muted');
      await lane.engine.setPartyMuted(customer.callId, legId, false);
      await lane.happens('leg-unmuted');
      await lane.engine.dropParty(customer.callId, legId);
      await lane.happens('conference-ended');
      await lane.aMoment(held);
      held.hangUp();
    },
  },
];
