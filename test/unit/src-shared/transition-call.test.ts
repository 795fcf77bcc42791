import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Call } from '../../../src-shared/call/call';
import { type CallEvent, callEventTypes } from '../../../src-shared/call/call-event';
import { type CallAction, allowedActions } from '../../../src-shared/call/call-permissions';
import { type CallState, callStates } from '../../../src-shared/call/call-state';
import { transitionCall } from '../../../src-shared/call/transition-call';
import { aCall } from '../../builders/a-call';

const eventOf: Record<CallEvent['type'], CallEvent> = {
  'remote-ringing': { type: 'remote-ringing' },
  'early-media-started': { type: 'early-media-started' },
  'answer-requested': { type: 'answer-requested' },
  'answer-failed': { type: 'answer-failed' },
  'remote-answered': { type: 'remote-answered' },
  'media-confirmed': { type: 'media-confirmed' },
  held: { type: 'held', by: 'agent' },
  resumed: { type: 'resumed', by: 'agent' },
  'hangup-requested': { type: 'hangup-requested' },
  ended: { type: 'ended', cause: 'completed', sipCode: null },
};

/** Where each event leads from each state, written out by hand; '·' means refused. Columns as `callEventTypes`. */
const table: Record<CallState, string> = {
  //             ringing   early        answer-req  answer-fail  remote-ans  confirmed  held  resumed  hangup  ended
  dialing: '     ringing   early-media  ·           ·            connecting  ·          ·     ·        ending  ended',
  ringing: '     ·         early-media  connecting  ·            connecting  ·          ·     ·        ending  ended',
  'early-media': '·        ·            ·           ·            connecting  ·          ·     ·        ending  ended',
  connecting: '  ·         ·            ·           ringing      ·           active     ·     ·        ending  ended',
  active: '      ·         ·            ·           ·            ·           ·          held  ·        ending  ended',
  held: '        ·         ·            ·           ·            ·           ·          held  active   ending  ended',
  ending: '      ·         ·            ·           ·            ·           ·          ·     ·        ·       ended',
  ended: '       ·         ·            ·           ·            ·           ·          ·     ·        ·       ·',
};

const callIn = (state: CallState): Call => aCall({ state, heldBy: state === 'held' ? ['agent'] : [] });

describe('every state × every event', () => {
  for (const state of callStates) {
    const expected = table[state].trim().split(/\s+/);
    for (const [column, type] of callEventTypes.entries())
      test(`${state} + ${type} → ${expected[column]}`, () => {
        const before = callIn(state);
        const { call, accepted } = transitionCall(before, eventOf[type], 5000);
        if (expected[column] === '·') expect({ call, accepted }).toEqual({ call: before, accepted: false });
        else expect({ state: call.state, accepted }).toEqual({ state: expected[column], accepted: true });
      });
  }
});

test('a call held by both sides is active only when both have resumed', () => {
  const heldByAgent = transitionCall(callIn('active'), { type: 'held', by: 'agent' }, 1).call;
  const heldByBoth = transitionCall(heldByAgent, { type: 'held', by: 'remote' }, 2).call;
  const oneBack = transitionCall(heldByBoth, { type: 'resumed', by: 'agent' }, 3).call;
  const bothBack = transitionCall(oneBack, { type: 'resumed', by: 'remote' }, 4).call;
  expect([heldByBoth.heldBy, oneBack.state, oneBack.heldBy, bothBack.state]).toEqual([
    ['agent', 'remote'],
    'held',
    ['remote'],
    'active',
  ]);
});

test('the end keeps cause, code and time, and clears what was pending', () => {
  const talking = aCall({ state: 'held', heldBy: ['agent'], pendingAction: 'resume' });
  const { call } = transitionCall(talking, { type: 'ended', cause: 'line-lost', sipCode: 503 }, 9000);
  expect(call).toEqual({
    ...talking,
    state: 'ended',
    heldBy: [],
    pendingAction: null,
    endedAt: 9000,
    endCause: 'line-lost',
    sipCode: 503,
  });
});

test('the time of answering is the first one and never moves', () => {
  const { call } = transitionCall(callIn('connecting'), { type: 'media-confirmed' }, 4000);
  const later = transitionCall(
    transitionCall(call, { type: 'held', by: 'agent' }, 5000).call,
    { type: 'resumed', by: 'agent' },
    6000,
  );
  expect([call.answeredAt, later.call.answeredAt]).toEqual([4000, 4000]);
});

test('whatever happens in whatever order, an ended call stays as it ended, and held means held by somebody', () => {
  const anyEvent = fc.constantFrom(
    ...Object.values(eventOf),
    { type: 'held', by: 'remote' } as const,
    { type: 'resumed', by: 'remote' } as const,
  );
  fc.assert(
    fc.property(
      fc.constantFrom('dialing' as const, 'ringing' as const),
      fc.array(anyEvent, { maxLength: 30 }),
      (start, events) => {
        let call = callIn(start);
        for (const event of events) {
          const next = transitionCall(call, event, 1).call;
          if (call.state === 'ended') expect(next).toBe(call);
          if (next.state === 'held' || next.state === 'active')
            expect(next.heldBy.length > 0).toBe(next.state === 'held');
          call = next;
        }
      },
    ),
  );
});

describe('what the agent may do', () => {
  const cases: [string, Partial<Call>, CallAction[]][] = [
    ['an inbound call rings', { state: 'ringing', direction: 'inbound' }, ['answer', 'decline', 'send-on']],
    ['an outbound call rings', { state: 'ringing', direction: 'outbound' }, ['hang-up']],
    ['dialling', { state: 'dialing', direction: 'outbound' }, ['hang-up']],
    ['early media', { state: 'early-media', direction: 'outbound' }, ['hang-up', 'mute', 'dtmf']],
    ['connecting', { state: 'connecting' }, ['hang-up']],
    ['talking', { state: 'active' }, ['hang-up', 'hold', 'mute', 'dtmf', 'consult', 'transfer']],
    ['held by the agent', { state: 'held', heldBy: ['agent'] }, ['hang-up', 'resume', 'mute', 'consult', 'transfer']],
    [
      'held by the other side',
      { state: 'held', heldBy: ['remote'] },
      ['hang-up', 'hold', 'mute', 'dtmf', 'consult', 'transfer'],
    ],
    ['ending', { state: 'ending' }, []],
    ['ended', { state: 'ended' }, []],
  ];
  for (const [name, part, actions] of cases)
    test(name, () => expect([...allowedActions(aCall(part))].toSorted()).toEqual(actions.toSorted()));
});
