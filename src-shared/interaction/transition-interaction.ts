import type { Interaction, InteractionEvent, InteractionState } from './interaction-state';

type Moves = Partial<Record<InteractionEvent['type'], InteractionState>>;
const leaving = { 'customer-left': 'wrap-up', 'agent-left': 'wrap-up' } as const;

/** The whole table; drawn in `interaction-state.ts`. `transfer-failed` goes back to where the transfer began. */
export const interactionMoves: Record<InteractionState, Moves> = {
  offered: { 'customer-connected': 'talking', 'customer-left': 'closed' },
  'dialing-out': { 'customer-connected': 'talking', 'customer-left': 'closed' },
  talking: {
    'customer-held': 'on-hold',
    'consult-began': 'consulting',
    merged: 'conference',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  'on-hold': {
    'customer-resumed': 'talking',
    'consult-began': 'consulting',
    merged: 'conference',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  consulting: {
    'consult-ended': 'on-hold',
    'completes-when-answered': 'consulting',
    merged: 'conference',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  conference: {
    'two-are-left': 'talking',
    'consult-began': 'consulting',
    'customer-held': 'conference',
    'customer-resumed': 'conference',
    ...leaving,
  },
  transferring: {
    'transfer-succeeded': 'wrap-up',
    'transfer-failed': 'talking',
    'customer-left': 'wrap-up',
    'consult-ended': 'transferring',
  },
  'wrap-up': { 'wrap-up-done': 'closed' },
  closed: {},
};

/** Applies one event to one interaction. Pure. `accepted: false`: late, doubled or impossible; nothing changes. */
export function transitionInteraction(
  interaction: Interaction,
  event: InteractionEvent,
): { interaction: Interaction; accepted: boolean } {
  const { state } = interaction;
  const next = interactionMoves[state][event.type];
  if (next === undefined) return { interaction, accepted: false };
  switch (event.type) {
    case 'transfer-requested': {
      const beforeTransfer = state === 'talking' || state === 'on-hold' || state === 'consulting' ? state : null;
      return { interaction: { ...interaction, state: next, beforeTransfer }, accepted: true };
    }
    case 'transfer-failed':
      return {
        interaction: { ...interaction, state: interaction.beforeTransfer ?? 'talking', beforeTransfer: null },
        accepted: true,
      };
    case 'consult-began':
      return { interaction: { ...interaction, state: next, consult: event.consult }, accepted: true };
    case 'completes-when-answered': {
      const consult = interaction.consult && { ...interaction.consult, completesWhenAnswered: event.isOn };
      return { interaction: { ...interaction, state: next, consult }, accepted: true };
    }
    case 'consult-ended': {
      // Nobody to go back to but the customer.
      const beforeTransfer = interaction.beforeTransfer === 'consulting' ? 'on-hold' : interaction.beforeTransfer;
      return { interaction: { ...interaction, state: next, consult: null, beforeTransfer }, accepted: true };
    }
    case 'merged':
      return { interaction: { ...interaction, state: next, consult: null }, accepted: true };
    default:
      return { interaction: { ...interaction, state: next }, accepted: true };
  }
}
