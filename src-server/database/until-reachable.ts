import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { ServerLog } from '../server-log';

const againAfterMs = 1_000;

export const isUnreachable = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'database/unreachable';

/** What must be written waits while there is no database; every other failure is told. */
export async function untilReachable<T>(
  { clock, log }: { readonly clock: Clock; readonly log: ServerLog },
  what: string,
  write: () => Promise<T>,
): Promise<T> {
  let isWaiting = false;
  for (;;)
    try {
      const written = await write();
      if (isWaiting) log.info(`${what}: the database is back, writing goes on`);
      return written;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (!isWaiting) log.error(`${what}: waiting for the database: ${String(error)}`);
      isWaiting = true;
      await new Promise<void>(done => void clock.after(againAfterMs, done));
    }
}
