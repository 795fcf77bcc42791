import type { Clock } from '../../src-shared/base/clock';
import type { PolicyDesk } from '../agent/policy-desk';
import type { Logger } from '../base/logger';
import type { CallActions } from '../phone/call-actions';
import type { CallDesk } from '../phone/call-desk';
import { ConsultActions } from '../phone/consult-actions';
import { DestinationDesk } from '../phone/destination-desk';
import type { InteractionDesk } from '../phone/interaction-desk';
import { OwnCallDesk } from '../phone/own-call-desk';
import { PairActions } from '../phone/pair-actions';
import type { AgentLine } from '../phone/line/agent-line';
import type { PhoneEngine } from '../phone/phone-engine-port';
import { TransferActions, type TransferActionsNeeds } from '../phone/transfer-actions';
import type { RestClient } from '../server-link/rest-client';
import type { SignIn } from '../server-link/sign-in';
import type { ToastDesk } from '../toasts/toast-desk';

export interface TransferParts {
  readonly rest: RestClient;
  readonly signIn: SignIn;
  readonly desk: CallDesk;
  readonly calls: CallActions;
  readonly line: AgentLine;
  readonly interactions: InteractionDesk;
  readonly policy: PolicyDesk;
  readonly toasts: ToastDesk;
  /** The phone engine, or the centre for a phone on the desk. */
  readonly orders: PhoneEngine;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Two calls at once, and where a call goes from here. */
export function buildTransfers(parts: TransferParts) {
  const { rest, signIn, desk, policy, toasts, calls, line } = parts;
  const tellContext: TransferActionsNeeds['tellContext'] = (callId, { to, reason }) =>
    rest.call('calls.consult', { callId, to, reason });
  const needs = { ...parts, engine: parts.orders, tellContext };
  const destinations = new DestinationDesk();
  const ownCalls = new OwnCallDesk(desk);
  const transfers = new TransferActions({
    ...needs,
    me: () => signIn.agent,
    policy: () => policy.policy,
    destinations: () => destinations.destinations,
    isGoneAtCentre: centralCallId => ownCalls.isGone(centralCallId),
  });
  const consults = new ConsultActions({
    ...needs,
    calls: {
      dial: (number, onBegin) => line.dial(number, onBegin),
      hangUp: callId => calls.hangUp(callId),
      resume: callId => calls.resume(callId),
    },
    transfers,
    tell: what => {
      if ('error' in what) return toasts.show('error', { error: what.error.code });
      const { before, consult } = what.consultEnded;
      const target = destinations.destinations?.find(({ number }) => number === consult.number)?.name ?? consult.number;
      const customer = desk.find(before.customerCallId)?.remote;
      const isHeldThere = desk.find(before.customerCallId)?.heldBy.includes('phone') === true;
      return toasts.show('warning', isHeldThere ? 'consult-ended-on-desk' : 'consult-ended', {
        target,
        name: customer?.name ?? customer?.number ?? '',
      });
    },
  });
  const pairs = new PairActions({
    ...needs,
    consults,
    centre: {
      merge: (callId, consultCallId) => rest.call('calls.merge', { callId, consultCallId }),
      mute: (callId, legId, isMuted) => rest.call('calls.party-mute', { callId, legId, isMuted }),
      drop: (callId, legId) => rest.call('calls.party-drop', { callId, legId }),
    },
  });
  return { destinations, ownCalls, transfers, consults, pairs };
}
