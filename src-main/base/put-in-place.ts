import { constants } from 'node:fs';
import { copyFile, link, open, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';

const mostCopies = 999;
const isCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/**
 * Gives a finished file its name; where a file has it already, ` (2)` follows. A link, not a rename: nothing is ever written over, and nothing half
 * stands under the name. @returns the name it has
 */
export async function putInPlace(part: string, folder: string, fileName: string): Promise<string> {
  const file = await open(part, 'r+');
  await file.sync().finally(() => file.close());
  const ending = extname(fileName);
  const stem = fileName.slice(0, fileName.length - ending.length);
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? fileName : `${stem} (${copy})${ending}`;
    try {
      await named(part, join(folder, name));
      await rm(part, { force: true });
      return name;
    } catch (error) {
      if (!isCode(error, ['EEXIST']) || copy >= mostCopies) throw error;
    }
  }
}

/** Memory sticks know no links: there it is copied. */
async function named(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if (!isCode(error, ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])) throw error;
    await copyFile(part, path, constants.COPYFILE_EXCL).catch(async (failure: unknown) => {
      if (!isCode(failure, ['EEXIST'])) await rm(path, { force: true });
      throw failure;
    });
  }
}
