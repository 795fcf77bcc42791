import type { Migration } from '../../../src-shared/sqlite/run-migrations';
import { callOutcomes } from './0010-call-outcomes';
import { recordingPapers } from './0020-recordings';

/** Every step of outbox.db, which holds what is nowhere else. */
export const outboxMigrations: readonly Migration[] = [callOutcomes, recordingPapers];
