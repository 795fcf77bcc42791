import { endCause } from '../call/end-cause';
import type { OfferOutcome } from '../call/offer-outcome';
import { chainOf, type Link } from './chain';
import { partiesOf } from './party-times';
import { type Story, type StoryParty, type Stretch, transferOutcome } from './story';
import { type StoryCall, type StoryEvent, type StoryNames, textIn } from './story-input';
import { mutesOf, recordingsOf } from './story-spans';
import { callAfter, customerLegId, noCall } from './story-state';

/**
 * The story of a call: journal events of it and of its consultations in, a chain of stretches out. Pure, and the same for both engines.
 * @param consultations calls that people of this call placed beside it, whatever became of them
 */
export function storyOf(call: StoryCall, consultations: readonly StoryCall[], names: StoryNames): Story {
  const customerId = customerLegId(call);
  const end = call.events.reduce(callAfter, noCall);
  const ended = call.events.find(event => event.type === 'call-ended');
  const customerLeg = end.legs.find(({ legId }) => legId === customerId);
  const partyOf = (number: string): StoryParty => {
    const person = names.person(number);
    if (person === null) return { role: 'customer', ...names.outside(number) };
    return { role: person.isSupervisor ? 'supervisor' : 'agent', number, name: person.name };
  };
  const partyOfLeg = (legId: string | null): StoryParty =>
    partyOf(end.legs.find(leg => leg.legId === legId)?.number ?? '');
  const stretches = chainOf(call, customerId, consultations).map(link => stretchOf(link, call, { partyOf, names }));
  return {
    callId: call.callId,
    direction: end.direction,
    startedAt: call.events[0]?.at ?? 0,
    endedAt: ended?.at ?? null,
    endCause: ended === undefined ? null : endCause.catch('failed').parse(textIn(ended, 'cause')),
    customer: partyOf(customerLeg?.number ?? (end.direction === 'outbound' ? end.to : end.from)),
    stretches,
    parties: partiesOf({ call, legs: end.legs, customerId, stretches, partyOf }),
    mutes: mutesOf(call, partyOfLeg),
    keys: call.events
      .filter(event => event.type === 'dtmf')
      .map(event => ({ party: partyOfLeg(event.legId), at: event.at })),
    recordings: [call, ...consultations].flatMap(recordingsOf),
  };
}

interface Context {
  readonly partyOf: (number: string) => StoryParty;
  readonly names: StoryNames;
}

function stretchOf({ situation, startedAt, endedAt }: Link, call: StoryCall, { partyOf, names }: Context): Stretch {
  const { kind, parties, by, queueId, isReturn, transfer, reason } = situation;
  const isIn = (event: StoryEvent): boolean => event.at >= startedAt && (endedAt === null || event.at <= endedAt);
  const ended = call.events.find(
    event => event.type === 'transfer-ended' && textIn(event, 'transferId') === transfer?.transferId,
  );
  return {
    kind,
    startedAt,
    endedAt,
    parties: parties.map(partyOf),
    by: by === null ? null : partyOf(by),
    queueId,
    queueName: queueId === null ? null : names.queue(queueId),
    isReturn,
    transfer:
      transfer === null
        ? null
        : {
            kind: transfer.kind,
            outcome: ended === undefined ? null : transferOutcome.catch('failed').parse(textIn(ended, 'outcome')),
          },
    reason,
    rings: kind === 'queue' ? ringsOf(call, isIn, partyOf) : [],
  };
}

function ringsOf(call: StoryCall, isIn: (event: StoryEvent) => boolean, partyOf: Context['partyOf']): Stretch['rings'] {
  const offers = call.events.filter(event => event.type === 'offered' && isIn(event));
  return offers.map(offer => {
    const ended = call.events.find(event => event.type === 'offer-ended' && event.legId === offer.legId);
    const outcome: OfferOutcome | null =
      ended === undefined || offer.legId === null ? null : (call.offerOutcomes.get(offer.legId) ?? null);
    return {
      party: partyOf(textIn(offer, 'extension') ?? ''),
      startedAt: offer.at,
      endedAt: ended?.at ?? null,
      outcome,
    };
  });
}
