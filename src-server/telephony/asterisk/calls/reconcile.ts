import type { AmiMessage } from '../ami/ami-message';
import { foundTogether } from './attended-transfer';
import type { CallTracker } from './call-tracker';
import { joinedRoom } from './room-events';
import type { TrackedCall } from './tracked-call';

/** What Asterisk says of itself when it is asked. */
export interface AsteriskState {
  /** CoreShowChannel events. */
  readonly channels: readonly AmiMessage[];
  /** QueueEntry events. */
  readonly waiting: readonly AmiMessage[];
}

/**
 * After a gap: what ended meanwhile is told as ended, what began is told as begun, what was answered as answered. Facts have
 * the time at which we learnt of them; no digit and no hold of the gap is made up.
 * @param isFirst this process has just begun: calls that run are not its own, the journal has closed them
 */
export function reconcile(tracker: CallTracker, state: AsteriskState, isFirst: boolean): void {
  const ours = state.channels.filter(channel => callIdOf(channel) !== '');
  if (isFirst) {
    for (const channel of ours) tracker.ignore(callIdOf(channel));
    return;
  }
  for (const channel of ours) transferred(tracker, channel, ours);
  const living = new Set(state.channels.map(channel => channel.get('Uniqueid')));
  for (const call of tracker.running)
    for (const uniqueid of [...call.legs.keys()].toReversed())
      if (!living.has(uniqueid)) missing(tracker, call, uniqueid);
  for (const channel of ours.filter(isFirstChannel)) tracker.begin(channel);
  for (const channel of ours) {
    const call = tracker.callOfLeg(channel.get('Uniqueid'));
    if (call === undefined) continue;
    const entry = state.waiting.find(each => each.get('Uniqueid') === channel.get('Uniqueid'));
    const leg = call.legs.get(channel.get('Uniqueid'));
    if (leg !== undefined) leg.isInRoom = channel.get('Application') === 'ConfBridge';
    if (entry !== undefined) call.joinedQueue(entry.get('Queue'), Number(entry.get('Position')));
    if (channel.get('ChannelStateDesc') === 'Up') call.isUp(channel.get('Uniqueid'));
  }
  for (const channel of ours.filter(each => !isFirstChannel(each))) second(tracker, channel, ours);
}

const callIdOf = (channel: AmiMessage): string => channel.variable('CENTRE_CALL');
const isFirstChannel = (channel: AmiMessage): boolean => channel.variable('CENTRE_DIRECTION') !== '';
const isTogether = (one: AmiMessage, other: AmiMessage): boolean =>
  one !== other && one.get('BridgeId') !== '' && one.get('BridgeId') === other.get('BridgeId');

/** A party that was transferred in the gap: by the dialplan's word for it, or because it is together with another call's. */
function transferred(tracker: CallTracker, channel: AmiMessage, all: readonly AmiMessage[]): void {
  const uniqueid = channel.get('Uniqueid');
  const call = tracker.callOfLeg(uniqueid);
  if (call === undefined) return;
  tracker.transferNoted(call, channel);
  // The server had moved it into the room of another call.
  if (callIdOf(channel) !== call.info.id) joinedRoom(tracker, callIdOf(channel), uniqueid);
  else
    for (const other of all.filter(each => isTogether(channel, each)))
      foundTogether(tracker, [uniqueid, other.get('Uniqueid')]);
}

/** How it ended nobody saw: who waited has most likely given up, who talked has finished. */
function missing(tracker: CallTracker, call: TrackedCall, legId: string): void {
  if (call.first.uniqueid === legId && !call.isConnected) call.callerLeaves();
  tracker.hungUp(legId, 0);
}

function second(tracker: CallTracker, channel: AmiMessage, all: readonly AmiMessage[]): void {
  const uniqueid = channel.get('Uniqueid');
  const call = tracker.callOfLeg(uniqueid) ?? tracker.call(callIdOf(channel));
  if (call === undefined) return;
  tracker.addSecond(call, uniqueid, channel.get('Channel'));
  if (channel.get('ChannelStateDesc') === 'Ringing') call.ringing(uniqueid);
  if (all.some(other => isTogether(channel, other) && call.legs.has(other.get('Uniqueid'))))
    tracker.connected(uniqueid);
}
