import { describe, expect, it } from 'vitest';
import type { StoryEvent } from '../../../../src-shared/story/story-input';
import { storyOf } from '../../../../src-shared/story/story-of';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  notAnsweredAt,
  offerEnds,
  ringsAt,
  ringsDirectlyAt,
  told,
  transferEnds,
  transfersAttended,
  transfersTo,
  type UntimedEvent,
} from '../../../builders/a-told-call';
import { inWords, journalled, plainNames, storyAfter, timed } from '../../../builders/a-told-story';

const held = (extension: string, callId = 'c1'): UntimedEvent[] => [
  { type: 'leg-held', callId, legId: `${callId}-${extension}` },
];
const resumed = (extension: string, callId = 'c1'): UntimedEvent[] => [
  { type: 'leg-resumed', callId, legId: `${callId}-${extension}` },
];
const talking = [...customerJoins('c1'), ...ringsAt('c1', '1001'), ...answeredAt('c1', '1001')];
const conferring = [
  ...comesInto('c1', '2001'),
  { type: 'conference-started', callId: 'c1' } as const,
  ...consultationEnds('k1', '1001', '2001'),
  ...resumed('1001'),
];
const leaves = (extension: string): UntimedEvent[] => [
  { type: 'leg-ended', callId: 'c1', legId: `c1-${extension}`, cause: 'completed' },
  { type: 'conference-ended', callId: 'c1' },
];
const waitsAgain: UntimedEvent[] = [{ type: 'queue-joined', callId: 'c1', queueId: 'support', position: 1 }];
const story = (events: readonly UntimedEvent[]) => storyAfter(told(0, events));

