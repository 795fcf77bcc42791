import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import { reasonOf, type Logger } from '../base/logger';
import type { CacheDb } from '../cache/open-cache';
import { keepListening, oldestListening, removeListening, type Listening } from './listening-table';

export interface ListeningDeskNeeds {
  /** outbox.db */
  readonly db: CacheDb;
  /** @throws AppError */
  readonly send: (listening: Listening) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is played from this computer asks the server for no sound: that it was opened is told in its own way, and kept until it is told. */
export class ListeningDesk {
  #owner: string | null = null;
  #sending: Promise<void> | null = null;
  #isWanted = false;

  constructor(private readonly needs: ListeningDeskNeeds) {}

  begin(owner: string): void {
    this.#owner = owner;
    void this.send();
  }

  end(): void {
    this.#owner = null;
  }

  opened(recordingId: string): void {
    if (this.#owner === null) return;
    const { db, clock } = this.needs;
    keepListening(db, this.#owner, { id: randomUUID(), recordingId, heardAt: clock.now() });
    void this.send();
  }

  /** Everything, oldest first, as far as the server answers; also when the line is back. What is opened meanwhile follows. */
  send(): Promise<void> {
    this.#isWanted = true;
    this.#sending ??= this.#sendWhileWanted().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #sendWhileWanted(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#sendAll();
    }
  }

  async #sendAll(): Promise<void> {
    const { db, send, log } = this.needs;
    for (let owner = this.#owner; owner !== null; owner = this.#owner) {
      const next = oldestListening(db, owner);
      if (next === null) return;
      try {
        await send(next);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn(`listening not told: ${reasonOf(error)}`);
        if (error.code !== 'not-found') return; // a recording that never was cannot be told of
      }
      removeListening(db, next.id);
    }
  }
}
