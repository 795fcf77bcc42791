import { randomUUID } from 'node:crypto';
import type { AmiMessage } from '../ami/ami-message';
import type { CallTracker, Outsider } from './call-tracker';
import { presentText } from './caller-text';
import type { TrackedCall } from './tracked-call';
import type { TrackedLeg } from './tracked-leg';

/** One of the two calls of who transfers. */
export interface Side {
  readonly call: TrackedCall;
  /** The sender's own leg. */
  readonly sender: TrackedLeg;
  readonly party: TrackedLeg;
}

/**
 * AMI's AttendedTransfer: the party of the call on which REFER came and the party of the call that it named talk with each other; the
 * sender's two channels are gone, or are about to go. The call of the customer goes on, whichever of the two it is. A phone of the administrator's,
 * whose first call is none of ours, leaves ours to whom it had there.
 */
export function attendedTransfer(tracker: CallTracker, event: AmiMessage): void {
  if (event.get('Result') !== 'Success') return;
  const referred = sideOf(tracker, event.get('OrigTransfererUniqueid'), event.get('TransfereeUniqueid'));
  if (event.get('DestType') === 'App' && referred !== null) {
    joinRinging(tracker, referred, event);
    return;
  }
  const second = event.get('SecondTransfererUniqueid');
  const named = sideOf(tracker, second, event.get('TransferTargetUniqueid'));
  if (referred !== null && named !== null) {
    if (referred.call !== named.call) joinParties(tracker, referred, named);
  } else if (!/^(Bridge|App)$/.test(event.get('DestType')))
    tracker.log.warn(`asterisk: an attended transfer (${event.get('DestType')}) of channels that are not ours`);
  else if (tracker.callOfLeg(second) !== undefined) tracker.takePlace(second, outsiderOf(event, 'Transferee'));
  else if (referred !== null) tracker.takePlace(referred.sender.uniqueid, outsiderOf(event, 'TransferTarget'));
}

const outsiderOf = (event: AmiMessage, party: 'Transferee' | 'TransferTarget'): Outsider => ({
  uniqueid: event.get(`${party}Uniqueid`),
  channel: event.get(`${party}Channel`),
  number: presentText(event.get(`${party}CallerIDNum`)) ?? 'anonymous',
});

/** The party of `referred` has taken the sender's place in a call whose other end still rings. */
function joinRinging(tracker: CallTracker, referred: Side, event: AmiMessage): void {
  const consult = tracker.callOfLeg(event.get('SecondTransfererUniqueid'));
  const rung = [...(consult?.legs.values() ?? [])].find(leg => leg !== consult?.first);
  const { call, sender } = referred;
  if (consult === undefined || rung === undefined || sender.extension === null) return;
  const { id: legId, extension } = sender;
  const names = { id: randomUUID(), kind: 'attended', target: rung.number, consultCallId: consult.info.id } as const;
  call.transfers.start({ ...names, legId, extension, isThrough: false });
  call.legMoved(sender);
  consult.callerLeaves();
  tracker.report(tracker.end(consult, 'transferred'));
  tracker.takeRung(rung, call);
}

/** After a gap: parties of two calls of one agent are in one bridge; the agent's own channels are gone. */
export function foundTogether(tracker: CallTracker, uniqueids: readonly [string, string]): void {
  const [one, other] = uniqueids.map(uniqueid => sideWithout(tracker, uniqueid));
  if (one == null || other == null || one.call === other.call) return;
  if (one.sender.extension === other.sender.extension) joinParties(tracker, one, other);
}

/** Whose call goes on comes first: the one with the customer. */
export const inOrder = (referred: Side, named: Side): readonly [going: Side, consult: Side] =>
  referred.party.role !== 'customer' && named.party.role === 'customer' ? [named, referred] : [referred, named];

/** The facts of an attended transfer, in their order. */
export function joinParties(tracker: CallTracker, referred: Side, named: Side): void {
  const [going, consult] = inOrder(referred, named);
  const { call, sender } = going;
  if (sender.extension === null) return;
  const id = randomUUID();
  call.transfers.start({
    id,
    kind: 'attended',
    legId: sender.id,
    extension: sender.extension,
    target: consult.party.number,
    consultCallId: consult.call.info.id,
    isThrough: true,
  });
  tracker.handedOver(going.party, consult.party);
  tracker.move(consult.party, call);
  call.legMoved(sender);
  const hasEnded = tracker.end(consult.call, 'transferred', consult.party.role === 'customer');
  tracker.report(hasEnded.then(() => call.transfers.complete(id)));
}

function sideOf(tracker: CallTracker, senderId: string, partyId: string): Side | null {
  const call = tracker.callOfLeg(senderId);
  const sender = call?.legs.get(senderId);
  const party = call?.legs.get(partyId) ?? call?.parties.find(leg => leg !== sender);
  return call === undefined || sender === undefined || party === undefined ? null : { call, sender, party };
}

function sideWithout(tracker: CallTracker, partyId: string): Side | null {
  const call = tracker.callOfLeg(partyId);
  const party = call?.legs.get(partyId);
  const sender = call?.parties.find(leg => leg !== party && leg.extension !== null);
  return call === undefined || sender === undefined || party === undefined ? null : { call, sender, party };
}
