import type { Migration } from '../../../src-shared/sqlite/run-migrations';
import { calls } from './0010-calls';
import { missedCause } from './0080-missed-cause';

/** Every step of cache.db. It is a cache: it may be rebuilt, and holds nothing that is nowhere else. */
export const cacheMigrations: readonly Migration[] = [calls, missedCause];
