import type { Generated, Kysely } from 'kysely';
import type { CallDisposition, CallRecordType } from '../../src-shared/calls/call-record';
import type { OfferOutcome } from '../../src-shared/call/offer-outcome';

/** Rows as they lie in the database. Domain types meet them in the `*-table.ts` modules and nowhere else. */
interface AccountRow {
  id: string;
  company: string;
  account_number: string;
  billing_number: string;
}
export interface PersonRow {
  id: string;
  account_id: string;
  identifier: string;
  email: string | null;
  extension: string;
  display_name: string;
  role: 'agent' | 'supervisor' | 'administrator';
  password_hash: string;
  is_recorded: 0 | 1;
  extension_kind: 'web' | 'sip';
  /** Set for a SIP extension. */
  desk_phone_md5: string | null;
  desk_phone_sha256: string | null;
}
interface QueueRow {
  id: string;
  name: string;
  number: string;
  ring_timeout_ms: number;
  wrap_up_ms: number;
}
interface QueueMemberRow {
  queue_id: string;
  person_id: string;
}
interface SessionRow {
  id: string;
  person_id: string;
  machine: string;
  started_at: number;
  expires_at: number;
  ended_at: number | null;
  end_reason: string | null;
}
interface RefreshTokenRow {
  hash: string;
  session_id: string;
  issued_at: number;
  used_at: number | null;
}
interface CustomerRow {
  id: string;
  name: string;
  company: string | null;
  language: 'en' | 'fr';
  created_at: number;
}
interface CustomerNumberRow {
  number: string;
  customer_id: string;
}
export interface CallRow {
  id: string;
  direction: 'inbound' | 'outbound' | 'internal';
  from_number: string;
  from_name: string | null;
  to_number: string;
  to_name: string | null;
  queue_id: string | null;
  queue_joined_at: number | null;
  queue_left_at: number | null;
  queue_left_cause: 'connected' | 'abandoned' | 'closed' | null;
  /** Set while it waits. */
  waiting_since: number | null;
  /** All waits that are over. */
  queue_wait_ms: number;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  end_cause: string | null;
  /** The call into which the parties of this one went: it was the consultation for a transfer or a conference. */
  continued_in: string | null;
}
export interface LegRow {
  id: string;
  call_id: string;
  role: 'customer' | 'agent';
  number: string;
  extension: string | null;
  person_id: string | null;
  /** The queue that offered it; null for everything else. */
  queue_id: string | null;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  end_cause: string | null;
  held_since: number | null;
  hold_ms: number;
}
/** One ringing of an agent's phone; ended and outcome come together. */
export interface OfferRow {
  leg_id: string;
  call_id: string;
  extension: string;
  person_id: string | null;
  queue_id: string | null;
  offered_at: number;
  ended_at: number | null;
  outcome: OfferOutcome | null;
}
interface PasswordResetRow {
  readonly person_id: string;
  readonly code_hash: string;
  readonly expires_at: number;
  readonly tries_left: number;
}
interface WrapUpRow {
  call_id: string;
  person_id: string;
  queue_id: string;
  customer_number: string;
  customer_name: string | null;
  started_at: number;
  ends_at: number;
  extensions_left: number;
  ended_at: number | null;
}
interface CallOutcomeRow {
  id: string;
  call_id: string;
  person_id: string;
  disposition_id: string | null;
  /** JSON of the words. */
  disposition_text: string | null;
  note: string;
  /** When the agent saved it, and when it came here. */
  saved_at: number;
  at: number;
}
export interface CallEventRow {
  call_id: string;
  sequence: number;
  at: number;
  type: string;
  leg_id: string | null;
  detail: string;
}
export interface RecordingRow {
  id: string;
  call_id: string;
  file: string;
  started_at: number;
  finished_at: number | null;
  duration_ms: number | null;
}
export interface CallRecordRow {
  /** Beginning in ms times 8, or the next that is free. */
  id: number;
  call_id: string;
  person_id: string | null;
  queue_id: string | null;
  type: CallRecordType;
  is_internal: 0 | 1;
  disposition: CallDisposition;
  remote_number: string;
  remote_name: string | null;
  started_at: number;
  answered_at: number | null;
  ended_at: number;
  duration_ms: number;
  end_cause: string | null;
  missed_cause: string | null;
  name_key: string;
  number_key: string;
  version: number;
}
export interface RecordingIndexRow {
  /** Beginning in ms times 8, or the next that is free. */
  id: number;
  recording_id: string;
  call_id: string;
  queue_id: string | null;
  account_id: string | null;
  type: CallRecordType;
  is_internal: 0 | 1;
  remote_number: string;
  remote_name: string | null;
  started_at: number;
  duration_ms: number;
  qa_score: number | null;
  is_deleted: 0 | 1;
  name_key: string;
  number_key: string;
  version: number;
}
interface RecordingListenerRow {
  person_id: string;
  id: number;
  place: number;
}
export interface RecordingNoteRow {
  id: string;
  recording_id: string;
  person_id: string;
  at_ms: number;
  text: string;
  created_at: number;
  changed_at: number | null;
}
interface QaScoreRow {
  id: Generated<number>;
  recording_id: string;
  person_id: string;
  /** JSON. */
  points: string;
  total: number;
  comment: string;
  at: number;
}
export interface TermRow {
  rowid: number;
  /** As the database takes them (`dialect.ts`). */
  terms: string | string[];
}
interface AuditEntryRow {
  id: Generated<number>;
  at: number;
  person_id: string | null;
  action: string;
  subject: string;
  detail: string;
  remote_address: string;
}
interface AgentStateRow {
  id: Generated<number>;
  person_id: string;
  state: string;
  reason: string | null;
  next_break: string | null;
  since: number;
  /** When this was written down; null in rows of old. */
  at: number | null;
  /** JSON of the words. */
  reason_text: string | null;
  break_until: number | null;
  queue_pauses: Generated<string>;
  /** Somebody else who did it: name and id. */
  changed_by: string | null;
  changed_by_id: string | null;
}
export interface CentrePolicyRow {
  id: number;
  idle_sign_out_ms: number | null;
  warn_before_ms: number;
  line_grace_ms: number;
  numbers: 'full' | 'masked';
  /** JSON. */
  reorder_roles: string;
  longest_pushed_back_ms: number;
  /** JSON: roles. */
  transfer_outside_roles: string;
  second_call: 'rings' | 'busy';
  keep_recordings_days: number | null;
  recording_file_name: string;
}
interface QualityCriterionRow {
  id: string;
  place: number;
  text_en: string;
  text_fr: string | null;
  points: number;
  is_active: 0 | 1;
}
interface PauseReasonRow {
  id: string;
  place: number;
  text_en: string;
  text_fr: string | null;
  minutes: number | null;
  is_active: 0 | 1;
}
export interface QueuePolicyRow {
  queue_id: string;
  wrap_up_mode: 'none' | 'automatic' | 'extendable';
  wrap_up_seconds: number;
  extension_seconds: number;
  extensions: number;
}
interface DispositionRow {
  queue_id: string;
  id: string;
  place: number;
  text_en: string;
  text_fr: string | null;
  is_active: 0 | 1;
}

