import type { Call } from '../../src-shared/call/call';

/** A call in the middle of its life; name only what the test is about. */
export const aCall = (part: Partial<Call> = {}): Call => ({
  id: 'call-1',
  device: 'app',
  direction: 'inbound',
  state: 'active',
  remote: { number: '+33145550101', name: 'Camille Roux' },
  queueName: 'Support',
  centralCallId: 'central-1',
  returnedTransfer: null,
  transferredBy: null,
  parties: [],
  startedAt: 1000,
  answeredAt: null,
  endedAt: null,
  heldBy: [],
  isMuted: false,
  pendingAction: null,
  quality: null,
  isMediaInterrupted: false,
  isSpeaking: false,
  endCause: null,
  sipCode: null,
  ...part,
});
