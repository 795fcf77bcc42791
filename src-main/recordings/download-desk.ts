import { randomUUID } from 'node:crypto';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../src-shared/base/clock';
import { AppError, errorCode, type ErrorCode } from '../../src-shared/errors/app-error';
import type { Transfer } from '../../src-shared/ipc/transfer';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import { forgetDownload, keepDownloads, keptDownloads } from '../cache/download-table';
import type { CacheDb } from '../cache/open-cache';
import type { ByteClient } from '../server-link/byte-client';
import type { RestClient } from '../server-link/rest-client';
import { asAppError, demandRoom, downloadFile, partOf, safeFileName, type WantedFile } from './download-file';

export interface DownloadDeskNeeds {
  readonly rest: Pick<RestClient, 'call'>;
  readonly bytes: ByteClient;
  readonly db: CacheDb;
  readonly clock: Clock;
  /** Where the system puts downloads. */
  readonly folder: () => string;
  readonly log: Logger;
}

interface Running {
  readonly id: string;
  readonly folder: string;
  readonly files: WantedFile[];
  readonly abort: AbortController;
  wake: () => void;
  /** Nothing of it writes any more. */
  ended: Promise<void>;
  view: Transfer;
}

const describedAtOnce = 50;
const againAfterMs = 5000;
const tellEveryMs = 200;

/** Recordings as files: one or hundreds, gone on with after a lost line or a restart, checked before they have their name. */
export class DownloadDesk {
  readonly changes = new Announcer<void>();
  readonly #running = new Map<string, Running>();
  #owner: string | null = null;
  #toldAt = 0;

  constructor(private readonly needs: DownloadDeskNeeds) {}

