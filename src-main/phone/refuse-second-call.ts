import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import { reasonOf, type Logger } from '../base/logger';
import type { PhoneEngine } from './phone-engine-port';

interface Surroundings {
  readonly engine: PhoneEngine;
  readonly log: Logger;
  readonly policy: () => AgentPolicy['secondCall'] | null;
  readonly isInCall: () => boolean;
}

/**
 * A direct call for somebody who talks is told busy where the policy says so: it never rings. What comes back from a transfer always
 * rings, for it has nowhere else to go; a queue chooses by itself whom it offers a call.
 * @returns whether the call was refused
 */
export function refuseSecondCall(report: EngineReport, { engine, log, policy, isInCall }: Surroundings): boolean {
  if (report.type !== 'invite-received' || report.queueName !== null || report.returnedTransfer !== null) return false;
  if (policy() !== 'busy' || !isInCall()) return false;
  log.info(`call ${report.callId} told busy: somebody is on the line`);
  engine
    .order({ type: 'call.decline', callId: report.callId, sipCode: 486 })
    .catch((error: unknown) => log.warn(`call ${report.callId} not refused: ${reasonOf(error)}`));
  return true;
}
