import type { CallRecord } from '../../src-shared/calls/call-record';
import type { Recording } from '../../src-shared/recordings/recording';
import type { ExportCell } from './xlsx-writer';

const text = (value: string | null | undefined): ExportCell =>
  value === null || value === undefined || value === '' ? { kind: 'empty' } : { kind: 'text', value };
const number = (value: number | null): ExportCell => (value === null ? { kind: 'empty' } : { kind: 'number', value });

/** The columns of the list of calls, each as what it is. */
export const callCells: Readonly<Record<string, (record: CallRecord) => ExportCell>> = {
  startedAt: ({ startedAt }) => ({ kind: 'moment', at: startedAt }),
  remoteName: ({ remoteName }) => text(remoteName),
  remoteNumber: ({ remoteNumber }) => text(remoteNumber),
  type: ({ type }) => text(type),
  disposition: ({ disposition }) => text(disposition),
  durationMs: ({ durationMs }) => ({ kind: 'duration', ms: durationMs }),
  queueName: ({ queueName }) => text(queueName),
  agentName: ({ agentName }) => text(agentName),
  endCause: ({ endCause }) => text(endCause),
  callNumber: ({ callNumber }) => number(callNumber),
};

/** The columns of the list of recordings. */
export const recordingCells: Readonly<Record<string, (recording: Recording) => ExportCell>> = {
  startedAt: ({ startedAt }) => ({ kind: 'moment', at: startedAt }),
  remoteName: ({ remoteName }) => text(remoteName),
  remoteNumber: ({ remoteNumber }) => text(remoteNumber),
  type: ({ type }) => text(type),
  durationMs: ({ durationMs }) => ({ kind: 'duration', ms: durationMs }),
  queueName: ({ queueName }) => text(queueName),
  agentName: ({ agents }) => text(agents.map(({ name }) => name).join(', ')),
  initials: ({ agents }) => text(agents.map(({ initials }) => initials).join(', ')),
  station: ({ agents }) => text(agents.map(({ extension }) => extension).join(', ')),
  accountName: ({ account }) => text(account?.name),
  accountNumber: ({ account }) => text(account?.accountNumber),
  billingNumber: ({ account }) => text(account?.billingNumber),
  callNumber: ({ callNumber }) => number(callNumber),
  qaScore: ({ qaScore }) => number(qaScore),
  noteCount: ({ noteCount }) => number(noteCount),
};
