import { z } from 'zod';
import type { Call } from '../call/call';
import { party } from '../call/call';

export const consultReasonLimit = 200;

/** What a colleague is told who is asked about a customer, or to whom the customer is sent: whose call it is, and what for. */
export const consultContext = z.object({
  /** The customer's call in the journal. */
  callId: z.string(),
  /** The consultation's own call, once it was placed; null before, and when the customer is sent on without one. */
  consultCallId: z.string().nullable(),
  /** Who asks. */
  by: z.object({ extension: z.string(), name: z.string() }),
  /** In the words of who asks; may be empty. */
  reason: z.string(),
  queueName: z.string().nullable(),
  /** As the policy allows it to be shown. */
  customer: party,
  /** When the customer's call began; server's clock, as all times here. */
  startedAt: z.number(),
  /** How long the customer waited in queues. */
  waitedMs: z.number(),
  /** When customer and agent began to talk; null when they never did. */
  answeredAt: z.number().nullable(),
  /** When it was asked. */
  askedAt: z.number(),
  /** The customer is with the consulted person: alone after a transfer, or in a conference. */
  hasCustomer: z.boolean(),
});
export type ConsultContext = Readonly<z.infer<typeof consultContext>>;

/**
 * The context that belongs to a call at the phone of the consulted person: by the id of the consultation or of the customer's call; by the
 * caller's extension as long as the call has no id. Pure.
 */
export function contextOfCall<C extends Pick<ConsultContext, 'callId' | 'consultCallId' | 'by'>>(
  call: Pick<Call, 'centralCallId' | 'direction' | 'remote'>,
  contexts: readonly C[],
): C | null {
  const { centralCallId, direction, remote } = call;
  const byId = contexts.find(({ callId, consultCallId }) =>
    [callId, consultCallId].some(id => id !== null && id === centralCallId),
  );
  if (byId !== undefined) return byId;
  const isUnknown = (context: C): boolean => centralCallId === null || context.consultCallId === null;
  return (
    contexts.find(context => direction === 'inbound' && context.by.extension === remote.number && isUnknown(context)) ??
    null
  );
}
