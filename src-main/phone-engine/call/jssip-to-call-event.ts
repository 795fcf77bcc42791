import type { CallEvent } from '../../../src-shared/call/call-event';
import type { EndCause } from '../../../src-shared/call/end-cause';
import { endCauseOfSipStatus } from '../../../src-shared/call/end-cause';

/** A provisional answer to our INVITE. */
export function callEventOfProgress(response: {
  readonly status_code: number;
  readonly body: string | null;
}): CallEvent | null {
  if (response.body) return { type: 'early-media-started' };
  // 183 without SDP says only that something goes on; 181 and 182 (forwarded, queued) sound like ringing to the agent.
  return response.status_code >= 180 && response.status_code !== 183 ? { type: 'remote-ringing' } : null;
}

interface EndFacts {
  readonly direction: 'incoming' | 'outgoing';
  readonly isConfirmed: boolean;
  readonly originator: 'local' | 'remote' | 'system';
  /** JsSIP's cause (`JsSIP.C.causes`). */
  readonly cause: string;
  /** Final status of our INVITE, or the one we refused with. */
  readonly statusCode: number | null;
  /** Header Reason of the CANCEL or BYE (RFC 3326). */
  readonly reason: string | null;
}

/** JsSIP's causes that mean the same whoever ended the call and whenever. Its other causes only repeat the SIP status. */
const fixedCauses = {
  'Connection Error': 'line-lost',
  'Dialog Error': 'line-lost',
  'RTP Timeout': 'media-failed',
  'WebRTC Error': 'media-failed',
  'Bad Media Description': 'media-failed',
  'Incompatible SDP': 'media-failed',
  'Missing SDP': 'media-failed',
  'User Denied Media Access': 'media-denied',
  'No ACK': 'failed',
  'Internal Error': 'failed',
  'Request Timeout': 'unreachable',
  Expires: 'no-answer',
  'No Answer': 'no-answer',
} as const satisfies Record<string, EndCause>;
export type JsSipCause = keyof typeof fixedCauses;

const isFixed = (cause: string): cause is JsSipCause => Object.hasOwn(fixedCauses, cause);

/** Why a leg ended, in our words. Pure; table in its test. */
export function endedEvent(facts: EndFacts): CallEvent & { type: 'ended' } {
  return { type: 'ended', cause: endCauseOf(facts), sipCode: facts.statusCode };
}

function endCauseOf({ direction, isConfirmed, originator, cause, statusCode, reason }: EndFacts): EndCause {
  const isFinalAnswer =
    direction === 'outgoing' && !isConfirmed && originator === 'remote' && statusCode !== null && statusCode >= 300;
  if (isFinalAnswer) return statusCode === 401 || statusCode === 407 ? 'forbidden' : endCauseOfSipStatus(statusCode);
  if (isFixed(cause)) return fixedCauses[cause];
  if (isConfirmed) return 'completed';
  if (direction === 'outgoing') return originator === 'local' ? 'agent-cancelled' : 'failed';
  if (originator === 'local') return 'rejected';
  return isAnsweredElsewhere(reason) ? 'answered-elsewhere' : 'caller-cancelled';
}

/** RFC 3326 section 2: `SIP;cause=200` when another phone answered; Q.850 cause 26 is the same from a telephone network. */
function isAnsweredElsewhere(reason: string | null): boolean {
  return (
    reason !== null && /(?:^|,)\s*(?:SIP\s*;[^,]*\bcause\s*=\s*200\b|Q\.850\s*;[^,]*\bcause\s*=\s*26\b)/i.test(reason)
  );
}
