import type { Call } from '../../src-shared/call/call';
import type { ConsultedCustomer } from '../../src-shared/ipc/consulted-view';
import type { StoryNames } from '../../src-shared/story/story-input';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  ringsAt,
  told,
  transferEnds,
  transfersTo,
  ringsDirectlyAt,
  offerEnds,
} from '../builders/a-told-call';
import { aCall } from '../builders/a-call';
import { storyAfter } from '../builders/a-told-story';

const now = Date.now();
const minute = 60_000;
const day = 24 * 60 * minute;

/** Jonas asks about Étienne, who is known. */
export const asked: ConsultedCustomer = {
  callId: 'k-customer',
  consultCallId: 'central-1',
  by: { extension: '1007', name: 'Jonas Weber' },
  reason: 'Wants his money back for the cancelled flight, says he was promised it',
  queueName: 'Réservations',
  customer: { number: '+15145550142', name: 'Étienne Beaulieu' },
  startedAt: now - 281_000,
  waitedMs: 41_000,
  answeredAt: now - 240_000,
  askedAt: now - 6000,
  hasCustomer: false,
  card: {
    number: '+15145550142',
    name: 'Étienne Beaulieu',
    company: 'Beaulieu & Fils',
    language: 'fr',
    callCount: 14,
    calls: [
      {
        callId: 'e1',
        direction: 'inbound',
        queueName: 'Réservations',
        agents: ['Aïcha Benali'],
        startedAt: now - day,
        answeredAt: now - day + 9000,
        endedAt: now - day + 200_000,
        endCause: 'completed',
        outcomes: [
          {
            by: 'Aïcha Benali',
            at: now - day + 230_000,
            disposition: { en: 'Callback agreed', fr: 'Rappel convenu' },
            note: 'Refund of 420 $ promised, waits for the airline',
          },
        ],
      },
      {
        callId: 'e2',
        direction: 'inbound',
        queueName: 'Support',
        agents: [],
        startedAt: now - 3 * day,
        answeredAt: null,
        endedAt: now - 3 * day + 40_000,
        endCause: 'caller-cancelled',
        outcomes: [],
      },
    ],
  },
};
export const firstTime: ConsultedCustomer = {
  ...asked,
  reason: '',
  customer: { number: '+15145550142', name: null },
  card: { number: '+15145550142', name: null, company: null, language: null, callCount: 0, calls: [] },
};

export const here: ConsultedCustomer = { ...asked, hasCustomer: true };

/** Jonas calls. */
export const consultation = (state: 'ringing' | 'active'): Call =>
  aCall({
    id: 'c1',
    state,
    startedAt: now - 16_000,
    answeredAt: state === 'active' ? now - 12_000 : null,
    remote: { number: '1007', name: 'Jonas Weber' },
    queueName: null,
    quality: { mos: 4.28, delayMs: 62, lossPercent: 0.1, jitterMs: 3, codec: 'PCMU' },
  });

const people: Readonly<Record<string, readonly [name: string, isSupervisor: boolean]>> = {
  '1001': ['Maya Lindqvist', false],
  '1002': ['Jonas Weber', false],
  '2001': ['Aïcha Benali', true],
};
const names: StoryNames = {
  person: extension => {
    const [name, isSupervisor] = people[extension] ?? [];
    return name === undefined || isSupervisor === undefined ? null : { name, isSupervisor };
  },
  queue: () => 'Réservations',
  outside: number => ({ number, name: 'Étienne Beaulieu' }),
};

/** Everything that can happen to a customer in one call. */
export const longStory = storyAfter(
  told(0, [
    ...customerJoins('c1'),
    ...ringsAt('c1', '1002'),
    ...notAnsweredAt('c1', '1002', 'ring-no-answer'),
    ...ringsAt('c1', '1001'),
    ...answeredAt('c1', '1001'),
    { type: 'recording-started', callId: 'c1', recordingId: 'r1', file: '' },
    { type: 'leg-muted', callId: 'c1', legId: 'c1-1001' },
    { type: 'leg-unmuted', callId: 'c1', legId: 'c1-1001' },
    ...transfersTo('c1', '1001', '1002'),
    ...transferEnds('c1', 'busy'),
    ...ringsDirectlyAt('c1', '1001', 'transfer-1'),
    ...offerEnds('c1', 'c1-1001-again', '1001', 'answered'),
    { type: 'leg-held', callId: 'c1', legId: 'c1-1001-again' },
    ...consults('k1', '1001', '2001'),
    ...comesInto('c1', '2001'),
    ...consultationEnds('k1', '1001', '2001'),
    { type: 'leg-ended', callId: 'c1', legId: 'c1-1001-again', cause: 'completed' },
    ...hangsUp('c1', '2001'),
  ]).map(event => ({ ...event, at: now - 40 * minute + event.at * 17 })),
  { names },
);
