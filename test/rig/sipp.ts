import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from '../../scripts/debian-packages.mjs';

/** Where Debian's sip-tester keeps the sound that its scenarios play; they look for it in `pcap/`. */
const soundOfDebian = '/usr/share/sip-tester';

/** One run of sipp, a SIP stack that is nobody's of ours. */
export class Sipp {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sipp-'));
  private readonly process: ChildProcess;
  private readonly finished: Promise<number | null>;
  private said = '';

  /** @param scenario one of those that it comes with */
  constructor(scenario: 'uac_pcap' | 'uas', args: readonly string[]) {
    ensureDebianPackages(['sipp']);
    symlinkSync(soundOfDebian, join(this.folder, 'pcap'));
    this.process = spawn('sipp', ['-sn', scenario, '-m', '1', '-nostdin', ...args], { cwd: this.folder });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.finished = new Promise((resolve, reject) => this.process.once('error', reject).once('exit', resolve));
  }

  /** Resolves when all has gone as its scenario has it. */
  async succeeded(): Promise<void> {
    const status = await this.finished;
    if (status !== 0) throw new Error(`sipp ended with ${status}:\n${this.said.slice(-3000)}`);
  }

  async end(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.finished;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