/** One event a second. */
const stories: readonly (readonly [string, readonly UntimedEvent[], readonly string[]])[] = [
  ['one agent', [...talking, ...hangsUp('c1', '1001')], ['queue support [1001] 6', 'talk 1001 4']],
  [
    'two phones rang before one was answered',
    [
      ...customerJoins('c1'),
      ...ringsAt('c1', '1002'),
      ...notAnsweredAt('c1', '1002', 'declined'),
      ...ringsAt('c1', '1001'),
      ...answeredAt('c1', '1001'),
      ...hangsUp('c1', '1001'),
    ],
    ['queue support [1002, 1001] 11', 'talk 1001 4'],
  ],
  [
    'hung up while waiting',
    [
      ...customerJoins('c1'),
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'caller-cancelled' },
      { type: 'call-ended', callId: 'c1', cause: 'caller-cancelled' },
    ],
    ['queue support 3'],
  ],
  [
    'hung up while waiting, and the engine tells of the leg later',
    [
      ...customerJoins('c1'),
      { type: 'queue-left', callId: 'c1', queueId: 'support', cause: 'abandoned' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'caller-cancelled' },
      { type: 'call-ended', callId: 'c1', cause: 'caller-cancelled' },
    ],
    ['queue support 3'],
  ],
  [
    'held and taken back',
    [...talking, ...held('1001'), ...resumed('1001'), ...hangsUp('c1', '1001')],
    ['queue support [1001] 6', 'talk 1001 4', 'hold by 1001 1', 'talk 1001 1'],
  ],
  [
    'a supervisor is asked, and nothing more',
    [
      ...talking,
      ...held('1001'),
      ...consults('k1', '1001', '2001'),
      { type: 'call-ended', callId: 'k1', cause: 'completed' },
      ...resumed('1001'),
      ...hangsUp('c1', '1001'),
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'hold by 1001 1',
      'consult by 1001 2001 7',
      'hold by 1001 1',
      'talk 1001 1',
    ],
  ],
  [
    'the whole way: asked, in conference, left to the supervisor',
    [
      ...talking,
      ...held('1001'),
      ...consults('k1', '1001', '2001'),
      ...conferring,
      ...leaves('1001'),
      ...hangsUp('c1', '2001'),
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'hold by 1001 1',
      'consult by 1001 2001 8',
      'conference 1001 + 2001 6',
      'talk 2001 2',
    ],
  ],
  [
    'the customer leaves a conference',
    [
      ...talking,
      ...held('1001'),
      ...consults('k1', '1001', '2001'),
      ...conferring,
      ...leaves('customer'),
      ...hangsUp('c1', '2001'),
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'hold by 1001 1',
      'consult by 1001 2001 8',
      'conference 1001 + 2001 6',
      'colleagues 1001 + 2001 3',
    ],
  ],
  [
    'transferred after asking',
    [
      ...talking,
      ...held('1001'),
      ...consults('k1', '1001', '2001'),
      ...transfersAttended('c1', 'k1', ['1001', '2001']),
      ...hangsUp('c1', '2001'),
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'hold by 1001 1',
      'consult by 1001 2001 7',
      'transfer by 1001 2001 (attended: completed) 2',
      'talk 2001 6',
    ],
  ],
  [
    'sent on without asking',
    [
      ...talking,
      ...transfersTo('c1', '1001', '1002'),
      ...ringsDirectlyAt('c1', '1002'),
      ...offerEnds('c1', 'c1-1002', '1002', 'answered'),
      ...transferEnds('c1', 'completed'),
      ...hangsUp('c1', '1002'),
    ],
    ['queue support [1001] 6', 'talk 1001 4', 'transfer by 1001 1002 (blind: completed) 4', 'talk 1002 3'],
  ],
  [
    'sent on, busy, and back with the sender',
    [
      ...talking,
      ...transfersTo('c1', '1001', '1002'),
      ...transferEnds('c1', 'busy'),
      ...ringsDirectlyAt('c1', '1001', 'transfer-1'),
      ...offerEnds('c1', 'c1-1001-again', '1001', 'answered'),
      { type: 'leg-ended', callId: 'c1', legId: 'c1-customer', cause: 'completed' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'transfer by 1001 1002 (blind: busy) 2',
      'alone 1',
      'return 1001 2',
      'talk 1001 2',
    ],
  ],
  [
    'sent on, refused, and nobody takes it back: the queue again',
    [
      ...talking,
      ...transfersTo('c1', '1001', '1002'),
      ...transferEnds('c1', 'rejected'),
      ...waitsAgain,
      ...ringsAt('c1', '1003'),
      ...answeredAt('c1', '1003'),
      ...hangsUp('c1', '1003'),
    ],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'transfer by 1001 1002 (blind: rejected) 2',
      'alone 1',
      'queue support again [1003] 4',
      'talk 1003 4',
    ],
  ],
  [
    'sent to a queue',
    [...talking, ...transfersTo('c1', '1001', '8002'), ...transferEnds('c1', 'completed'), ...waitsAgain],
    [
      'queue support [1001] 6',
      'talk 1001 4',
      'transfer by 1001 8002 (blind: completed) 2',
      'alone 1',
      'queue support …',
    ],
  ],
  [
    'a colleague calls a colleague',
    [
      ...consults('c1', '1001', '1002'),
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1002', cause: 'completed' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ],
    ['ringing 1002 4', 'talk 1002 3', 'alone 1'],
  ],
  [
    'a colleague who is not there',
    [...consults('c1', '1001', '1002').slice(0, 2), { type: 'call-ended', callId: 'c1', cause: 'unreachable' }],
    ['ringing 1002 2'],
  ],
  [
    'the echo service',
    [
      ...consults('c1', '1001', '*43').slice(0, 2),
      { type: 'leg-answered', callId: 'c1', legId: 'c1-1001' },
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ],
    ['service *43 3'],
  ],
  [
    'an outgoing call',
    [
      {
        type: 'call-started',
        callId: 'c1',
        direction: 'outbound',
        from: { number: '1001', name: null },
        to: { number: '0145' },
      },
      { type: 'leg-started', callId: 'c1', legId: 'c1-1001', role: 'agent', number: '1001', extension: '1001' },
      { type: 'leg-started', callId: 'c1', legId: 'c1-customer', role: 'customer', number: '0145', extension: null },
      { type: 'leg-ringing', callId: 'c1', legId: 'c1-customer' },
      { type: 'leg-answered', callId: 'c1', legId: 'c1-customer' },
      { type: 'leg-answered', callId: 'c1', legId: 'c1-1001' },
      ...hangsUp('c1', '1001'),
    ],
    ['ringing 0145 4', 'talk 1001 2'],
  ],
];

