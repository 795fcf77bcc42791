import type { Clock } from '../../src-shared/base/clock';
import { outsideWrites } from '../database/outside-writes';
import type { Person } from '../database/person-table';
import type { WritableDb } from '../database/tables';
import type { ServerLog } from '../server-log';
import type { AgentDirectory } from './agent-directory';

const lookEveryMs = 2_000;

export interface DirectoryWatchParts {
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** The person's desk phone was given, taken away, or has another password. Told after the directory knows. */
  readonly onPhoneChanged: (person: Person, before: Person) => Promise<void>;
  /** The person works here no more. */
  readonly onRemoved: (former: Person) => Promise<void>;
  /** Told last, after every change from outside. */
  readonly onRead: () => Promise<void>;
}

/** Notices what an administrator's command, another process, has written, and takes it into the directory. */
export class DirectoryWatch {
  private version: number | null = null;
  private cancel = (): void => undefined;
  private isLooking = false;
  private mustLookAgain = false;
  constructor(private readonly parts: DirectoryWatchParts) {}

  async start(): Promise<void> {
    this.version = await outsideWrites(this.parts.db);
    this.lookLater();
  }

  stop(): void {
    this.cancel();
  }

  private lookLater(): void {
    this.cancel = this.parts.clock.after(lookEveryMs, () => {
      void this.lookInTurn();
      this.lookLater();
    });
  }

  /** One look at a time: of those that come due meanwhile, one is made up for. */
  private async lookInTurn(): Promise<void> {
    this.mustLookAgain = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.mustLookAgain) {
      this.mustLookAgain = false;
      await this.look().catch((error: unknown) => this.parts.log.error(`directory not read again: ${String(error)}`));
    }
    this.isLooking = false;
  }

  private async look(): Promise<void> {
    const version = await outsideWrites(this.parts.db);
    if (version === this.version) return;
    this.version = version;
    const { directory, db, log, onPhoneChanged, onRemoved, onRead } = this.parts;
    const before = directory.everybody();
    await directory.reload(db);
    log.info('people and queues read again: the database was changed from outside');
    for (const former of before) {
      const person = directory.person(former.id);
      if (person === undefined) await onRemoved(former);
      else if (JSON.stringify(person.deskPhone) !== JSON.stringify(former.deskPhone))
        await onPhoneChanged(person, former);
    }
    await onRead();
  }
}
