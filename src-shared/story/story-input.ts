import type { Party } from '../call/call';
import type { OfferOutcome } from '../call/offer-outcome';

/** A fact of the journal. */
export interface StoryEvent {
  readonly at: number;
  readonly type: string;
  readonly legId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface StoryCall {
  readonly callId: string;
  /** In the order of the journal. */
  readonly events: readonly StoryEvent[];
  /** How the ringing of a phone is judged in the journal. */
  readonly offerOutcomes: ReadonlyMap<string, OfferOutcome>;
}

/** Who is who in the centre. */
export interface StoryNames {
  /** null for an extension of nobody. */
  person(extension: string): { readonly name: string; readonly isSupervisor: boolean } | null;
  queue(queueId: string): string | null;
  /** Somebody outside, as they may be shown. */
  outside(number: string): Party;
}

export const textIn = (event: StoryEvent, key: string): string | null => {
  const value = event.detail[key];
  return typeof value === 'string' ? value : null;
};
export const numberIn = (event: StoryEvent, key: string): string => {
  const value = event.detail[key];
  const inner: unknown = typeof value === 'object' && value !== null && 'number' in value ? value.number : null;
  return typeof inner === 'string' ? inner : '';
};