describe('the story of a call', () => {
  it.each(stories)('%s', (_title, events, expected) => {
    const { stretches } = story(events);
    expect(stretches.map(timed)).toEqual(expected);
    for (const [index, stretch] of stretches.entries())
      if (index > 0) expect(stretch.startedAt, 'without gaps').toBe(stretches[index - 1]?.endedAt);
  });

  it('does not tell what nobody notices: an engine takes the hold off before it sends the customer away', () => {
    const events = told(0, [...talking, ...held('1001'), ...resumed('1001'), ...transfersTo('c1', '1001', '1002')]);
    const quick = events.map(event => (event.at > 11_000 ? { ...event, at: event.at - 900 } : event));
    expect(storyAfter(quick).stretches.map(inWords)).toEqual([
      'queue support [1001]',
      'talk 1001',
      'hold by 1001',
      'transfer by 1001 1002 (blind: null)',
    ]);
  });

  it('has everybody’s own times', () => {
    const { parties, customer } = story([
      ...talking,
      ...held('1001'),
      ...resumed('1001'),
      ...transfersTo('c1', '1001', '2001'),
      ...ringsDirectlyAt('c1', '2001'),
      ...offerEnds('c1', 'c1-2001', '2001', 'answered'),
      ...transferEnds('c1', 'completed'),
      ...hangsUp('c1', '2001'),
    ]);
    expect(customer).toEqual({ role: 'customer', number: '+33199000000', name: null });
    expect(parties).toMatchObject([
      { party: { number: '+33199000000' }, waitMs: 10_000, talkMs: 8000, holdMs: 1000, endCause: 'completed' },
      { party: { role: 'agent', number: '1001' }, waitMs: 3000, talkMs: 6000, holdMs: 1000, endCause: 'transferred' },
      { party: { role: 'supervisor', number: '2001' }, waitMs: 2000, talkMs: 4000, holdMs: 0 },
    ]);
  });

  it('knows when a microphone was off, which keys nobody keeps, and which recordings belong together', () => {
    const recorded = (callId: string, n: number): UntimedEvent[] => [
      { type: 'recording-started', callId, recordingId: `${callId}-${n}`, file: '' },
    ];
    const events = told(0, [
      ...talking,
      ...recorded('c1', 1),
      { type: 'dtmf', callId: 'c1', legId: 'c1-customer', digit: '7', durationMs: 100, via: 'rfc4733' },
      { type: 'recording-paused', callId: 'c1', recordingId: 'c1-1' },
      { type: 'recording-resumed', callId: 'c1', recordingId: 'c1-1' },
      ...held('1001'),
      ...consults('k1', '1001', '2001'),
      ...recorded('k1', 1),
    ]);
    const call = journalled('c1', events);
    const late: StoryEvent[] = [
      { at: 10_300, type: 'phone-unmuted', legId: 'c1-1001', detail: {} },
      { at: 10_100, type: 'phone-muted', legId: 'c1-1001', detail: {} },
    ];
    const whole = storyOf({ ...call, events: [...call.events, ...late] }, [journalled('k1', events)], plainNames);
    expect(whole.mutes).toEqual([
      { party: { role: 'agent', number: '1001', name: '1001' }, startedAt: 10_100, endedAt: 10_300 },
    ]);
    expect(whole.keys).toEqual([{ party: whole.customer, at: 11_000 }]);
    expect(whole.recordings).toMatchObject([
      { recordingId: 'c1-1', callId: 'c1', startedAt: 10_000, pauses: [{ startedAt: 12_000, endedAt: 13_000 }] },
      { recordingId: 'k1-1', callId: 'k1' },
    ]);
    expect(JSON.stringify(whole)).not.toContain('"7"');
  });
});
