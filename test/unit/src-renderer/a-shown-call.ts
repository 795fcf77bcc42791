import type { Call } from '../../../src-shared/call/call';
import { aCall } from '../../builders/a-call';

/** A ringing inbound call; a test names only what matters to it. */
export const aShownCall = (part: Partial<Call>): Call =>
  aCall({
    state: 'ringing',
    remote: { number: '+15145550142', name: 'Étienne' },
    queueName: null,
    centralCallId: null,
    ...part,
  });
