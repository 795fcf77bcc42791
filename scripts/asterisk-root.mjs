// A Debian sid with Asterisk 22 in a cache folder, to be entered with chroot. The first time takes about a minute.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from './node-runtime.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';

export const asteriskCache = path.join(cacheFolder, 'softphone-asterisk');
const root = path.join(asteriskCache, 'sid');

/** Why Asterisk cannot run here, in a plain sentence; null where it can. */
export function whyNoAsterisk() {
  if (process.platform !== 'linux' || !fs.existsSync('/etc/debian_version'))
    return 'Asterisk is not started here: this is not a Debian machine.';
  if (process.getuid() !== 0) return 'Asterisk is not started here: only root may make its file system and enter it.';
  return null;
}

/** For commands that were told ENGINE=asterisk: ends here where that cannot be. */
export function demandAsteriskIfAsked() {
  const reason = process.env.ENGINE === 'asterisk' ? whyNoAsterisk() : null;
  if (reason === null) return;
  console.error(reason);
  process.exit(1);
}

/** @returns the folder of the file system that holds Asterisk */
export function ensureAsteriskRoot() {
  ensureDebianPackages(['asterisk']);
  const done = path.join(root, 'usr', 'sbin', 'asterisk');
  if (!fs.existsSync(done) || !fs.existsSync(path.join(root, '.complete'))) fetchAsteriskRoot();
  // Asterisk asks for its own name when it starts: without this it waits for a name server, and for nothing where there is none.
  const names = `localhost ${os.hostname()}`;
  const file = path.join(root, 'etc', 'hosts');
  const hosts = `127.0.0.1 ${names}\n::1 ${names}\n`;
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== hosts) fs.writeFileSync(file, hosts);
  return root;
}

function fetchAsteriskRoot() {
  console.log('[asterisk] fetching Debian sid with Asterisk (about a minute, 550 MB)');
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(root, { recursive: true });
  const include = 'asterisk,asterisk-core-sounds-en-wav,ca-certificates';
  const log = path.join(asteriskCache, 'debootstrap.log');
  const out = fs.openSync(log, 'w');
  try {
    execFileSync('debootstrap', ['--variant=minbase', `--include=${include}`, 'sid', root, debianMirror()], {
      stdio: ['ignore', out, out],
    });
  } catch (error) {
    throw new Error(`debootstrap failed, see ${log}`, { cause: error });
  } finally {
    fs.closeSync(out);
  }
  fs.writeFileSync(path.join(root, '.complete'), '');
}

/** The mirror that this machine's own packages come from. */
function debianMirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(fs.existsSync(folder) ? fs.readdirSync(folder).map(name => `${folder}/${name}`) : []),
  ];
  const urls = files
    .filter(file => /\.(list|sources)$/.test(file) && fs.existsSync(file))
    .flatMap(file => fs.readFileSync(file, 'utf8').split('\n'))
    .filter(line => !line.trim().startsWith('#'))
    .flatMap(line => line.match(/https?:\/\/\S+/g) ?? []);
  const mirror = urls.find(url => /\/debian\/?$/.test(url));
  if (mirror === undefined) throw new Error('no Debian mirror in the apt sources of this machine');
  return mirror;
}
