import type { Story, StoryParty } from './story';
import { type StoryCall, type StoryEvent, textIn } from './story-input';

interface Span {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** From each fact that begins something to the next that ends it. */
function spansOf(
  events: readonly StoryEvent[],
  begins: (event: StoryEvent) => boolean,
  ends: (event: StoryEvent) => boolean,
): Span[] {
  const spans: Span[] = [];
  for (const event of events) {
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.endedAt === null;
    if (isOpen && ends(event)) spans[spans.length - 1] = { startedAt: last.startedAt, endedAt: event.at };
    else if (!isOpen && begins(event)) spans.push({ startedAt: event.at, endedAt: null });
  }
  return spans;
}

/** The microphone switched off at the phone, as its app told it, and silence ordered by the room; one does not end the other. */
const muteKinds = [
  ['phone-muted', 'phone-unmuted'],
  ['leg-muted', 'leg-unmuted'],
] as const;

export function mutesOf(call: StoryCall, partyOf: (legId: string | null) => StoryParty): Story['mutes'] {
  const legIds = new Set(call.events.map(({ legId }) => legId));
  // What an app told may have come late.
  const events = call.events.toSorted((one, other) => one.at - other.at);
  const mutes = [...legIds].flatMap(legId =>
    muteKinds.flatMap(([on, off]) =>
      spansOf(
        events.filter(event => event.legId === legId || event.type === 'call-ended'),
        event => event.type === on,
        event => event.type === off || event.type === 'leg-ended' || event.type === 'call-ended',
      ).map(span => ({ party: partyOf(legId), ...span })),
    ),
  );
  return mutes.toSorted((one, other) => one.startedAt - other.startedAt);
}

export function recordingsOf(call: StoryCall): Story['recordings'] {
  const { callId, events } = call;
  return events
    .filter(({ type }) => type === 'recording-started')
    .map(started => {
      const recordingId = textIn(started, 'recordingId') ?? '';
      const own = events.filter(event => textIn(event, 'recordingId') === recordingId);
      return {
        recordingId,
        callId,
        startedAt: started.at,
        endedAt: own.find(({ type }) => type === 'recording-finished')?.at ?? null,
        pauses: spansOf(
          own,
          ({ type }) => type === 'recording-paused',
          ({ type }) => type === 'recording-resumed' || type === 'recording-finished',
        ),
      };
    });
}
