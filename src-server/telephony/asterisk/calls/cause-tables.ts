import { type EndCause, endCauseOfSipStatus } from '../../../../src-shared/call/end-cause';

/** ISDN cause of a channel's hang-up (ITU-T Q.850), for channels that never spoke SIP → our cause. */
export function endCauseOfQ850(cause: number): EndCause {
  switch (cause) {
    case 1:
    case 2:
    case 22:
    case 28:
      return 'not-found';
    case 17:
      return 'busy';
    case 18:
    case 19:
      return 'no-answer';
    case 21:
      return 'rejected';
    case 3:
    case 20:
    case 27:
    case 34:
    case 38:
    case 41:
    case 42:
      return 'unreachable';
    case 50:
    case 55:
      return 'forbidden';
    case 58:
    case 65:
    case 88:
      return 'media-failed';
    default:
      return 'failed';
  }
}

/** The end cause of whom we called and who did not answer; the SIP status says more than the ISDN cause made of it. */
export const endCauseOfCalled = (sipStatus: number | null, q850: number): EndCause =>
  sipStatus === null ? endCauseOfQ850(q850) : endCauseOfSipStatus(sipStatus);
