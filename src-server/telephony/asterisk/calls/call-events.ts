import type { AmiMessage } from '../ami/ami-message';
import { attendedTransfer } from './attended-transfer';
import type { CallTracker } from './call-tracker';
import { joinedRoom, leftRoom, speaking } from './room-events';
import type { TrackedCall } from './tracked-call';

type Handler = (tracker: CallTracker, event: AmiMessage) => void;

/** Events of Asterisk in which we read something of calls; the rest passes by. */
export const handlers: Readonly<Record<string, Handler>> = {
  UserEvent: marked,
  DialBegin: (tracker, event) => {
    const call = tracker.callOfLeg(event.get('Uniqueid'));
    if (call !== undefined) tracker.addSecond(call, event.get('DestUniqueid'), event.get('DestChannel'));
  },
  DialState: (tracker, event) => {
    if (/^(RINGING|PROGRESS|PROCEEDING)$/.test(event.get('DialStatus')))
      tracker.callOfLeg(event.get('DestUniqueid'))?.ringing(event.get('DestUniqueid'));
  },
  Newstate: stateChanged,
  DialEnd: dialEnded,
  AgentConnect: (tracker, event) => tracker.connected(event.get('DestUniqueid')),
  AgentRingNoAnswer: (tracker, event) => tracker.timedOut(event.get('DestUniqueid')),
  QueueCallerJoin: (tracker, event) =>
    tracker.callOfLeg(event.get('Uniqueid'))?.joinedQueue(event.get('Queue'), Number(event.get('Position'))),
  QueueCallerAbandon: (tracker, event) => tracker.callOfLeg(event.get('Uniqueid'))?.abandonedQueue(),
  Hold: (tracker, event) => tracker.held(event.get('Uniqueid'), true),
  Unhold: (tracker, event) => tracker.held(event.get('Uniqueid'), false),
  DTMFEnd: (tracker, event) => {
    if (event.get('Direction') === 'Received')
      tracker
        .callOfLeg(event.get('Uniqueid'))
        ?.controls.pressed(event.get('Uniqueid'), event.get('Digit'), Number(event.get('DurationMs')) || 0);
  },
  HangupRequest: hangupAsked,
  AttendedTransfer: attendedTransfer,
  ConfbridgeJoin: (tracker, event) => joinedRoom(tracker, event.get('Conference'), event.get('Uniqueid')),
  ConfbridgeLeave: (tracker, event) => leftRoom(tracker, event.get('Uniqueid')),
  ConfbridgeTalking: (tracker, event) => speaking(tracker, event.get('Uniqueid'), event.get('TalkingStatus') === 'on'),
  Hangup: hungUp,
};

/** What the dialplan says: a call begins, a transfer begins or failed, nobody can take a party back. */
function marked(tracker: CallTracker, event: AmiMessage): void {
  const call = tracker.callOfLeg(event.get('Uniqueid'));
  const kind = event.get('UserEvent');
  if (kind === 'CentreCall') tracker.begin(event);
  if (kind === 'CentreTransfer' && call !== undefined) tracker.transferNoted(call, event);
  if (kind === 'CentreLost') call?.lost();
  if (kind === 'CentrePair' && call !== undefined) tracker.waitsForPair(call, event.get('Uniqueid'));
}

function stateChanged(tracker: CallTracker, event: AmiMessage): void {
  const uniqueid = event.get('Uniqueid');
  const call = tracker.callOfLeg(uniqueid);
  const state = event.get('ChannelStateDesc');
  if (state === 'Ringing') call?.ringing(uniqueid);
  if (state === 'Up') call?.isUp(uniqueid);
}

/** A queue says `AgentConnect` instead: there an answer may still be too late. */
function dialEnded(tracker: CallTracker, event: AmiMessage): void {
  const uniqueid = event.get('DestUniqueid');
  const call = tracker.callOfLeg(uniqueid);
  if (call === undefined) return;
  const status = event.get('DialStatus');
  const leg = call.legs.get(uniqueid);
  if (status === 'ANSWER' && leg !== undefined) leg.isPickedUp = true;
  if (status === 'ANSWER' && call.waitsIn === null) tracker.connected(uniqueid);
  // Of a phone that nobody's channel rings (click-to-dial) Asterisk says so whatever the phone said.
  if (status === 'NOANSWER' && event.get('Uniqueid') !== '') tracker.timedOut(uniqueid);
}

function hangupAsked(tracker: CallTracker, event: AmiMessage): void {
  const uniqueid = event.get('Uniqueid');
  const call = tracker.callOfLeg(uniqueid);
  if (call === undefined) return;
  noteStatus(call, uniqueid, event);
  if (call.anchor.uniqueid === uniqueid) call.callerLeaves();
}

function hungUp(tracker: CallTracker, event: AmiMessage): void {
  const uniqueid = event.get('Uniqueid');
  const call = tracker.callOfLeg(uniqueid);
  if (call !== undefined) noteStatus(call, uniqueid, event);
  tracker.hungUp(uniqueid, Number(event.get('Cause')) || 0);
}

function noteStatus(call: TrackedCall, uniqueid: string, event: AmiMessage): void {
  const leg = call.legs.get(uniqueid);
  const status = Number(event.get('TechCause'));
  // Who is cancelled has refused nothing, whatever status Asterisk makes up for its channel.
  const isCancelled = call.isLeftByCaller && leg !== call.first;
  if (leg !== undefined && !isCancelled && !leg.isAnswered && status >= 300 && status < 700) leg.sipStatus ??= status;
}
