// better-sqlite3's prebuilt module speaks Node-API 10; the fallback runtime (Node 20.18) knows 9 and crashes on it.
// Built from the same sources against the experimental Node-API it runs there, in Node 20 and in Node 24, and
// better-sqlite3 prefers build/Release over its prebuilds by itself. About a minute once, then cached.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const flags = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

export function placeSqlite(cache, electronVersion) {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('better-sqlite3/package.json'));
  const placed = path.join(folder, 'build', 'Release', 'better_sqlite3.node');
  if (fs.existsSync(placed)) return;
  const version = require('better-sqlite3/package.json').version;
  const cached = path.join(cache, `better_sqlite3-${version}-for-electron-${electronVersion}.node`);
  if (!fs.existsSync(cached)) build(folder, cache, cached, require);
  fs.mkdirSync(path.dirname(placed), { recursive: true });
  fs.copyFileSync(cached, placed);
}

function build(folder, cache, cached, require) {
  console.log('[electron-runtime] building better-sqlite3 for the fallback runtime (about a minute, once)');
  const work = fs.mkdtempSync(path.join(cache, 'sqlite-'));
  try {
    const source = path.join(work, 'better-sqlite3');
    fs.cpSync(folder, source, { recursive: true, filter: file => !/[\\/](prebuilds|build)$/.test(file) });
    fs.symlinkSync(path.dirname(folder), path.join(work, 'node_modules')); // for node-addon-api
    const gyp = path.join(path.dirname(require.resolve('node-gyp/package.json')), 'bin', 'node-gyp.js');
    const headers = process.env.npm_config_nodedir ?? path.join(path.dirname(process.execPath), '..');
    execFileSync(
      process.execPath,
      [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`, '--loglevel=error'],
      {
        cwd: source,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, JOBS: '2', CXXFLAGS: flags },
      },
    );
    fs.copyFileSync(path.join(source, 'build', 'Release', 'better_sqlite3.node'), cached);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}
