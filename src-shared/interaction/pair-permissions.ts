import type { Call } from '../call/call';
import { isConference } from '../call/call-permissions';
import type { Interaction } from './interaction-state';

export type PairAction = 'swap' | 'merge' | 'complete' | 'complete-when-answered' | 'transfer-now' | 'return';

/** Two calls at one phone. */
export interface CallPair {
  /** The customer's; of two independent ones the older. */
  readonly first: Call;
  readonly second: Call;
  /** Set when the second is a consultation about the first. */
  readonly interaction: Interaction | null;
}

export const isUp = (call: Call): boolean => call.state === 'active' || call.state === 'held';
const isLive = (call: Call): boolean => call.state !== 'ended' && call.state !== 'ending';
const isRingingHere = (call: Call): boolean => call.direction === 'inbound' && call.state === 'ringing';

/** The two calls of this phone, when there are two; one that only rings here is none yet. */
export function pairOf(calls: readonly Call[], interactions: readonly Interaction[]): CallPair | null {
  const own = calls.filter(call => isLive(call) && !isRingingHere(call)).toSorted((a, b) => a.startedAt - b.startedAt);
  const [older, newer] = own;
  if (older === undefined || newer === undefined) return null;
  const interaction = interactions.find(
    ({ customerCallId, consult }) =>
      consult !== null && own.some(({ id }) => id === consult.callId) && own.some(({ id }) => id === customerCallId),
  );
  const isTurned = interaction?.customerCallId === newer.id;
  return {
    first: isTurned ? newer : older,
    second: isTurned ? older : newer,
    interaction: interaction ?? null,
  };
}

/** A desk phone that holds both by its own key hears nobody, and the centre puts nobody out of a room on hold. */
const maySwapAtDesk = (first: Call, second: Call): boolean =>
  !isConference(first) && !isConference(second) && !(first.heldBy.includes('phone') && second.heldBy.includes('phone'));

/** What may be done with two calls now. Said once, used by buttons, keys and `consult-actions.ts`. */
export function allowedPairActions({ first, second, interaction }: CallPair): ReadonlySet<PairAction> {
  if (interaction?.state === 'transferring') return new Set();
  const areUp = isUp(first) && isUp(second);
  const swapping: readonly PairAction[] = first.device === 'app' || maySwapAtDesk(first, second) ? ['swap'] : [];
  const both: readonly PairAction[] = areUp ? [...swapping, 'merge'] : [];
  if (interaction === null || !isUp(first)) return new Set(both);
  const sending: readonly PairAction[] = isUp(second) ? ['complete'] : ['complete-when-answered', 'transfer-now'];
  // The centre transfers nobody out of a room of three.
  return new Set([...both, ...(isConference(first) ? [] : sending), 'return']);
}
