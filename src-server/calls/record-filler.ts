import type { Clock } from '../../src-shared/base/clock';
import { callsWithoutRecords, insertManyCallRecords, markRecordsWritten } from '../database/call-record-table';
import { callRecords } from '../database/call-table';
import type { WritableDb } from '../database/tables';
import { isUnreachable } from '../database/until-reachable';
import type { ServerLog } from '../server-log';
import { recordRowsOf } from './call-record-rows';
import { type RecordWriterParts, writeEntries } from './record-writer';

/** A handful at a time and a pause: meanwhile calls are handled. */
const atOnce = 100;
const pauseMs = 20;
/** When the database could not be reached. */
const againAfterMs = 5_000;

export interface RecordFillerParts extends RecordWriterParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly log: ServerLog;
}

/** Writes the records of calls that ended before there were records, while the server works. Goes on after a restart where it was. */
export class RecordFiller {
  private cancel: (() => void) | null = null;
  private isStopped = false;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RecordFillerParts) {}

  start(): void {
    this.work = this.fill();
  }

  stop(): void {
    this.isStopped = true;
    this.cancel?.();
  }

  async settled(): Promise<void> {
    await this.work;
  }

  /** Everything at once, for a database that is being made. */
  async fillAll(): Promise<void> {
    while (await this.fillSome());
  }

  private async fill(): Promise<void> {
    try {
      const isMore = await this.fillSome();
      if (!isMore || this.isStopped) return;
      this.cancel = this.parts.clock.after(pauseMs, () => this.start());
    } catch (error) {
      this.parts.log.error(`records of old calls: ${String(error)}`);
      if (isUnreachable(error) && !this.isStopped)
        this.cancel = this.parts.clock.after(againAfterMs, () => this.start());
    }
  }

  private async fillSome(): Promise<boolean> {
    const { db } = this.parts;
    const callIds = await callsWithoutRecords(db, atOnce);
    if (callIds.length === 0) return false;
    await db.transaction().execute(async transaction => {
      const calls = await callRecords(transaction, callIds);
      await insertManyCallRecords(transaction, calls.flatMap(recordRowsOf));
      for (const call of calls) await writeEntries(transaction, call, this.parts);
      await markRecordsWritten(transaction, callIds);
    });
    return true;
  }
}
