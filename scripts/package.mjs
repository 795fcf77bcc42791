// npm run package: the installable app. A release is refused on the fallback runtime, which is out of support.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const { setUp } = await import('./setup.mjs');
await setUp(['app', 'build']);
const { isFallback } = await import('./electron-runtime.mjs');
const dist = path.join(import.meta.dirname, '..', 'node_modules', 'electron', 'dist');
const args = process.argv.slice(2);
const isTrial = args.includes('--trial');
if (isFallback(dist) && !isTrial) {
  console.error(
    'Electron itself could not be downloaded; its stand-in must not be released. For a trial build: npm run package -- --trial',
  );
  process.exit(1);
}
const trial = isTrial ? ['--dir', `--config.electronDist=${dist}`, '--config.electronVersion=33.2.1'] : [];
const run = spawnSync('electron-builder', [...trial, ...args.filter(arg => arg !== '--trial')], { stdio: 'inherit' });
process.exit(run.status ?? 1);
