import { createHash } from 'node:crypto';
import { AppError } from '../../src-shared/errors/app-error';
import type { RecordScope } from './record-scope';

/** Who may see other things is told everything anew: the cursor knows for whom it was made. */
const tagOf = (scope: RecordScope): string =>
  createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 12);

export const changeCursor = (version: number, scope: RecordScope): string => `${version}.${tagOf(scope)}`;

/** Null: from another scope, or from a future that this database does not know. @throws AppError `ipc/bad-input` */
export function versionIn(cursor: string, scope: RecordScope, last: number): number | null {
  const [, version, tag] = /^(\d{1,15})\.([\w-]{12})$/.exec(cursor) ?? [];
  if (version === undefined) throw new AppError('ipc/bad-input', 'no cursor of ours');
  return tag === tagOf(scope) && Number(version) <= last ? Number(version) : null;
}
