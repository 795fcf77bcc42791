import { callEvents } from '../../../src-server/database/call-table';
import type { ReadableDb } from '../../../src-server/database/tables';
import type { StoryCall } from '../../../src-shared/story/story-input';
import { storyOf as toldStoryOf } from '../../../src-shared/story/story-of';
import { inWords, plainNames } from '../../builders/a-told-story';

/** What the journal says of one call, with names for its ids and without times: the same for each playing of a script. */
export interface CallStory {
  /** Every fact; those that end together in one order. */
  readonly history: readonly string[];
  /** The figures of its rows. */
  readonly figures: readonly string[];
  /** Its stretches from the customer's side, without times. */
  readonly stretches: readonly string[];
}

/** Names by order of appearance, over all calls of one script. */
class Names {
  private readonly names = new Map<string, string>();
  constructor(callIds: readonly string[]) {
    for (const [index, id] of callIds.entries()) this.names.set(id, `call ${index + 1}`);
  }

  give(id: string, kind: string): void {
    const count = [...this.names.values()].filter(name => name.startsWith(kind)).length;
    if (!this.names.has(id)) this.names.set(id, `${kind} ${count + 1}`);
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.names.get(value) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.of(inner)]));
  }
}

/**
 * Facts of things that end at the same moment: which of them an engine tells first, no contract says.
 * What must come before or after them has a line of its own in between.
 */
const endsTogether = /^(leg-ended|offer-ended|queue-left|recording-finished|transfer-ended outcome="caller-left") /;
/** Asterisk takes a hold off in the moment in which the holding phone sends its party away: listed in its README. */
const isResumedToGo = (line: string, next = ''): boolean =>
  line.startsWith('leg-resumed ') && next.startsWith(line.replace('leg-resumed', 'transfer-started'));

function inOneOrder(history: readonly string[]): string[] {
  const ordered: string[] = [];
  let together: string[] = [];
  for (const [index, line] of [...history, ''].entries()) {
    if (isResumedToGo(line, history[index + 1])) continue;
    if (endsTogether.test(line)) together.push(line);
    else {
      ordered.push(...together.toSorted(), line);
      together = [];
    }
  }
  return ordered.slice(0, -1);
}

/** Differ from run to run and say nothing of what happened. */
const withoutMeaning = new Set(['durationMs', 'file']);

export async function storiesOf(db: ReadableDb, callIds: readonly string[]): Promise<CallStory[]> {
  const names = new Names(callIds);
  const stories: CallStory[] = [];
  const calls: StoryCall[] = [];
  for (const callId of callIds) {
    stories.push(await storyOf(db, callId, names));
    calls.push(await storyCallOf(db, callId));
  }
  return stories.map((story, index) => ({ ...story, stretches: stretchesOf(calls, index) }));
}

async function storyCallOf(db: ReadableDb, callId: string): Promise<StoryCall> {
  const events = await callEvents(db, callId);
  const parsed = events.map(event => ({ ...event, detail: JSON.parse(event.detail) as Record<string, unknown> }));
  return { callId, events: parsed, offerOutcomes: new Map() };
}

/** What the product tells of a call, the other calls of the script being its consultations. */
function stretchesOf(calls: readonly StoryCall[], index: number): string[] {
  const call = calls[index];
  const others = calls.filter(each => each !== call);
  return call === undefined ? [] : toldStoryOf(call, others, plainNames).stretches.map(inWords);
}

async function storyOf(db: ReadableDb, callId: string, names: Names): Promise<CallStory> {
  const events = await db
    .selectFrom('call_events')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('sequence')
    .execute();
  const history = events.map(({ type, leg_id, detail: text }) => {
    const detail = JSON.parse(text) as Record<string, unknown>;
    if (leg_id !== null) names.give(leg_id, 'leg');
    if (typeof detail['transferId'] === 'string') names.give(detail['transferId'], 'transfer');
    if (typeof detail['recordingId'] === 'string') names.give(detail['recordingId'], 'recording');
    const meaning = Object.entries(detail).filter(([key]) => !withoutMeaning.has(key));
    const told = meaning
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([key, value]) => `${key}=${JSON.stringify(names.of(value))}`);
    return [type, ...(leg_id === null ? [] : [String(names.of(leg_id))]), ...told].join(' ');
  });
  return { history: inOneOrder(history), figures: await figuresOf(db, callId, names), stretches: [] };
}

async function figuresOf(db: ReadableDb, callId: string, names: Names): Promise<string[]> {
  const call = await db.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirstOrThrow();
  const legs = await db.selectFrom('legs').selectAll().where('call_id', '=', callId).orderBy('started_at').execute();
  const recordings = await db.selectFrom('recordings').selectAll().where('call_id', '=', callId).execute();
  const answered = (at: number | null): string => (at === null ? 'not answered' : 'answered');
  return [
    `${call.direction} ${call.from_number} (${call.from_name}) → ${call.to_number} (${call.to_name}): ` +
      `${call.end_cause}, ${answered(call.answered_at)}, queue ${call.queue_id} ${call.queue_left_cause}, ` +
      `continued in ${String(names.of(call.continued_in))}`,
    ...legs
      .map(
        leg =>
          `${leg.role} ${leg.number} at ${leg.extension} (${leg.person_id}): ${leg.end_cause}, ${answered(leg.answered_at)}, ` +
          `queue ${leg.queue_id}, ${leg.hold_ms > 0 ? 'held' : 'never held'}`,
      )
      .toSorted(), // two may begin in the same millisecond
    `${recordings.length} recordings, ${recordings.filter(each => each.finished_at !== null).length} finished`,
  ];
}
