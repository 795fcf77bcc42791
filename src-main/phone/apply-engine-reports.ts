import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import type { CallDesk } from './call-desk';

/** What the engine says about calls, put on the desk. Reports about anything else have their own listeners. */
export function applyEngineReport(desk: CallDesk, report: EngineReport): void {
  switch (report.type) {
    case 'invite-received': {
      const { callId: id, at: startedAt, remote, queueName, centralCallId, returnedTransfer, transferredBy } = report;
      const sent = { returnedTransfer, transferredBy };
      desk.begin({ id, device: 'app', direction: 'inbound', remote, queueName, centralCallId, startedAt, ...sent });
      return;
    }
    case 'call':
      desk.apply(report.callId, report.event, report.at);
      return;
    case 'central-call-id':
      return desk.note(report.callId, { centralCallId: report.centralCallId });
    case 'mute':
      return desk.note(report.callId, { isMuted: report.isMuted });
    case 'quality':
      return desk.note(report.callId, { quality: report.quality });
    case 'media':
      return desk.note(report.callId, { isMediaInterrupted: report.isInterrupted });
    default:
      return;
  }
}
