import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asteriskCache, ensureAsteriskRoot } from '../../scripts/asterisk-root.mjs';
import { until } from '../telephony/sip-socket';

/**
 * Debian with its stock Asterisk, as after `apt-get install asterisk`: its own files, its own user, nothing of ours. A layer over the
 * cached file system takes what is changed; its mounts end with the process that holds them.
 */
export class StockDebian {
  private readonly layer = join(asteriskCache, 'instances', `stock-${process.pid}`);
  private readonly holder: ChildProcess;
  private asterisk: ChildProcess | null = null;
  private pid = 0;
  said = '';

  constructor() {
    const lower = ensureAsteriskRoot();
    for (const folder of ['upper', 'work', 'root']) mkdirSync(join(this.layer, folder), { recursive: true });
    const script =
      'mount -t overlay stock -o "lowerdir=$0,upperdir=$1/upper,workdir=$1/work" "$1/root" && ' +
      'mount --rbind /dev "$1/root/dev" && mount -t proc proc "$1/root/proc" && exec sleep infinity';
    const unshared = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, lower, this.layer];
    this.holder = spawn('unshare', unshared, { stdio: 'ignore' });
  }

  /** Where a file of this Debian is found from outside. */
  path(file: string): string {
    return `/proc/${this.pid}/root${join(this.layer, 'root', file)}`;
  }

  async boot(): Promise<void> {
    const children = `/proc/${this.holder.pid}/task/${this.holder.pid}/children`;
    await until('its first process', () => (this.pid = Number(readFileSync(children, 'utf8'))) > 0);
    await until('its file systems', () => readFileSync(`/proc/${this.pid}/comm`, 'utf8') === 'sleep\n');
  }

  /** A root shell's command line. @returns what it said */
  shell(line: string): string {
    return execFileSync('nsenter', this.inside('sh', '-ec', line), { encoding: 'utf8' });
  }

  /** As its systemd unit does. */
  startAsterisk(): void {
    this.shell('mkdir -p /run/asterisk && chown asterisk: /run/asterisk');
    const line = ['/usr/sbin/asterisk', '-g', '-f', '-p', '-U', 'asterisk', '-G', 'asterisk'];
    this.asterisk = spawn('nsenter', this.inside(...line), { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.asterisk.stdout, this.asterisk.stderr])
      stream?.on('data', (data: Buffer) => (this.said += data.toString()));
  }

  async shutDown(): Promise<void> {
    const ended = new Promise(resolve => this.holder.once('exit', resolve));
    this.holder.kill('SIGKILL'); // takes everything in it along: --kill-child
    await ended;
    await until(
      'asterisk gone',
      () => this.asterisk === null || this.asterisk.exitCode !== null || this.asterisk.signalCode !== null,
    );
    rmSync(this.layer, { recursive: true, force: true });
  }

  private inside(...command: string[]): string[] {
    return ['-t', String(this.pid), '-m', '-p', 'chroot', join(this.layer, 'root'), ...command];
  }
}
