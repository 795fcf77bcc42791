// One running Asterisk: its own configuration, database, spool and log; its mounts live in its own mount namespace, so that they
// are gone with the process however it ends.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { asteriskCache, ensureAsteriskRoot } from './asterisk-root.mjs';

const startsWithinMs = 20_000;
const stopsWithinMs = 5000;
const music = path.join(import.meta.dirname, '..', 'assets', 'music');

/** How Asterisk sees the folders of an instance. */
export const insideAsterisk = { recordings: '/mnt/spool/recordings', music: '/mnt/music' };

/**
 * Asterisk's own database is kept in memory: while a busy disk makes it wait for seconds, the manager interface answers nothing. All that
 * stands in it the centre writes anew, and phones register again after the machine has been restarted.
 */
const memory = '/dev/shm';

/** Where an instance of this name lives, running or not. */
export function instanceFolders(name) {
  const folder = path.join(asteriskCache, 'instances', name);
  const database = fs.existsSync(memory) ? path.join(memory, 'softphone-asterisk', name) : path.join(folder, 'db');
  return {
    database,
    folder,
    config: path.join(folder, 'etc'),
    recordings: path.join(folder, 'spool', 'recordings'),
  };
}

/** State of an instance: `null` or `{ pid, startedAt, isRunning }`. */
export function instanceState(name) {
  const file = path.join(instanceFolders(name).folder, 'state.json');
  if (!fs.existsSync(file)) return null;
  const state = JSON.parse(fs.readFileSync(file, 'utf8'));
  // A process number is given again to somebody else one day: the start time tells them apart.
  return { ...state, isRunning: startTimeOf(state.pid) === state.startTime };
}

/** Starts Asterisk with the files in `instanceFolders(name).config`. Cleans up after a dead one first. */
export async function startInstance(name) {
  const { folder, database, recordings } = instanceFolders(name);
  if (instanceState(name)?.isRunning) throw new Error(`Asterisk "${name}" runs already`);
  const root = ensureAsteriskRoot();
  for (const sub of ['db/keys', 'run', 'log']) fs.mkdirSync(path.join(folder, sub), { recursive: true });
  fs.mkdirSync(recordings, { recursive: true });
  fs.mkdirSync(database, { recursive: true, mode: 0o700 });
  // Anybody may make folders in the machine's memory: one of somebody else is not written into.
  const above = fs.lstatSync(path.dirname(database));
  if (!above.isDirectory() || above.uid !== process.getuid()) throw new Error(`${path.dirname(database)} is not ours`);
  fs.rmSync(path.join(folder, 'run', 'asterisk.ctl'), { force: true });
  fs.cpSync(music, path.join(folder, 'music'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'asterisk.conf'), asteriskConf(database));
  const log = fs.openSync(path.join(folder, 'console.log'), 'w');
  const script =
    'mount --rbind /dev "$0/dev" && mount --bind "$1" "$0/mnt" && exec chroot "$0" asterisk -f -n -C /mnt/asterisk.conf';
  const child = spawn(
    'unshare',
    ['--mount', '--pid', '--fork', '--kill-child', `--mount-proc=${root}/proc`, 'sh', '-c', script, root, folder],
    { detached: true, stdio: ['ignore', log, log] },
  );
  fs.closeSync(log);
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', status => reject(new Error(`Asterisk ended with ${status}:\n${consoleOf(folder)}`)));
  });
  failed.catch(() => undefined);
  fs.writeFileSync(
    path.join(folder, 'state.json'),
    JSON.stringify({ pid: child.pid, startTime: startTimeOf(child.pid), startedAt: Date.now() }),
  );
  await Promise.race([failed, ready(folder)]);
  child.removeAllListeners('exit'); // from here its end is somebody's wish, and the console may be gone by then
  child.unref();
}

/** Ends an instance, if it runs, and waits until it is gone. Calls in it are cut. */
export async function stopInstance(name, signal = 'SIGTERM') {
  const state = instanceState(name);
  if (state === null) return false;
  if (state.isRunning) {
    for (const pid of childrenOf(state.pid)) process.kill(pid, signal);
    const deadline = Date.now() + stopsWithinMs;
    while (instanceState(name)?.isRunning && Date.now() < deadline) await pause(50);
    if (instanceState(name)?.isRunning) process.kill(state.pid, 'SIGKILL'); // takes Asterisk with it: --kill-child
  }
  fs.rmSync(path.join(instanceFolders(name).folder, 'state.json'), { force: true });
  return state.isRunning;
}

/** Ends it and removes all that it left. */
export async function removeInstance(name) {
  await stopInstance(name);
  const { folder, database } = instanceFolders(name);
  for (const each of [folder, database]) fs.rmSync(each, { recursive: true, force: true });
}

async function ready(folder) {
  const deadline = Date.now() + startsWithinMs;
  while (!consoleOf(folder).includes('Asterisk Ready.')) {
    if (Date.now() > deadline)
      throw new Error(`Asterisk is not ready after ${startsWithinMs} ms:\n${consoleOf(folder)}`);
    await pause(50);
  }
}

/** What Asterisk said; nothing when its folder is removed already. */
function consoleOf(folder) {
  const file = path.join(folder, 'console.log');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Clock tick at which a process began (proc(5), field 22); null when there is none, or only its remains. */
function startTimeOf(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

const childrenOf = pid =>
  fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

/** The machine's memory has the same path inside; all else is mounted. */
const asteriskConf = database => `[directories]
astetcdir => /mnt/etc
astvarlibdir => /mnt/db
astdbdir => ${database.startsWith(memory) ? database : '/mnt/db'}
astkeydir => /mnt/db
astspooldir => /mnt/spool
astrundir => /mnt/run
astlogdir => /mnt/log
[options]
nocolor = yes
`;
