import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** For Electron's command line, before the program: the desktop's key ring is used. */
export const withKeyRing = ['-r', join(import.meta.dirname, 'with-key-ring.cjs')];

/** The key ring of a desktop (GNOME's), unlocked, with nothing in it: each that is opened has other keys than the one before. */
export class DesktopKeyRing {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async open(): Promise<DesktopKeyRing> {
    const folder = await mkdtemp(join(tmpdir(), 'softphone-key-ring-'));
    const args = ['--foreground', '--unlock', '--components=secrets', `--control-directory=${folder}`];
    const child = spawn('gnome-keyring-daemon', args, {
      env: { ...process.env, XDG_DATA_HOME: folder },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin?.end('the password of whoever signs in here');
    await becomes(true);
    return new DesktopKeyRing(child, folder);
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise(done => this.child.once('exit', done));
      this.child.kill('SIGTERM');
      await gone;
    }
    await becomes(false);
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function becomes(isThere: boolean): Promise<void> {
  const question = 'org.freedesktop.DBus.NameHasOwner';
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', question];
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const { stdout } = await run('dbus-send', [...bus, 'string:org.freedesktop.secrets']);
    if (stdout.includes(`boolean ${isThere}`)) return;
  }
  throw new Error(`the key ring is ${isThere ? 'not' : 'still'} on the bus after 10 s`);
}