export interface Tables {
  accounts: AccountRow;
  people: PersonRow;
  queues: QueueRow;
  queue_members: QueueMemberRow;
  sessions: SessionRow;
  refresh_tokens: RefreshTokenRow;
  customers: CustomerRow;
  customer_numbers: CustomerNumberRow;
  calls: CallRow & { call_number: Generated<number> };
  call_records: CallRecordRow;
  call_record_terms: TermRow;
  calls_without_records: { call_id: string };
  change_numbers: { name: 'call-records' | 'recordings'; last: number };
  legs: LegRow;
  offers: OfferRow;
  password_resets: PasswordResetRow;
  wrap_ups: WrapUpRow;
  call_outcomes: CallOutcomeRow;
  call_events: CallEventRow;
  recordings: RecordingRow & { sha256: Generated<string | null>; deleted_at: Generated<number | null> };
  recording_index: RecordingIndexRow;
  recording_terms: TermRow;
  recording_listeners: RecordingListenerRow;
  recording_notes: RecordingNoteRow;
  qa_scores: QaScoreRow;
  audit_entries: AuditEntryRow;
  agent_states: AgentStateRow;
  centre_policy: CentrePolicyRow;
  pause_reasons: PauseReasonRow;
  queue_policies: QueuePolicyRow;
  dispositions: DispositionRow;
  quality_criteria: QualityCriterionRow;
}

/** A database or an open transaction. */
export type WritableDb = Kysely<Tables>;
/** The same, for modules that only read. */
export type ReadableDb = Pick<WritableDb, 'selectFrom'>;
