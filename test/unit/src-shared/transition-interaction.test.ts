import { describe, expect, test } from 'vitest';
import {
  type Interaction,
  type InteractionEvent,
  type InteractionState,
  interactionEventTypes,
  interactionStates,
} from '../../../src-shared/interaction/interaction-state';
import { transitionInteraction } from '../../../src-shared/interaction/transition-interaction';

const anInteraction = (state: InteractionState, part: Partial<Interaction> = {}): Interaction => ({
  id: 'i-1',
  state,
  customerCallId: 'call-1',
  consultCallId: state === 'consulting' ? 'call-2' : null,
  beforeTransfer: state === 'transferring' ? 'talking' : null,
  disposition: null,
  ...part,
});

const event = (type: InteractionEvent['type']): InteractionEvent => {
  if (type === 'transfer-requested') return { type, kind: 'blind' };
  if (type === 'transfer-failed') return { type, cause: 'busy' };
  if (type === 'wrap-up-saved') return { type, disposition: 'solved' };
  return { type };
};

/** Written out by hand: state → the events it takes and where they lead. Everything else is refused. */
const expected: Record<InteractionState, Partial<Record<InteractionEvent['type'], InteractionState>>> = {
  offered: { 'customer-connected': 'talking', 'customer-left': 'closed' },
  'dialing-out': { 'customer-connected': 'talking', 'customer-left': 'closed' },
  talking: {
    'customer-held': 'on-hold',
    'customer-left': 'wrap-up',
    'consult-requested': 'consulting',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  'on-hold': {
    'customer-resumed': 'talking',
    'customer-left': 'wrap-up',
    'consult-requested': 'consulting',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  consulting: {
    'customer-left': 'wrap-up',
    'consult-ended': 'on-hold',
    'swap-requested': 'consulting',
    'merge-requested': 'conference',
    'agent-left': 'wrap-up',
    'transfer-requested': 'transferring',
  },
  conference: { 'customer-left': 'wrap-up', 'party-dropped': 'talking', 'agent-left': 'wrap-up' },
  transferring: { 'customer-left': 'wrap-up', 'transfer-succeeded': 'wrap-up', 'transfer-failed': 'talking' },
  'wrap-up': { 'wrap-up-saved': 'closed', 'wrap-up-expired': 'closed' },
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
      const failed = transitionInteraction(asked, { type: 'transfer-failed', cause: 'no-answer' }).interaction;
      expect([failed.state, failed.beforeTransfer]).toEqual([from, null]);
    });
});

test('a saved wrap-up keeps its disposition; an ended consultation forgets the second leg', () => {
  const saved = transitionInteraction(anInteraction('wrap-up'), {
    type: 'wrap-up-saved',
    disposition: 'sold',
  }).interaction;
  const alone = transitionInteraction(anInteraction('consulting'), { type: 'consult-ended' }).interaction;
  expect([saved.disposition, alone.consultCallId]).toEqual(['sold', null]);
});
