import type { ConsultContext } from '../../src-shared/consult/consult-context';
import type { TelephonyEvent } from '../telephony/telephony';
import type { RunningCall } from './running-calls';

export interface Consult {
  /** Extension of who is asked. */
  readonly to: string;
  readonly context: ConsultContext;
}
type FindCall = (callId: string) => RunningCall | undefined;

/**
 * What a fact makes of what a colleague was told; null: it is over. Pure.
 *
 * ```
 *  asked ──► consultation rings, talks ──► transferred, joined ──► has the customer
 *    └──────── sent on without one ───────────────┘                    │
 *   over: the consultation ended without either · the transfer failed · the customer or the colleague left
 * ```
 */
export function consultAfter(consult: Consult, event: TelephonyEvent, findCall: FindCall): Consult | null {
  if (!('callId' in event)) return consult;
  const { context } = consult;
  if (event.type === 'call-started') return begins(consult, event, findCall);
  if (event.callId === context.consultCallId)
    return event.type === 'call-ended' && event.cause !== 'transferred' && !context.hasCustomer ? null : consult;
  if (event.callId !== context.callId) return consult;
  return inCustomersCall(consult, event, findCall(context.callId));
}

function begins(
  consult: Consult,
  event: Extract<TelephonyEvent, { type: 'call-started' }>,
  findCall: FindCall,
): Consult {
  const { context, to } = consult;
  const isPlaced = context.consultCallId !== null && findCall(context.consultCallId) !== undefined;
  const isTheirs = event.from.number === context.by.extension && event.to.number === to;
  if (!isTheirs || isPlaced || context.hasCustomer) return consult;
  return { to, context: { ...context, consultCallId: event.callId } };
}

function inCustomersCall(consult: Consult, event: TelephonyEvent, call: RunningCall | undefined): Consult | null {
  const { context, to } = consult;
  const legs = call?.legs ?? [];
  const isHere = legs.some(leg => leg.extension === to && leg.endCause === null);
  const extension = 'legId' in event ? legs.find(leg => leg.legId === event.legId)?.extension : undefined;
  switch (event.type) {
    case 'call-ended':
      return null;
    case 'transfer-ended':
      return isHere ? consult : null;
    case 'leg-answered':
      return extension === to ? { to, context: { ...context, hasCustomer: true } } : consult;
    case 'leg-ended':
      if (extension === to) return null;
      // Who asked is gone without having sent the customer anywhere.
      return extension === context.by.extension && event.cause !== 'transferred' && !isHere ? null : consult;
    default:
      return consult;
  }
}