  get transfers(): readonly Transfer[] {
    return [...this.#running.values()].map(({ view }) => view);
  }

  /** Goes on with what was not finished when the app ended. */
  begin(owner: string): void {
    this.#owner = owner;
    const kept = keptDownloads(this.needs.db, owner);
    for (const id of new Set(kept.map(({ transferId }) => transferId))) {
      const files = kept.filter(({ transferId }) => transferId === id);
      if (files[0] !== undefined) this.#run(this.#made(id, files[0].folder, files));
    }
  }

  end(): void {
    this.#owner = null;
    for (const { abort, wake } of this.#running.values()) {
      abort.abort();
      wake();
    }
    this.#running.clear();
    this.changes.announce();
  }

  /** The line is back: nobody waits any longer. */
  goOn(): void {
    for (const { wake } of this.#running.values()) wake();
  }

  /** @throws AppError `disk/full`, `file/not-written`, `recording/…`, `server/…` */
  async start(wantedIds: readonly string[]): Promise<void> {
    const recordingIds = [...new Set(wantedIds)];
    const owner = this.#owner;
    if (owner === null) throw new AppError('sign-in/not-signed-in');
    const id = randomUUID();
    const folder =
      recordingIds.length === 1 ? this.needs.folder() : join(this.needs.folder(), folderName(this.needs.clock));
    const { files, refused } = await this.#describe(id, recordingIds, folder);
    if (files.length === 0) throw new AppError(refused.at(-1) ?? 'recording/missing');
    await makeRoom(
      folder,
      files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    );
    if (this.#owner !== owner) throw new AppError('sign-in/not-signed-in');
    keepDownloads(this.needs.db, owner, files);
    const running = this.#made(id, folder, files);
    running.view = { ...running.view, failed: refused.length, code: refused.at(-1) ?? null };
    this.#run(running);
  }

  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined || !['running', 'waiting'].includes(running.view.state)) return;
    running.abort.abort();
    running.wake();
    this.#show(running, { state: 'cancelled' });
    await running.ended;
    for (const file of running.files) {
      await rm(partOf(file), { force: true });
      forgetDownload(this.needs.db, id, file.recordingId);
    }
    if (running.folder !== this.needs.folder()) await rmdir(running.folder).catch(() => undefined); // unless something is in it
  }

  dismiss(id: string): void {
    if (['running', 'waiting'].includes(this.#running.get(id)?.view.state ?? 'running')) return;
    this.#running.delete(id);
    this.changes.announce();
  }

  folderOf(id: string): string | null {
    return this.#running.get(id)?.folder ?? null;
  }

  async #describe(transferId: string, recordingIds: readonly string[], folder: string) {
    const files: WantedFile[] = [];
    const refused: ErrorCode[] = [];
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    for (let from = 0; from < recordingIds.length; from += describedAtOnce) {
      const some = recordingIds.slice(from, from + describedAtOnce);
      const described = await this.needs.rest.call('recordings.downloads', { recordingIds: [...some], timeZone });
      for (const file of described.files)
        if (file.kind === 'refused') refused.push(errorCode.safeParse(file.code).data ?? 'server/failed');
        else files.push({ ...file, transferId, folder, fileName: safeFileName(file.fileName, file.recordingId) });
    }
    return { files, refused };
  }

  #made(id: string, folder: string, files: readonly WantedFile[]): Running {
    const view: Transfer = {
      id,
      kind: 'download',
      state: 'running',
      fileName: files.length === 1 ? (files[0]?.fileName ?? null) : null,
      done: 0,
      total: files.length,
      doneBytes: 0,
      totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      failed: 0,
      code: null,
    };
    const state = { abort: new AbortController(), wake: () => undefined, ended: Promise.resolve() };
    return { id, folder, files: [...files], ...state, view };
  }

  #run(running: Running): void {
    this.#running.set(running.id, running);
    this.changes.announce();
    running.ended = this.#runAll(running).catch((error: unknown) => {
      this.needs.log.error(`download ended: ${reasonOf(error)}`);
      this.#show(running, { state: 'failed', code: 'internal' });
    });
  }

  async #runAll(running: Running): Promise<void> {
    let before = 0;
    for (const file of running.files) {
      await this.#runOne(running, file, before);
      if (running.abort.signal.aborted) return;
      before += file.sizeBytes;
    }
    const { done } = running.view;
    this.#show(running, { state: done === 0 ? 'failed' : 'done', doneBytes: running.view.totalBytes });
  }

  /** One file, as often as the line breaks. What can never be had is counted and left. */
  async #runOne(running: Running, wanted: WantedFile, before: number): Promise<void> {
    const { bytes, db, log } = this.needs;
    const { signal } = running.abort;
    let file = wanted;
    let isRenewed = false;
    for (;;) {
      try {
        const name = await downloadFile(bytes, file, signal, soFar => this.#count(running, before + soFar));
        forgetDownload(db, running.id, file.recordingId);
        const fileName = running.files.length === 1 ? name : null;
        const state = signal.aborted ? running.view.state : 'running';
        return this.#show(running, { done: running.view.done + 1, state, fileName });
      } catch (error) {
        if (signal.aborted) return;
        const failure = asAppError(error);
        log.warn(`recording not downloaded: ${reasonOf(failure)}`);
        if (isWaitedFor(failure)) {
          await this.#waitForServer(running);
          if (signal.aborted) return;
          continue;
        }
        const changed = failure.code === 'recording/damaged' && !isRenewed ? await this.#changed(file) : null;
        isRenewed = true;
        await rm(partOf(file), { force: true });
        if (changed !== null) {
          file = changed;
          continue;
        }
        forgetDownload(db, running.id, file.recordingId);
        return this.#show(running, { failed: running.view.failed + 1, code: failure.code });
      }
    }
  }

  /** The file as the server has it now, when it is another than was described. */
  async #changed(file: WantedFile): Promise<WantedFile | null> {
    const owner = this.#owner;
    try {
      const { files } = await this.#describe(file.transferId, [file.recordingId], file.folder);
      const [now] = files;
      const isSame = now?.sha256 === file.sha256 && now.etag === file.etag;
      if (now === undefined || owner === null || isSame) return null;
      const changed = { ...now, fileName: file.fileName };
      keepDownloads(this.needs.db, owner, [changed]);
      return changed;
    } catch (error) {
      this.needs.log.warn(`changed recording not described: ${reasonOf(error)}`);
      return null;
    }
  }

  async #waitForServer(running: Running): Promise<void> {
    this.#show(running, { state: 'waiting' });
    await this.#wait(running);
    if (!running.abort.signal.aborted) this.#show(running, { state: 'running' });
  }

  #wait(running: Running): Promise<void> {
    return new Promise(done => {
      const cancel = this.needs.clock.after(againAfterMs, done);
      running.wake = () => {
        cancel();
        done();
      };
    });
  }

  #count(running: Running, doneBytes: number): void {
    running.view = { ...running.view, doneBytes };
    const now = this.needs.clock.monotonic();
    if (now - this.#toldAt < tellEveryMs) return;
    this.#toldAt = now;
    this.changes.announce();
  }

  #show(running: Running, part: Partial<Transfer>): void {
    running.view = { ...running.view, ...part };
    this.changes.announce();
  }
}

const isWaitedFor = ({ code }: AppError): boolean => code === 'server/unreachable' || code.startsWith('sign-in/');

/** @throws AppError `disk/full`, `file/not-written` */
async function makeRoom(folder: string, bytes: number): Promise<void> {
  try {
    const made = await mkdir(folder, { recursive: true });
    await demandRoom(folder, bytes).catch(async (error: unknown) => {
      if (made !== undefined) await rmdir(folder);
      throw error;
    });
  } catch (error) {
    throw asAppError(error);
  }
}

/** A folder of its own for many: they are found together. */
const folderName = (clock: Clock): string =>
  `recordings_${new Date(clock.now()).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-')}`;
