import type { Call } from '../../../src-shared/call/call';

/** A ringing inbound call; a test names only what matters to it. */
export const aShownCall = (part: Partial<Call>): Call => ({
  id: 'call-1',
  direction: 'inbound',
  state: 'ringing',
  remote: { number: '+15145550142', name: 'Étienne' },
  queueName: null,
  centralCallId: null,
  startedAt: 1000,
  answeredAt: null,
  endedAt: null,
  heldBy: [],
  isMuted: false,
  pendingAction: null,
  quality: null,
  isMediaInterrupted: false,
  endCause: null,
  sipCode: null,
  ...part,
});
