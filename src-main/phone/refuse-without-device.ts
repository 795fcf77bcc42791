import { deviceRefusalStatus } from '../../src-shared/call/offer-outcome';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import { reasonOf, type Logger } from '../base/logger';
import type { PhoneEngine } from './phone-engine-port';

/**
 * A queue's call is passed on at once when it could not be heard here: it never rings. Who calls this person and nobody else still rings:
 * there is time to plug something in.
 * @returns whether the call was refused
 */
export function refuseWithoutDevice(
  report: EngineReport,
  isDeviceGone: boolean,
  { engine, log }: { readonly engine: PhoneEngine; readonly log: Logger },
): boolean {
  if (report.type !== 'invite-received' || report.queueName === null || !isDeviceGone) return false;
  log.info(`call ${report.callId} of a queue refused: a sound device is missing`);
  engine
    .order({ type: 'call.decline', callId: report.callId, sipCode: deviceRefusalStatus })
    .catch((error: unknown) => log.warn(`call ${report.callId} not refused: ${reasonOf(error)}`));
  return true;
}
