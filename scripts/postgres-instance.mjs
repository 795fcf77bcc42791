// A PostgreSQL of one's own for tests and benchmarks: on a socket in its own folder, nothing listens on the network.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';
/** `nobody`, by number: PostgreSQL refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 };

/** The newest of those that Debian has installed, or of the PATH. */
function binaries() {
  const versions = fs.existsSync(installed) ? fs.readdirSync(installed) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map(version => path.join(installed, version, 'bin'));
  return [...folders, ...(process.env.PATH ?? '').split(path.delimiter)].find(
    folder => fs.existsSync(path.join(folder, 'initdb')) && fs.existsSync(path.join(folder, 'pg_ctl')),
  );
}

/** Why PostgreSQL cannot run here, in a plain sentence; null where it can. */
export function whyNoPostgres() {
  if (process.platform === 'win32') return 'PostgreSQL is not started here: its tests need a socket in a folder.';
  if (binaries() === undefined)
    return `PostgreSQL is not started here: there is none in ${installed} or in the PATH (Debian: apt-get install postgresql).`;
  return null;
}

export async function startPostgres({ folder, settings = {} } = {}) {
  const reason = whyNoPostgres();
  if (reason !== null) throw new Error(reason);
  const bin = binaries();
  const isRoot = process.getuid() === 0;
  const as = isRoot ? nobody : {};
  const home = folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'softphone-pg-'));
  fs.mkdirSync(home, { recursive: true });
  if (isRoot) fs.chownSync(home, nobody.uid, nobody.gid);
  const data = path.join(home, 'data');
  const call = (program, args) => run(path.join(bin, program), args, { ...as, cwd: home });
  if (!fs.existsSync(path.join(data, 'PG_VERSION')))
    await call('initdb', ['-D', data, '-U', 'softphone', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const wanted = {
    listen_addresses: "''",
    unix_socket_directories: `'${home}'`,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_buffers: '128MB',
    ...settings,
  };
  fs.writeFileSync(
    path.join(data, 'postgresql.auto.conf'),
    Object.entries(wanted)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  const control = (...args) => call('pg_ctl', ['-D', data, '-w', '-t', '60', ...args]);
  // Whatever ends this program: no server is left behind.
  const endAtOnce = () => {
    const file = path.join(data, 'postmaster.pid');
    if (fs.existsSync(file)) process.kill(Number(fs.readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
  };
  process.once('exit', endAtOnce);
  const start = async () => void (await control('-l', path.join(home, 'log'), 'start'));
  const halt = async () => void (await control('-m', 'immediate', 'stop'));
  await start();
  return {
    url: database => `postgresql://softphone@/${encodeURIComponent(database)}?host=${encodeURIComponent(home)}`,
    start,
    halt,
    stop: async () => {
      process.off('exit', endAtOnce);
      await control('-m', folder === undefined ? 'immediate' : 'fast', 'stop');
      if (folder === undefined) fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
