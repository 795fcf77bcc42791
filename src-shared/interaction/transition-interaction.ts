import type { Interaction, InteractionEvent, InteractionState } from './interaction-state';

type Moves = Partial<Record<InteractionEvent['type'], InteractionState>>;
const leaving = { 'customer-left': 'wrap-up', 'agent-left': 'wrap-up' } as const;

/** The whole table; drawn in `interaction-state.ts`. `transfer-failed` goes back to where the transfer began. */
export const interactionMoves: Record<InteractionState, Moves> = {
  offered: { 'customer-connected': 'talking', 'customer-left': 'closed' },
  'dialing-out': { 'customer-connected': 'talking', 'customer-left': 'closed' },
  talking: {
    'customer-held': 'on-hold',
    'consult-requested': 'consulting',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  'on-hold': {
    'customer-resumed': 'talking',
    'consult-requested': 'consulting',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  consulting: {
    'consult-ended': 'on-hold',
    'swap-requested': 'consulting',
    'merge-requested': 'conference',
    'transfer-requested': 'transferring',
    ...leaving,
  },
  conference: { 'party-dropped': 'talking', ...leaving },
  transferring: { 'transfer-succeeded': 'wrap-up', 'transfer-failed': 'talking', 'customer-left': 'wrap-up' },
  'wrap-up': { 'wrap-up-saved': 'closed', 'wrap-up-expired': 'closed' },
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
    case 'wrap-up-saved':
      return { interaction: { ...interaction, state: next, disposition: event.disposition }, accepted: true };
    case 'consult-ended':
      return { interaction: { ...interaction, state: next, consultCallId: null }, accepted: true };
    default:
      return { interaction: { ...interaction, state: next }, accepted: true };
  }
}
