import type { CallRecord } from '../../src-shared/calls/call-record';
import type { Recording } from '../../src-shared/recordings/recording';

/** 20 November 2026, noon. */
export const noon = Date.UTC(2026, 10, 20, 12, 0, 0);

export const aCallRecord = (id: string, startedAt: number, part: Partial<CallRecord> = {}): CallRecord => ({
  id,
  callId: `call-${id}`,
  callNumber: 1,
  personId: 'alice',
  agentName: 'Alice Martin',
  extension: '1001',
  type: 'inbound',
  isInternal: false,
  disposition: 'answered',
  remoteNumber: '+33145550101',
  remoteName: 'Camille Roux',
  isNumberHidden: false,
  queueId: 'support',
  queueName: 'Support',
  startedAt,
  answeredAt: startedAt + 5_000,
  endedAt: startedAt + 65_000,
  durationMs: 60_000,
  endCause: 'completed',
  missedCause: null,
  recordingId: null,
  ...part,
});

export const aRecording = (id: string, startedAt: number, part: Partial<Recording> = {}): Recording => ({
  id,
  callId: `call-${id}`,
  callNumber: 1,
  startedAt,
  durationMs: 60_000,
  type: 'inbound',
  remoteNumber: '+33145550101',
  remoteName: 'Camille Roux',
  isNumberHidden: false,
  agents: [{ personId: 'alice', name: 'Alice Martin', initials: 'AM', extension: '1001' }],
  account: { accountNumber: 'AC-204518', billingNumber: 'BL-77310', name: 'Horizon Énergie' },
  queueName: 'Support',
  qaScore: null,
  noteCount: 0,
  ...part,
});

/** Newest first, as the server tells them: `each` ms apart, under names and numbers of which every hundredth is the same. */
export const manyCallRecords = (count: number, newest: number, each = 30_000): CallRecord[] =>
  Array.from({ length: count }, (_none, n) =>
    aCallRecord(`r${newest}-${n}`, newest - n * each, {
      callNumber: count - n,
      remoteName: `Person ${n % 100} Roux-${(n * 7919) % 10_007}`,
      remoteNumber: `+3314555${String((n * 104_729) % 100_003).padStart(6, '0')}`,
      disposition: n % 1000 === 0 ? 'busy' : 'answered',
    }),
  );
