import type { CallState, StoryLeg, StoryTransfer } from './story-state';
import type { StretchKind } from './story';

/** Where the customer is, in legs and numbers. */
export interface Situation {
  readonly kind: StretchKind;
  /** Numbers or extensions. */
  readonly parties: readonly string[];
  readonly by: string | null;
  readonly queueId: string | null;
  readonly isReturn: boolean;
  readonly transfer: StoryTransfer | null;
  readonly reason: string | null;
}

export const being = (kind: StretchKind, more: Partial<Situation> = {}): Situation => ({
  kind,
  parties: [],
  by: null,
  queueId: null,
  isReturn: false,
  transfer: null,
  reason: null,
  ...more,
});
const numbers = (legs: readonly StoryLeg[]): string[] => legs.map(({ number }) => number);
/** Who called outside is there as soon as they answer there: whose answer is told first, no contract says. */
const isUp = (call: CallState, leg: StoryLeg, customer: StoryLeg | undefined): boolean => {
  const isCallers = call.direction === 'outbound' && leg.number === call.from && customer !== undefined;
  const isAnswered = leg.answeredAt !== null || (isCallers && customer.answeredAt !== null);
  return isAnswered && leg.endedAt === null && !leg.isLeaving;
};

/**
 * Where the customer is now. Pure.
 * @param consultations calls that people of this call have placed beside it and that are not over
 * @returns null before anybody is reached and after it is over
 */
export function situationOf(
  call: CallState,
  customerId: string | null,
  consultations: readonly CallState[],
): Situation | null {
  if (call.isOver) return null;
  const customer = call.legs.find(({ legId }) => legId === customerId);
  const others = call.legs.filter(leg => leg !== customer && isUp(call, leg, customer));
  const [ringing] = call.legs.filter(leg => leg !== customer && leg.endedAt === null && leg.answeredAt === null);
  // Before the customer is called one's own phone may ring (click-to-dial).
  if (customer === undefined)
    return ringing?.isRinging === true ? being('ringing', { parties: [ringing.number] }) : null;
  if (customer.endedAt !== null) return others.length > 1 ? being('colleagues', { parties: numbers(others) }) : null;
  if (others.length > 1) return being('conference', { parties: numbers(others) });
  const other = others.at(-1);
  if (other !== undefined) return withSomebody(call, customer, other, consultations);
  if (call.direction === 'outbound' && customer.answeredAt === null)
    return being('ringing', { parties: [ringing?.isRinging === true ? ringing.number : customer.number] });
  return withNobody(call, customer, ringing);
}

function withSomebody(
  call: CallState,
  customer: StoryLeg,
  other: StoryLeg,
  consultations: readonly CallState[],
): Situation {
  // Whose phone was rung first waits for the one who is called.
  if (call.direction === 'outbound' && customer.answeredAt === null)
    return being('ringing', { parties: [customer.number] });
  if (other.isHeld) {
    const asked = consultations.find(({ from, isOver }) => !isOver && from === other.extension);
    return asked === undefined
      ? being('hold', { by: other.number })
      : being('consult', { by: other.number, parties: [asked.to], reason: call.reasons.get(asked.to) ?? null });
  }
  return customer.isHeld ? being('hold', { by: customer.number }) : being('talk', { parties: [other.number] });
}

function withNobody(call: CallState, customer: StoryLeg, ringing: StoryLeg | undefined): Situation | null {
  const { transfer, queueId, reasons } = call;
  if (transfer !== null) {
    const { to, by } = transfer;
    return being('transfer', { parties: [to], by, transfer, reason: reasons.get(to) ?? null });
  }
  if (queueId !== null) return being('queue', { queueId, isReturn: call.isReturning });
  if (ringing !== undefined) return being(call.isReturning ? 'return' : 'ringing', { parties: [ringing.number] });
  if (customer.isRinging && customer.answeredAt === null) return being('ringing', { parties: [customer.number] });
  if (customer.answeredAt === null) return null;
  const isAService = call.direction === 'internal' && call.legs.length === 1;
  return isAService ? being('service', { parties: [call.to] }) : being('alone');
}
