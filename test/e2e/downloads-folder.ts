import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/** The app's folder for downloads, empty and in its profile. */
export async function downloadsFolder(app: ElectronApplication, userData: string): Promise<string> {
  const folder = join(userData, 'downloads');
  await mkdir(folder);
  await app.evaluate(({ app: electron }, path) => electron.setPath('downloads', path), folder);
  return folder;
}
