// Stand-in for Electron's own default_app.asar, which the fallback runtime lacks:
// `electron [-r module] [--flags] <path-to-app>`, as the real binary does it.
// ESM with top-level await on purpose: Electron holds back `ready` until this file has finished,
// so that an ESM app may still register its privileged schemes.
import { app } from 'electron';
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { preload, target } = readArguments(process.argv.slice(1));
process.defaultApp = true;
if (preload.length > 0) Module._preloadModules(preload);
if (target === undefined) {
  console.error('usage: electron [-r module] [options] path-to-app');
  process.exit(1);
}
try {
  await import(pathToFileURL(entryOf(path.resolve(target))).href);
} catch (error) {
  console.error('the app threw while it was loaded', error);
  process.exit(1);
}

function readArguments(args) {
  const preload = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '-r' || args[index] === '--require') preload.push(args[(index += 1)]);
    else if (!args[index].startsWith('-')) return { preload, target: args[index] };
  }
  return { preload, target: undefined };
}

/** The app's start file, with name, version and folders set as Electron would. */
function entryOf(target) {
  if (!fs.statSync(target).isDirectory()) return target;
  const about = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  const name = about.productName ?? about.name;
  if (name) app.setName(name);
  if (about.version) app.setVersion(about.version);
  app.setDesktopName(about.desktopName ?? `${app.getName()}.desktop`);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  app.setAppPath(target);
  return path.join(target, about.main ?? 'index.js');
}
