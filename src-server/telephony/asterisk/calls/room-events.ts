import type { CallTracker } from './call-tracker';

/** A channel is in the room of a call: one of its own, or somebody whom another call brought. */
export function joinedRoom(tracker: CallTracker, callId: string, uniqueid: string): void {
  const call = tracker.call(callId);
  const from = tracker.callOfLeg(uniqueid);
  const leg = from?.legs.get(uniqueid);
  if (call === undefined || from === undefined || leg === undefined) return;
  if (from !== call) {
    tracker.move(leg, call);
    from.legMoved(leg);
    if (from.parties.length <= 1) tracker.report(tracker.end(from, 'transferred', leg.role === 'customer'));
  }
  const joined = call.legs.get(uniqueid);
  if (joined !== undefined) joined.isInRoom = true;
  call.conferenceGrew();
}

export function leftRoom(tracker: CallTracker, uniqueid: string): void {
  const leg = tracker.callOfLeg(uniqueid)?.legs.get(uniqueid);
  if (leg !== undefined) leg.isInRoom = false;
  speaking(tracker, uniqueid, false);
}

/** What the mixer of a room says of one of its channels. */
export function speaking(tracker: CallTracker, uniqueid: string, isSpeaking: boolean): void {
  const call = tracker.callOfLeg(uniqueid);
  const leg = call?.legs.get(uniqueid);
  if (call === undefined || leg === undefined || leg.isSpeaking === isSpeaking) return;
  leg.isSpeaking = isSpeaking;
  tracker.tellSpeaking(call);
}
