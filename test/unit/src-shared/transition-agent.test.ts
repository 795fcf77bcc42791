import { describe, expect, test } from 'vitest';
import {
  type AgentEvent,
  type AgentState,
  type AgentStatus,
  agentEventTypes,
  agentStates,
  signedOutStatus,
} from '../../../src-shared/agent/agent-state';
import { transitionAgent } from '../../../src-shared/agent/transition-agent';

const status = (state: AgentState, part: Partial<AgentStatus> = {}): AgentStatus => ({
  ...signedOutStatus(1000),
  state,
  reason: state === 'on-break' ? 'lunch' : null,
  ...part,
});

const event = (type: AgentEvent['type']): AgentEvent => {
  if (type === 'break-started') return { type, reason: 'coffee' };
  if (type === 'break-planned') return { type, reason: 'coffee' };
  if (type === 'call-ended') return { type, needsWrapUp: true };
  if (type === 'offer-ended') return { type, needsWrapUp: false };
  return { type };
};

const expected: Record<AgentState, Partial<Record<AgentEvent['type'], AgentState>>> = {
  'signed-out': { 'signed-in': 'on-break' },
  'on-break': {
    'signed-out': 'signed-out',
    'became-available': 'available',
    'break-started': 'on-break',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
  },
  available: {
    'signed-out': 'signed-out',
    'break-started': 'on-break',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
  },
  reserved: {
    'signed-out': 'signed-out',
    'break-planned': 'reserved',
    'offer-ended': 'available',
    'call-connected': 'on-call',
  },
  'on-call': { 'signed-out': 'signed-out', 'break-planned': 'on-call', 'call-ended': 'wrap-up' },
  'wrap-up': {
    'signed-out': 'signed-out',
    'break-planned': 'wrap-up',
    'call-offered': 'reserved',
    'call-connected': 'on-call',
    'wrap-up-done': 'available',
  },
};

describe('every state × every event', () => {
  for (const state of agentStates)
    for (const type of agentEventTypes) {
      const to = expected[state][type];
      test(`${state} + ${type} → ${to ?? 'refused'}`, () => {
        const before = status(state);
        const after = transitionAgent(before, event(type), 2000);
        if (to === undefined) expect(after).toEqual({ status: before, accepted: false });
        else expect([after.status.state, after.accepted]).toEqual([to, true]);
      });
    }
});

test('a planned break is taken when the call is over, not before', () => {
  const planned = transitionAgent(status('on-call'), { type: 'break-planned', reason: 'lunch' }, 2000).status;
  const over = transitionAgent(planned, { type: 'call-ended', needsWrapUp: false }, 3000).status;
  expect([planned.state, planned.since, over]).toEqual([
    'on-call',
    1000,
    status('on-break', { reason: 'lunch', since: 3000 }),
  ]);
});

test('a planned break waits for the end of wrap-up, and can be taken back', () => {
  const inWrapUp = transitionAgent(
    status('on-call', { nextBreak: 'lunch' }),
    { type: 'call-ended', needsWrapUp: true },
    2000,
  ).status;
  const done = transitionAgent(inWrapUp, { type: 'wrap-up-done' }, 3000).status;
  const takenBack = transitionAgent(inWrapUp, { type: 'break-planned', reason: null }, 2500).status;
  expect([done.state, done.reason, transitionAgent(takenBack, { type: 'wrap-up-done' }, 3000).status.state]).toEqual([
    'on-break',
    'lunch',
    'available',
  ]);
});

test('a direct call that reaches somebody on break leaves the break as it was', () => {
  const offered = transitionAgent(status('on-break'), { type: 'call-offered' }, 2000).status;
  const missed = transitionAgent(offered, { type: 'offer-ended', needsWrapUp: false }, 3000).status;
  expect([offered.state, missed.state, missed.reason]).toEqual(['reserved', 'on-break', 'lunch']);
});

test('work after a call goes on when something rang in between', () => {
  const offered = transitionAgent(status('wrap-up'), { type: 'call-offered' }, 2000).status;
  const missed = transitionAgent(offered, { type: 'offer-ended', needsWrapUp: true }, 3000).status;
  expect([offered.state, missed.state]).toEqual(['reserved', 'wrap-up']);
});

test('the running time starts anew only when the state or its reason changes', () => {
  const same = transitionAgent(status('on-break'), { type: 'break-started', reason: 'lunch' }, 5000).status;
  const other = transitionAgent(status('on-break'), { type: 'break-started', reason: 'coffee' }, 5000).status;
  expect([same.since, other.since]).toEqual([1000, 5000]);
});
