import type { AmiMessage } from '../ami/ami-message';
import type { CallTracker } from './call-tracker';
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
  const living = new Set(state.channels.map(channel => channel.get('Uniqueid')));
  for (const call of tracker.running)
    for (const legId of [...call.legs.keys()].toReversed()) if (!living.has(legId)) missing(tracker, call, legId);
  const callIdOf = (channel: AmiMessage): string => channel.variable('CENTRE_CALL');
  const ours = state.channels.filter(channel => callIdOf(channel) !== '');
  if (isFirst) {
    for (const channel of ours) tracker.ignore(callIdOf(channel));
    return;
  }
  const isFirstChannel = (channel: AmiMessage): boolean => channel.variable('CENTRE_DIRECTION') !== '';
  for (const channel of ours.filter(isFirstChannel)) {
    const call = tracker.begin(channel);
    if (call === null) continue;
    const entry = state.waiting.find(each => each.get('Uniqueid') === call.first.id);
    if (entry !== undefined) call.joinedQueue(entry.get('Queue'), Number(entry.get('Position')));
    if (channel.get('ChannelStateDesc') === 'Up') call.isUp(call.first.id);
    const others = ours.filter(other => !isFirstChannel(other) && callIdOf(other) === call.info.id);
    for (const other of others) second(tracker, call, other, channel.get('BridgeId'));
  }
}

/** How it ended nobody saw: who waited has most likely given up, who talked has finished. */
function missing(tracker: CallTracker, call: TrackedCall, legId: string): void {
  if (call.first.id === legId && !call.isConnected) call.callerLeaves();
  tracker.hungUp(legId, 0);
}

function second(tracker: CallTracker, call: TrackedCall, channel: AmiMessage, bridgeId: string): void {
  const legId = channel.get('Uniqueid');
  tracker.addSecond(call, legId, channel.get('Channel'));
  if (channel.get('ChannelStateDesc') === 'Ringing') call.ringing(legId);
  if (bridgeId !== '' && channel.get('BridgeId') === bridgeId) tracker.connected(legId);
}
