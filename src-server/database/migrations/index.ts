import type { ServerMigration } from './in-postgres';
import { people } from './0010-people';
import { sessions } from './0020-sessions';
import { customers } from './0030-customers';
import { calls } from './0040-calls';
import { recordings } from './0050-recordings';
import { audit } from './0060-audit';
import { agentStates } from './0070-agent-states';
import { extensionKind } from './0080-extension-kind';
import { callChains } from './0090-call-chains';
import { policy } from './0100-policy';
import { agentStateLog } from './0110-agent-state-log';
import { offers } from './0150-offers';
import { wrapUps } from './0160-wrap-ups';
import { passwordResets } from './0180-password-resets';
import { transfers } from './0200-transfers';
import { callsOfNumber } from './0240-calls-of-number';
import { recordingPolicy } from './0300-recording-policy';
import { callRecords } from './0310-call-records';
import { recordingIndex } from './0320-recording-index';
import { auditBySubject } from './0430-audit-by-subject';
import { wordsWithTime } from './0440-words-with-time';

/** Every step of the server's database, oldest first. */
export const migrations: readonly ServerMigration[] = [
  people,
  sessions,
  customers,
  calls,
  recordings,
  audit,
  agentStates,
  extensionKind,
  callChains,
  policy,
  agentStateLog,
  offers,
  wrapUps,
  passwordResets,
  transfers,
  callsOfNumber,
  recordingPolicy,
  callRecords,
  recordingIndex,
  auditBySubject,
  wordsWithTime,
];
