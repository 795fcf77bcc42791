// A copy of the project (hard links, so it is quick) that an ordinary user can read: root's own folders are closed to it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `nobody`, by number: every Linux has it. */
const as = { uid: 65534, gid: 65534 };
const parts = [
  'package.json',
  'playwright.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'out',
  'assets',
  'scripts',
  'src-main',
  'src-shared',
  'src-server',
  'test',
  'node_modules',
];

export function stageForUser(root) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'softphone-user-'));
  fs.chmodSync(folder, 0o755);
  const project = path.join(folder, 'project');
  const home = path.join(folder, 'home');
  for (const each of [project, home]) fs.mkdirSync(each);
  for (const part of parts) copy(path.join(root, part), path.join(project, part));
  const dist = path.join(project, 'node_modules', 'electron', 'dist');
  const real = fs.realpathSync(path.join(root, 'node_modules', 'electron', 'dist'));
  fs.rmSync(dist, { recursive: true, force: true });
  copy(real, dist);
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin);
  copy(process.execPath, path.join(bin, 'node'));
  fs.chownSync(home, as.uid, as.gid);
  fs.mkdirSync(path.join(project, 'test-results'));
  fs.chownSync(path.join(project, 'test-results'), as.uid, as.gid);
  return {
    as,
    project,
    home,
    path: [bin, '/usr/local/bin', '/usr/bin', '/bin'].join(path.delimiter),
    playwright: path.join(project, 'node_modules', '.bin', 'playwright'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function copy(from, to) {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    fs.rmSync(to, { recursive: true, force: true }); // another file system: links are not possible, so a real copy
    execFileSync('cp', ['-a', from, to]);
  }
}
