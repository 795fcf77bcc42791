import type { Clock } from '../../src-shared/base/clock';
import type { WritableDb } from '../database/tables';
import { untilReachable } from '../database/until-reachable';
import type { ServerLog } from '../server-log';

/** Something to be written, as a whole or not at all. */
export interface Writing {
  /** For the log, should it fail. */
  readonly what: string;
  readonly write: (db: WritableDb) => Promise<void>;
  /** When it is in the database. */
  readonly onWritten?: () => void;
}

interface OrderedWriterParts {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** When some more is in the database, before anybody is told that it is. */
  readonly onSomeWritten: () => Promise<void>;
}

/** So long at most is written without letting anything else happen, and so much at most. */
const longestBreathMs = 5;
const mostInOneBreath = 100;

/**
 * Writes in the order in which it was asked for. What comes faster than it is written shares a transaction: most of the work of a small one
 * is its beginning and its end. A failure is that of its own writing only.
 */
export class OrderedWriter {
  private waiting: Writing[] = [];
  private isWriting = false;
  constructor(private readonly parts: OrderedWriterParts) {}

  add(writing: Writing): void {
    this.waiting.push(writing);
    if (this.isWriting) return;
    this.isWriting = true;
    void this.writeAll();
  }

  /** Resolves when everything asked for so far is written. */
  settled(): Promise<void> {
    if (!this.isWriting) return Promise.resolve();
    return new Promise(done => this.add({ what: 'nothing', write: async () => undefined, onWritten: done }));
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      // What is told in one turn shares a transaction. Writing is made of promises alone, which go before timers and sockets: thousands of facts
      // at once would let nobody else in.
      await new Promise(done => setImmediate(done));
      const taken = await this.writeSome();
      await this.parts
        .onSomeWritten()
        .catch((error: unknown) => this.parts.log.error(`journal: not told: ${String(error)}`));
      for (const { onWritten } of taken) onWritten?.();
    }
    this.isWriting = false;
  }

  /** @returns what no longer waits */
  private async writeSome(): Promise<readonly Writing[]> {
    const { db, clock } = this.parts;
    let tried = 0;
    try {
      await untilReachable(this.parts, 'journal', () =>
        db.transaction().execute(async transaction => {
          const began = clock.monotonic();
          tried = 0;
          for (const writing of this.waiting.slice(0, mostInOneBreath)) {
            tried += 1;
            await writing.write(transaction);
            if (clock.monotonic() - began >= longestBreathMs) break;
          }
        }),
      );
      return this.waiting.splice(0, tried);
    } catch {
      const taken = this.waiting.splice(0, tried);
      await this.writeOneByOne(taken);
      return taken;
    }
  }

  /** Nothing of them is written yet: one could not be, and took the others with it. */
  private async writeOneByOne(writings: readonly Writing[]): Promise<void> {
    const { db, log } = this.parts;
    for (const writing of writings)
      try {
        await untilReachable(this.parts, 'journal', () => db.transaction().execute(writing.write));
      } catch (error) {
        log.error(`journal: ${writing.what} not written: ${String(error)}`);
      }
  }
}
