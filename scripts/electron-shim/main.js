// Stand-in for Electron's own default_app.asar (Cypress' build ships without one):
// `electron [-r mod] [--flags] <path-to-app> [app args]`, as the real binary does.
// ESM with top-level await on purpose: Electron holds back `ready` until this file has
// finished, so an ESM app loaded by it may still call registerSchemesAsPrivileged.
import { app } from 'electron'
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const argv = process.argv.slice(1)
const modules = []
let target
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '-r' || argv[i] === '--require') modules.push(argv[++i])
  else if (!argv[i].startsWith('-')) { target = argv[i]; break }
}
process.defaultApp = true
if (modules.length) Module._preloadModules(modules)

if (!target) {
  console.error('usage: electron [-r module] [options] path-to-app')
  process.exit(1)
}
try {
  const abs = path.resolve(target)
  let entry = abs
  if (fs.statSync(abs).isDirectory()) {
    const pkg = JSON.parse(fs.readFileSync(path.join(abs, 'package.json'), 'utf8'))
    const name = pkg.productName ?? pkg.name
    if (name) app.setName(name)
    if (pkg.version) app.setVersion(pkg.version)
    app.setDesktopName(pkg.desktopName ?? `${app.getName()}.desktop`)
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()))
    app.setAppPath(abs)
    entry = path.join(abs, pkg.main ?? 'index.js')
  }
  if (isEsm(entry)) await import(pathToFileURL(entry).href)
  else Module._load(entry, Module, true)
} catch (e) {
  console.error('App threw an error during load'); console.error(e)
  process.exit(1)
}

function isEsm(file) {
  if (file.endsWith('.mjs')) return true
  if (!file.endsWith('.js')) return false
  for (let d = path.dirname(file); ; d = path.dirname(d)) {
    const p = path.join(d, 'package.json')
    if (fs.existsSync(p)) return JSON.parse(fs.readFileSync(p, 'utf8')).type === 'module'
    if (path.dirname(d) === d) return false
  }
}
