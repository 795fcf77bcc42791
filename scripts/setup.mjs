// Makes a fresh clone ready: system packages, npm packages, Electron runtime, build. Idempotent, and quick when done.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode } from './node-runtime.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';

const root = path.join(import.meta.dirname, '..');

/** @param groups names of `debian-packages.mjs` that this command needs */
export async function setUp(groups) {
  ensureNode();
  process.chdir(root);
  ensureDebianPackages(groups);
  ensureNpmPackages();
  const { ensureElectron } = await import('./electron-runtime.mjs');
  await ensureElectron();
  const { buildIfChanged } = await import('./build.mjs');
  await buildIfChanged();
}

/** `npm ci` when the lock file is not the one that was installed. Install scripts stay off: nothing we use needs them. */
function ensureNpmPackages() {
  const stamp = path.join(root, 'node_modules', '.cache', 'softphone-lock');
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  console.log('[setup] npm ci');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, lock);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUp(['app', 'desktop', 'build', 'tests']);
  console.log('[setup] ready: npm start, npm test');
}
