import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../src-shared/base/clock';
import { touchCallRecords } from '../database/call-record-table';
import { appendAudit } from '../database/audit-table';
import { markRecordingChanged } from '../database/recording-index-table';
import { markRecordingDeleted, recordingsFinishedBefore, type StoredFile } from '../database/recording-table';
import type { WritableDb } from '../database/tables';
import type { ServerLog } from '../server-log';
import { peaksFileOf } from './peak-meter';
import type { RecordingLibrary } from './recording-library';

const lookEveryMs = 600_000;
const dayMs = 86_400_000;
const atOnce = 100;

export interface RetentionParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly recordingsFolder: string;
  readonly library: Pick<RecordingLibrary, 'isRead'>;
  /** Null: everything is kept. */
  readonly keepDays: () => number | null;
  readonly onDeleted: () => void;
}

/**
 * Deletes sound when its time is over, and says so in the audit. What is being played stays until the next look. The file goes first: a crash
 * in between leaves a recording that is deleted at the next look, never a file that nobody knows of.
 */
export class RetentionDesk {
  private cancel: (() => void) | null = null;
  private work: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly parts: RetentionParts) {}

  start(): void {
    if (this.isStopped) return;
    this.work = this.look().catch((error: unknown) => this.parts.log.error(`retention: ${String(error)}`));
    this.cancel = this.parts.clock.after(lookEveryMs, () => this.start());
  }

  stop(): void {
    this.isStopped = true;
    this.cancel?.();
  }

  async settled(): Promise<void> {
    await this.work;
  }

  private async look(): Promise<void> {
    const { db, clock, log, library, keepDays, onDeleted } = this.parts;
    const days = keepDays();
    if (days === null) return;
    let count = 0;
    for (let behind = 0, isMore = true; isMore && !this.isStopped;) {
      const before = clock.now() - days * dayMs;
      const old = await recordingsFinishedBefore(db, before, { behind, limit: atOnce });
      for (const recording of old) {
        behind = recording.finishedAt ?? behind;
        if (library.isRead(recording.id)) continue;
        await this.delete(recording, days);
        count += 1;
      }
      isMore = old.length === atOnce;
    }
    if (count === 0) return;
    log.info(`retention: ${count} recordings deleted, older than ${days} days`);
    onDeleted();
  }

  private async delete({ id, file, callId, finishedAt }: StoredFile, days: number): Promise<void> {
    const { db, clock, recordingsFolder } = this.parts;
    const path = join(recordingsFolder, basename(file));
    await rm(path, { force: true });
    await rm(peaksFileOf(path), { force: true });
    const at = clock.now();
    await db.transaction().execute(async transaction => {
      await markRecordingDeleted(transaction, id, at);
      await markRecordingChanged(transaction, id, { is_deleted: 1 });
      await touchCallRecords(transaction, callId);
      const entry = {
        at,
        personId: null,
        action: 'recording.deleted',
        subject: id,
        remoteAddress: 'retention',
      } as const;
      await appendAudit(transaction, { ...entry, detail: JSON.stringify({ keepDays: days, finishedAt }) });
    });
  }
}
