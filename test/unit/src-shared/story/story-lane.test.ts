import { describe, expect, it } from 'vitest';
import { type LaneMark, storyLane } from '../../../../src-shared/story/story-lane';
import {
  answeredAt,
  comesInto,
  consultationEnds,
  consults,
  customerJoins,
  hangsUp,
  offerEnds,
  ringsAt,
  ringsDirectlyAt,
  told,
  transferEnds,
  transfersTo,
  type UntimedEvent,
} from '../../../builders/a-told-call';
import { storyAfter } from '../../../builders/a-told-story';

/** In seconds of the recording. */
const inWords = ({ kind, atMs, toMs, party, by, waitMs, transfer }: LaneMark): string =>
  [
    `${atMs / 1000}${toMs === null ? '' : `–${toMs / 1000}`}`,
    kind,
    ...(by === null ? [] : [`by ${by.number}`]),
    ...(party === null ? [] : [party.number]),
    ...(transfer === null ? [] : [String(transfer.outcome)]),
    ...(waitMs === null ? [] : [`after ${waitMs / 1000}`]),
  ].join(' ');
const lane = (events: readonly UntimedEvent[], recording: { startedAt: number; durationMs: number }): string[] =>
  storyLane(storyAfter(told(0, events)), { id: 'r1', ...recording }).map(inWords);

/** Answered at 6 s, from when on it is recorded. */
const talking = [...customerJoins('c1'), ...ringsAt('c1', '1001'), ...answeredAt('c1', '1001')];

describe('the story beside a recording', () => {
  it('has the wait before, hold, who is asked, who joins and who leaves', () => {
    const events: UntimedEvent[] = [
      ...talking,
      { type: 'dtmf', callId: 'c1', legId: 'c1-customer', digit: '4', durationMs: 80, via: 'rfc4733' },
      { type: 'leg-held', callId: 'c1', legId: 'c1-1001' },
      ...consults('k1', '1001', '2001'),
      ...comesInto('c1', '2001'),
      ...consultationEnds('k1', '1001', '2001'),
      { type: 'leg-muted', callId: 'c1', legId: 'c1-2001' },
      { type: 'leg-unmuted', callId: 'c1', legId: 'c1-2001' },
      { type: 'leg-ended', callId: 'c1', legId: 'c1-1001', cause: 'completed' },
      ...hangsUp('c1', '2001'),
    ];
    expect(lane(events, { startedAt: 6000, durationMs: 22_000 })).toEqual([
      '0–0 wait-before after 6',
      '0–5 talk 1001',
      '0 joined 1001',
      '4 key +33199000000',
      '5–6 hold by 1001',
      '6–14 consult by 1001 2001',
      '14–20 conference 2001',
      '14 joined 2001',
      '18–19 mute 2001',
      '20–21 talk 2001',
      '20 left 1001',
      '22 left 2001',
    ]);
  });

  it('has a transfer, also one that failed and came back, and a pause of the recording', () => {
    const events: UntimedEvent[] = [
      ...talking,
      { type: 'recording-started', callId: 'c1', recordingId: 'r1', file: '' },
      { type: 'recording-paused', callId: 'c1', recordingId: 'r1' },
      { type: 'recording-resumed', callId: 'c1', recordingId: 'r1' },
      ...transfersTo('c1', '1001', '1002'),
      ...transferEnds('c1', 'busy'),
      ...ringsDirectlyAt('c1', '1001', 'transfer-1'),
      ...offerEnds('c1', 'c1-1001-again', '1001', 'answered'),
      { type: 'call-ended', callId: 'c1', cause: 'completed' },
    ];
    expect(lane(events, { startedAt: 10_000, durationMs: 10_000 })).toEqual([
      '0–0 wait-before after 6',
      '0–3 talk 1001',
      '1–2 paused',
      '3–5 transfer by 1001 1002 busy',
      '4 left 1001',
      '5–6 alone',
      '6–8 return 1001',
      '8–10 talk 1001',
      '8 joined 1001',
      '10 left 1001',
    ]);
  });

  it('begins and ends with the recording', () => {
    const events = [...talking, ...hangsUp('c1', '1001')];
    expect(lane(events, { startedAt: 7000, durationMs: 1500 })).toEqual(['0–0 wait-before after 6', '0–1.5 talk 1001']);
    expect(lane(events, { startedAt: 60_000, durationMs: 1500 })).toEqual(['0–0 wait-before after 6']);
  });

  it('goes on with a call that goes on', () => {
    expect(lane(talking, { startedAt: 7000, durationMs: 9000 })).toEqual(['0–0 wait-before after 6', '0–9 talk 1001']);
  });
});
