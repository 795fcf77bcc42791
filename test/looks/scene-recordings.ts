import { ok } from '../../src-shared/ipc/result';
import { peaksHeader } from '../../src-shared/recordings/peaks';
import type { Recording } from '../../src-shared/recordings/recording';
import type { FakeAnswers } from '../fakes/fake-agent-bridge';
import { longStory } from './scene-consult';

const now = Date.now();
const minute = 60_000;
const people: readonly (readonly [number: string, name: string | null, account: string])[] = [
  ['+15145550142', 'Étienne Beaulieu', 'Beaulieu & Fils'],
  ['+14165550177', 'Priya Raman', 'Northwind Travel'],
  ['+33142685300', null, 'Société des Transports Intercommunaux de Bruxelles'],
  ['+15145550111', 'Konstantinos Papadopoulos-Vandenberghe de la Rivière', 'Rivière Logistics'],
];
/** As long as the conversation of the long story, which lies beside its waveform. */
const durationMs = 300_000;

/** Recordings of a week; the first is that of the long story. */
export const recordings: readonly Recording[] = Array.from({ length: 60 }, (_, index) => {
  const [remoteNumber = '', remoteName = null, name = ''] = people[index % people.length] ?? [];
  return {
    id: `r${index}`,
    callId: `c${index}`,
    callNumber: 20_481 - index,
    startedAt: index === 0 ? longStory.startedAt : now - (index + 1) * 47 * minute,
    durationMs: index === 0 ? durationMs : 184_000 + index * 61_000,
    type: index % 4 === 2 ? 'manual' : 'inbound',
    remoteNumber,
    remoteName,
    isNumberHidden: false,
    agents: [{ personId: 'a1', name: 'Maya Lindqvist', initials: 'ML', extension: '1001' }],
    account: { accountNumber: '40021877', billingNumber: '+15145550100', name },
    queueName: index % 4 === 2 ? null : 'Réservations',
    qaScore: index % 3 === 0 ? 70 + index : null,
    noteCount: index % 5 === 0 ? 2 : 0,
  };
});

/** Two people who take turns, and a silence in between. */
function peaks(columns: number): Uint8Array {
  const header = peaksHeader({ channels: 2, columnMs: durationMs / columns, columns });
  const file = new Uint8Array(header.length + columns * 4);
  file.set(header);
  for (let column = 0; column < columns; column += 1) {
    const share = column / columns;
    const isQuiet = share > 0.42 && share < 0.52;
    const loud = 20 + 90 * Math.abs(Math.sin(column * 1.7) * Math.cos(column * 0.23));
    const speaker = Math.floor(share * 14) % 2;
    for (const channel of [0, 1]) {
      const height = isQuiet ? 1 : channel === speaker ? loud : 5;
      file.set([256 - height, height], header.length + (column * 2 + channel) * 2);
    }
  }
  return file;
}

const author = { personId: 'a1', name: 'Maya Lindqvist' };
const notes = [
  { id: 'n1', atMs: 42_000, text: 'Says the refund was promised on Monday', isMine: true },
  {
    id: 'n2',
    atMs: 191_000,
    text: 'Asks for the supervisor: the airline has not answered for three weeks and nobody has called him back',
    isMine: false,
  },
].map(note => ({ ...note, author, createdAt: now, changedAt: null }));

/** What the player asks for. */
export const soundAnswers: FakeAnswers = {
  'recordings.open': ({ recordingId }) =>
    ok({
      recording: recordings.find(({ id }) => id === recordingId) ?? (recordings[0] as Recording),
      notes,
      qa: null,
      maySetQa: false,
      draft: null,
      isOffline: false,
      isKept: true,
    }),
  'recordings.peaks': ({ zoom }) => ok(peaks(zoom === 'fine' ? 1200 : 300)),
  'records.story': () => ok(longStory),
};
