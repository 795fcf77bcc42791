// Builds the app (electron-vite) and the central server (vite) into out/, unless nothing changed since.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode } from './node-runtime.mjs';

const root = path.join(import.meta.dirname, '..');
const inputs = [
  'src-shared',
  'src-main',
  'src-renderer',
  'src-server',
  'assets',
  'scripts',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.server.config.ts',
];
const stamp = path.join(root, 'out', '.build-stamp');

export async function buildIfChanged() {
  const now = fingerprint();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === now) return;
  console.log('[build] app and server');
  fs.rmSync(path.join(root, 'out'), { recursive: true, force: true });
  const electronVite = await import('electron-vite');
  await electronVite.build({ logLevel: 'warn' });
  const vite = await import('vite');
  await vite.build({ configFile: path.join(root, 'vite.server.config.ts'), logLevel: 'warn' });
  fs.writeFileSync(stamp, now);
}

/** Names and contents of everything a build reads. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = file => {
    if (fs.statSync(file).isDirectory())
      for (const name of fs.readdirSync(file).toSorted()) visit(path.join(file, name));
    else hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file));
  };
  inputs
    .map(name => path.join(root, name))
    .filter(fs.existsSync)
    .forEach(visit);
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureNode();
  process.chdir(root);
  await buildIfChanged();
}
