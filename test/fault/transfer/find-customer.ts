import type { EventOf } from '../../behaviour/rig/event-log';
import type { Customer } from '../../behaviour/rig/behaviour-centre';
import type { Desk } from '../../behaviour/shift/lane';
import type { PhoneCall } from '../../telephony/phone-call';
import { until } from '../../telephony/sip-socket';
import type { RaceLane } from './race-lane';
import type { Aim, Place } from './race';

/** Somewhere, or nowhere: the figure itself is held against what was found. */
const patienceMs = 12_000;
const hears = 3000;
/** What somebody outside says. */
const outsideHz = 700;

interface Found {
  readonly place: Place;
  /** When the customer was there. */
  readonly at: number;
}

/** Looks where the customer of a race is, and lets them talk there: facts say where to look, sound says whether it is true. */
export async function findCustomer(lane: RaceLane, { customer, failedAt }: Aim): Promise<Found> {
  const { callId } = customer;
  const since = failedAt ?? 0;
  const returning = (): EventOf<'offered'> | undefined => {
    const over = new Set(lane.facts('offer-ended').map(({ legId }) => legId));
    return lane
      .facts('offered')
      .findLast(
        offer =>
          ringingFor(lane.anna, callId) !== undefined &&
          lane.isAlive(lane.anna) &&
          offer.callId === callId &&
          offer.queueId === null &&
          offer.extension === lane.anna.extension &&
          !over.has(offer.legId),
      );
  };
  const waiting = (): EventOf<'queue-joined'> | undefined => {
    const [joins, left] = [lane.facts('queue-joined'), lane.facts('queue-left')].map(facts =>
      facts.filter(fact => fact.callId === callId),
    );
    return (joins?.length ?? 0) > (left?.length ?? 0)
      ? (joins?.at(-1) as EventOf<'queue-joined'> | undefined)
      : undefined;
  };
  const found = await until(
    'the customer is somewhere',
    () => {
      if (customer.state === 'ended') return { kind: 'over' } as const;
      const offer = returning();
      if (offer !== undefined) return { kind: 'returning', at: offer.at } as const;
      const joined = waiting();
      if (joined !== undefined) return { kind: 'waiting', joined } as const;
      const partner = partnerOf(lane, customer, since);
      return partner === null ? null : ({ kind: 'talking', ...partner } as const);
    },
    patienceMs,
  );
  switch (found.kind) {
    case 'over':
      return over(lane, callId);
    case 'returning':
      await talksAfterRinging(lane, customer, lane.anna);
      return { place: 'sender', at: found.at };
    case 'waiting':
      return waits(lane, customer, found.joined);
    case 'talking':
      return { place: found.place, at: found.at };
  }
}

/** With whom the customer talks: both hear each other, now. */
function partnerOf(lane: RaceLane, { callId, heard }: Customer, since: number): Found | null {
  const over = new Set(lane.facts('leg-ended').map(({ legId }) => legId));
  const answered = lane.facts('leg-answered').filter(leg => leg.callId === callId && !over.has(leg.legId));
  const at = Math.max(since, answered.at(-1)?.at ?? 0);
  for (const desk of [lane.anna, lane.ben, lane.cleo]) {
    const isIn = lane
      .facts('leg-started')
      .some(leg => leg.extension === desk.extension && answered.some(each => each.legId === leg.legId));
    const call = isIn ? desk.phone.calls.find(each => each.state === 'confirmed' && bothHear(each, heard)) : undefined;
    if (call !== undefined) return { place: desk === lane.anna ? 'sender' : 'target', at };
  }
  return heard.level(outsideHz) > hears ? { place: 'target', at } : null;
}

const bothHear = ({ media }: PhoneCall, heard: Customer['heard']): boolean =>
  media.isSpeaking && media.heard.level(440) > hears && heard.level(media.hz) > hears;

/** The call is told to be over, and nobody is kept in it. */
async function over(lane: RaceLane, callId: string): Promise<Found> {
  const { at } = await until('the end is told', () => lane.facts('call-ended').find(each => each.callId === callId));
  if (!lane.isLeaving) throw new Error('LOST: the call was ended under the customer');
  return { place: 'left', at };
}

async function talksAfterRinging(lane: RaceLane, customer: Customer, desk: Desk): Promise<void> {
  const call = await until(
    'the phone rings for the customer who came back',
    () => ringingFor(desk, customer.callId),
    3000,
  );
  const label = call.invite?.header('x-transfer-returned') ?? '';
  await call.answer();
  await until('the customer who came back talks', () => bothHear(call, customer.heard), 5000);
  if (label === '') throw new Error(`came back to ${desk.extension} without a label`);
}

const ringingFor = ({ phone }: Desk, callId: string): PhoneCall | undefined =>
  phone.calls.findLast(({ state, invite }) => state === 'early' && invite?.header('x-call-id') === callId);

async function waits(lane: RaceLane, customer: Customer, { at, queueId }: EventOf<'queue-joined'>): Promise<Found> {
  const queue = await lane.engine.waitingCallers(queueId);
  const isFirst = queue[0]?.callId === customer.callId;
  if (queueId === `second-${lane.index}`) return { place: 'other queue', at };
  if (!isFirst)
    throw new Error(
      `not at the head of the queue, but at ${queue.findIndex(each => each.callId === customer.callId) + 1}`,
    );
  await lane.available(lane.ben);
  await talksAfterRinging(lane, customer, lane.ben);
  return { place: 'queue', at };
}
