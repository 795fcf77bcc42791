import type { CallRecord } from '../../src-shared/calls/call-record';
import type { AgentProfile } from '../../src-shared/server-api/rest-routes';
import { ok } from '../../src-shared/ipc/result';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { Recording } from '../../src-shared/recordings/recording';
import type { SessionView } from '../../src-shared/ipc/agent-notices';
import { refuse, type FakeAnswers } from '../fakes/fake-agent-bridge';
import { recordings, soundAnswers } from './scene-recordings';
import type { Parts } from './scenes';
import { longStory } from './scene-consult';

const now = Date.now();
const minute = 60_000;
const people: readonly (readonly [number: string, name: string | null])[] = [
  ['+15145550142', 'Étienne Beaulieu'],
  ['+14165550177', 'Priya Raman'],
  ['+33142685300', null],
  ['+15145550111', 'Konstantinos Papadopoulos-Vandenberghe de la Rivière'],
  ['+14185550190', 'Hôtel Frontenac'],
  ['', null],
];

/** A working week of calls of every kind. */
const records: readonly CallRecord[] = Array.from({ length: 60 }, (_, index) => {
  const [remoteNumber = '', remoteName = null] = people[index % people.length] ?? [];
  const isIn = index % 4 !== 2;
  const isMissed = index % 5 === 1;
  const startedAt = now - (index + 1) * 47 * minute;
  return {
    id: `c${index}.a1`,
    callId: `c${index}`,
    callNumber: 20_481 - index,
    personId: 'a1',
    agentName: 'Maya Lindqvist',
    extension: '1001',
    type: isIn ? 'inbound' : index % 8 === 2 ? 'auto' : 'manual',
    isInternal: false,
    disposition: isMissed ? (isIn ? 'unanswered' : 'busy') : 'answered',
    remoteNumber: index === 8 ? '+1514•••0142' : remoteNumber,
    remoteName,
    isNumberHidden: index === 8,
    queueId: isIn ? 'q1' : null,
    queueName: isIn ? (index % 3 === 0 ? 'Réservations' : 'Support') : null,
    startedAt,
    answeredAt: isMissed ? null : startedAt + 6000,
    endedAt: startedAt + 190_000,
    durationMs: isMissed ? 0 : 184_000 + index * 61_000,
    endCause: isMissed ? 'caller-cancelled' : 'completed',
    missedCause: isMissed && isIn ? 'caller-left' : null,
    recordingId: isMissed ? null : `r${index}`,
  };
});

interface Answered<T> {
  readonly rows: readonly T[];
  readonly part?: Partial<FoundView<T>>;
}
const found = <T>({ rows, part = {} }: Answered<T>, searchId: string) =>
  ok({
    searchId,
    count: rows.length,
    isCounting: false,
    older: 'none' as const,
    isOffline: false,
    durationMs: null,
    ...part,
    rows: rows.slice(0, 100),
  });
const never = new Promise<never>(() => undefined);

interface Surroundings<S> {
  readonly scene: (parts: Parts, answers?: FakeAnswers) => S;
  readonly signedIn: SessionView & { readonly agent: AgentProfile };
}

/** Calls that are over and their recordings: a full list, an empty one, and why there is none. */
export function recordScenes<S>({ scene, signedIn }: Surroundings<S>) {
  const supervisor = { ...signedIn, agent: { ...signedIn.agent, role: 'supervisor' as const } };
  const calls = (part: Partial<FoundView<CallRecord>> = {}, rows = records): FakeAnswers => ({
    'records.search': ({ searchId }) => found({ rows, part }, searchId),
    'records.rows': ({ first, count }) => ok(rows.slice(first, first + count)),
    'records.story': () => ok(longStory),
    ...soundAnswers,
  });
  const graded: FakeAnswers = {
    'recordings.open': ({ recordingId }) => {
      const recording = recordings.find(({ id }) => id === recordingId);
      return recording === undefined
        ? refuse('recording/missing')
        : ok({ recording, notes: [], qa: null, maySetQa: true, draft: null, isOffline: false, isKept: false });
    },
  };
  const sounds = (rows = recordings, part: Partial<FoundView<Recording>> = {}): FakeAnswers => ({
    'recordings.search': ({ searchId }) => found({ rows, part: { durationMs: 19_384_000, ...part } }, searchId),
    'recordings.rows': ({ first, count }) => ok(rows.slice(first, first + count)),
    ...soundAnswers,
  });
  const away = { session: { ...signedIn, server: 'offline' as const } };
  return {
    calls: scene({}, calls()),
    'calls-supervisor': scene({ session: supervisor }, calls({ older: 'server' })),
    'calls-empty': scene({}, calls({}, [])),
    'calls-loading': scene({}, { 'records.search': () => never }),
    'calls-failed': scene({}, { 'records.search': () => refuse('server/failed') }),
    'calls-offline': scene(away, calls({ isOffline: true, older: 'unreachable' })),
    recordings: scene({}, sounds()),
    'recordings-supervisor': scene({ session: supervisor }, { ...sounds(), ...graded }),
    'recordings-empty': scene({}, sounds([])),
    'recordings-loading': scene({}, { 'recordings.search': () => never }),
    'recordings-failed': scene({}, { 'recordings.search': () => refuse('server/unreachable') }),
    'recordings-offline': scene(away, sounds(recordings.slice(0, 4), { isOffline: true, older: 'unreachable' })),
    'recordings-player-refused': scene({}, { ...sounds(), 'recordings.open': () => refuse('server/unreachable') }),
  };
}
