import { describe, expect, test } from 'vitest';
import {
  type Interaction,
  type InteractionEvent,
  type InteractionState,
  interactionEventTypes,
  interactionStates,
} from '../../../src-shared/interaction/interaction-state';
import { transitionInteraction } from '../../../src-shared/interaction/transition-interaction';

const aConsult = { callId: 'call-2', number: '2001', reason: 'price', completesWhenAnswered: false };

const anInteraction = (state: InteractionState, part: Partial<Interaction> = {}): Interaction => ({
  id: 'i-1',
  state,
  customerCallId: 'call-1',
  consult: state === 'consulting' ? aConsult : null,
  beforeTransfer: state === 'transferring' ? 'talking' : null,
  ...part,
});

const event = (type: InteractionEvent['type']): InteractionEvent => {
  if (type === 'transfer-requested') return { type, kind: 'blind' };
  if (type === 'consult-began') return { type, consult: aConsult };
  if (type === 'completes-when-answered') return { type, isOn: true };
  return { type };
};

/** Written out by hand: state → the events it takes and where they lead. Everything else is refused. */
const expected: Record<InteractionState, Partial<Record<InteractionEvent['type'], InteractionState>>> = {
  offered: { 'customer-connected': 'talking', 'customer-left': 'closed' },
  'dialing-out': { 'customer-connected': 'talking', 'customer-left': 'closed' },
  talking: {
    'customer-held': 'on-hold',
    'customer-left': 'wrap-up',
    'consult-began': 'consulting',
    merged: 'conference',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  'on-hold': {
    'customer-resumed': 'talking',
    'customer-left': 'wrap-up',
    'consult-began': 'consulting',
    merged: 'conference',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  consulting: {
    'customer-left': 'wrap-up',
    'consult-ended': 'on-hold',
    'completes-when-answered': 'consulting',
    merged: 'conference',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  conference: {
    'customer-held': 'conference',
    'customer-resumed': 'conference',
    'customer-left': 'wrap-up',
    'two-are-left': 'talking',
    'consult-began': 'consulting',
    'agent-left': 'wrap-up',
  },
  transferring: {
    'customer-left': 'wrap-up',
    'consult-ended': 'transferring',
    'transfer-succeeded': 'wrap-up',
    'transfer-failed': 'talking',
  },
  'wrap-up': { 'wrap-up-done': 'closed' },
  closed: {},
};

describe('every state × every event', () => {
  for (const state of interactionStates)
    for (const type of interactionEventTypes) {
      const to = expected[state][type];
      test(`${state} + ${type} → ${to ?? 'refused'}`, () => {
        const before = anInteraction(state);
        const { interaction, accepted } = transitionInteraction(before, event(type));
        if (to === undefined) expect({ interaction, accepted }).toEqual({ interaction: before, accepted: false });
        else expect([interaction.state, accepted]).toEqual([to, true]);
      });
    }
});

describe('a failed transfer brings the agent back to where it began', () => {
  for (const from of ['talking', 'on-hold', 'consulting'] as const)
    test(from, () => {
      const asked = transitionInteraction(anInteraction(from), {
        type: 'transfer-requested',
        kind: 'attended',
      }).interaction;
      const failed = transitionInteraction(asked, { type: 'transfer-failed' }).interaction;
      expect([failed.state, failed.beforeTransfer]).toEqual([from, null]);
    });
});

test('an ended consultation forgets the colleague, in a transfer as well: then only the customer is left to go back to', () => {
  const consulting = anInteraction('consulting');
  const alone = transitionInteraction(consulting, { type: 'consult-ended' }).interaction;
  expect(alone.consult).toBeNull();
  const asked = transitionInteraction(consulting, { type: 'transfer-requested', kind: 'attended' }).interaction;
  const left = transitionInteraction(asked, { type: 'consult-ended' }).interaction;
  expect(transitionInteraction(left, { type: 'transfer-failed' }).interaction.state).toBe('on-hold');
});

test('that it completes by itself is remembered, and taken back', () => {
  const on = transitionInteraction(anInteraction('consulting'), { type: 'completes-when-answered', isOn: true });
  expect(on.interaction.consult?.completesWhenAnswered).toBe(true);
  const off = transitionInteraction(on.interaction, { type: 'completes-when-answered', isOn: false });
  expect(off.interaction.consult?.completesWhenAnswered).toBe(false);
});
