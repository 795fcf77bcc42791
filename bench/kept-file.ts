import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where data that takes minutes to make is kept between runs. */
export function keptFolder(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'softphone-bench');
  mkdirSync(folder, { recursive: true });
  return folder;
}
