import { shownParty } from '../../src-shared/customers/masked-number';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';

interface Facts {
  /** Null while nothing was told yet. */
  readonly numbers: AgentPolicy['numbers'] | null;
  /** People and queues of the centre, as far as they are known here. */
  readonly isInside: (number: string) => boolean;
}

/** The telephone system tells a phone the caller's whole number: where the policy hides numbers it goes no further than here. */
export function hideCaller(report: EngineReport, { numbers, isInside }: Facts): EngineReport {
  if (report.type !== 'invite-received' || numbers !== 'masked' || isInside(report.remote.number)) return report;
  return { ...report, remote: shownParty(report.remote, numbers) };
}
