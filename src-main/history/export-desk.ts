import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CallRecord } from '../../src-shared/calls/call-record';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { Input } from '../../src-shared/ipc/agent-requests';
import type { Transfer } from '../../src-shared/ipc/transfer';
import type { Recording } from '../../src-shared/recordings/recording';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import { putInPlace } from '../base/put-in-place';
import type { RestClient } from '../server-link/rest-client';
import { csvOf } from './csv-writer';
import { callCells, recordingCells } from './export-cells';
import { xlsxOf, type ExportCell } from './xlsx-writer';

/** What is asked of the list that is exported. */
interface SearchedList<T> {
  filtersOf(searchId: string): object | null;
  countOf(searchId: string): number;
  all(searchId: string): AsyncGenerator<readonly T[]> | null;
}

export interface ExportDeskNeeds {
  readonly rest: Pick<RestClient, 'call'>;
  readonly records: SearchedList<CallRecord>;
  readonly recordings: SearchedList<Recording>;
  readonly clock: Clock;
  readonly folder: () => string;
  readonly log: Logger;
}
export type ExportOrder = Input<'transfers.export'>;

type Rows = AsyncGenerator<readonly (readonly ExportCell[])[]>;
interface Written {
  readonly order: ExportOrder;
  readonly rows: Rows;
  readonly fileName: string;
}
interface Running {
  readonly abort: AbortController;
  view: Transfer;
}
const tellEveryMs = 200;

/** Lists as files for a table program: written row by row, and under their name only when they are whole. */
export class ExportDesk {
  readonly changes = new Announcer<void>();
  readonly #running = new Map<string, Running>();
  #toldAt = 0;

  constructor(private readonly needs: ExportDeskNeeds) {}

  get transfers(): readonly Transfer[] {
    return [...this.#running.values()].map(({ view }) => view);
  }

  /** The centre writes it down first; without its answer nothing is exported. @throws AppError */
  async start(order: ExportOrder): Promise<void> {
    const { what, format, searchId } = order;
    const desk = this.needs[what];
    const filters = desk.filtersOf(searchId);
    const rows = this.#rowsOf(order); // of the list as it is now, whatever is searched while the centre answers
    if (filters === null || rows === null) throw new AppError('not-found', 'another search is the newest');
    const total = desk.countOf(searchId);
    await this.needs.rest.call('exports.begun', { what, format, filters });
    const id = randomUUID();
    const fileName = `${what}_${stamp(this.needs.clock.now())}.${format}`;
    const view: Transfer = {
      id,
      kind: 'export',
      state: 'running',
      fileName: null,
      done: 0,
      total,
      doneBytes: 0,
      totalBytes: 0,
      failed: 0,
      code: null,
    };
    const running: Running = { abort: new AbortController(), view };
    this.#running.set(id, running);
    this.changes.announce();
    void this.#write(running, { order, rows, fileName });
  }

  /** Cells that somebody copies are written down like a file. @throws AppError */
  async copied(what: 'records' | 'recordings', rows: number): Promise<void> {
    await this.needs.rest.call('exports.begun', { what, format: 'clipboard', filters: {}, rows });
  }

  cancel(id: string): void {
    this.#running.get(id)?.abort.abort();
  }

  dismiss(id: string): void {
    if (this.#running.get(id)?.view.state === 'running') return;
    this.#running.delete(id);
    this.changes.announce();
  }

  folderOf(id: string): string | null {
    return this.#running.has(id) ? this.needs.folder() : null;
  }

  end(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    this.#running.clear();
    this.changes.announce();
  }

  #rowsOf(order: ExportOrder): Rows | null {
    const { what, searchId } = order;
    if (what === 'records') {
      const calls = this.needs.records.all(searchId);
      return calls && cellsOf(calls, order, callCells);
    }
    const recordings = this.needs.recordings.all(searchId);
    return recordings && cellsOf(recordings, order, recordingCells);
  }

  async #write(running: Running, { order, rows, fileName }: Written): Promise<void> {
    const { format, columns } = order;
    const folder = this.needs.folder();
    const part = join(folder, `${fileName}.${running.view.id.slice(0, 8)}.part`);
    try {
      const counted = this.#counted(running, rows);
      const labels = columns.map(({ label }) => label);
      const bytes = format === 'xlsx' ? xlsxOf(labels, counted) : csvOf(labels, counted);
      await pipeline(Readable.from(bytes), createWriteStream(part, { mode: 0o600 }), { signal: running.abort.signal });
      running.abort.signal.throwIfAborted();
      this.#show(running, { state: 'done', fileName: await putInPlace(part, folder, fileName) });
    } catch (error) {
      await rm(part, { force: true });
      if (running.abort.signal.aborted) return this.#show(running, { state: 'cancelled' });
      this.needs.log.warn(`export not written: ${reasonOf(error)}`);
      this.#show(running, { state: 'failed', code: codeOf(error) });
    }
  }

  async *#counted<R>(running: Running, rows: AsyncIterable<readonly R[]>): AsyncGenerator<readonly R[]> {
    for await (const some of rows) {
      yield some;
      const done = running.view.done + some.length;
      running.view = { ...running.view, done, total: Math.max(done, running.view.total) }; // the rest may have been counted meanwhile
      const now = this.needs.clock.monotonic();
      if (now - this.#toldAt < tellEveryMs) continue;
      this.#toldAt = now;
      this.changes.announce();
    }
  }

  #show(running: Running, part: Partial<Transfer>): void {
    running.view = { ...running.view, ...part };
    this.changes.announce();
  }
}

async function* cellsOf<T>(
  rows: AsyncIterable<readonly T[]>,
  { columns, words }: ExportOrder,
  cells: Readonly<Record<string, (row: T) => ExportCell>>,
): Rows {
  const known = columns.map(({ id }) => ({
    cell: Object.hasOwn(cells, id) ? cells[id] : undefined,
    wordOf: new Map(Object.entries(isWordy(id) ? (words[id] ?? {}) : {})),
  }));
  for await (const some of rows)
    yield some.map(row => known.map(({ cell, wordOf }) => inWords(cell?.(row) ?? { kind: 'empty' }, wordOf)));
}

const isWordy = (id: string): id is keyof ExportOrder['words'] => ['type', 'disposition', 'endCause'].includes(id);
/** As the person reads it in the list. */
const inWords = (cell: ExportCell, wordOf: ReadonlyMap<string, string>): ExportCell =>
  cell.kind === 'text' ? { kind: 'text', value: wordOf.get(cell.value) ?? cell.value } : cell;

function codeOf(error: unknown) {
  if (error instanceof AppError) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOSPC' || code === 'EDQUOT' ? ('disk/full' as const) : ('file/not-written' as const);
}

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
