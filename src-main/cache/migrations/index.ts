import type { Migration } from '../../../src-shared/sqlite/run-migrations';
import { calls } from './0010-calls';
import { missedCause } from './0080-missed-cause';
import { callRecords } from './0082-call-records';
import { recordings } from './0084-recordings';
import { keptSpans } from './0086-kept-spans';
import { downloads } from './0088-downloads';

/** Every step of cache.db. It is a cache: it may be rebuilt, and holds nothing that is nowhere else. */
export const cacheMigrations: readonly Migration[] = [
  calls,
  missedCause,
  callRecords,
  recordings,
  keptSpans,
  downloads,
];
