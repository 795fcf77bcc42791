import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceFolders, removeInstance } from '../../scripts/asterisk-instance.mjs';
import { ensureAsteriskRoot, whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { writeConfig } from '../../src-server/telephony/asterisk/config/asterisk-config';
import { asteriskPlace } from '../../src-server/telephony/asterisk/config/config-options';
import { freePorts } from '../rig/free-ports';
import { until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();
const script = resolve(import.meta.dirname, '../../scripts/asterisk.mjs');
const name = `command-${process.pid}`;
const state = join(instanceFolders(name).folder, 'state.json');

/** `npm run asterisk`, and what it leaves when somebody dies without a word. */
describe.skipIf(reason !== null)('npm run asterisk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterisk-command-'));
  let amiPort = 0;
  beforeAll(async () => {
    ensureAsteriskRoot();
    const [httpPort = 0, ami = 0, sipPort = 0, sipsPort = 0] = await freePorts(4);
    amiPort = ami;
    writeConfig(folder, asteriskPlace.parse({ httpPort, amiPort, sipPort, sipsPort }), []);
  }, 180_000);
  afterAll(async () => {
    await removeInstance(name);
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [script, ...args, '--name', name], { encoding: 'utf8' });
  const up = (): ReturnType<typeof run> => run('up', '--config', folder);
  const holder = (): number => (JSON.parse(readFileSync(state, 'utf8')) as { pid: number }).pid;
  const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  /** Remains (zombies) that nobody has buried yet do not count. */
  const isThere = (pid: number): boolean =>
    existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  async function answers(): Promise<boolean> {
    const socket = connect({ host: '127.0.0.1', port: amiPort });
    try {
      const [said] = (await once(socket, 'data')) as [Buffer];
      return said.toString().startsWith('Asterisk Call Manager');
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  it('up, status, up again, down: and nothing is left', async () => {
    expect(run('status')).toMatchObject({ status: 1 });
    expect(up().stdout).toContain('Asterisk is up');
    const pid = holder();
    expect(run('status')).toMatchObject({ status: 0 });
    expect(up().stdout).toContain(`process ${pid}`);
    expect(await answers()).toBe(true);
    expect(run('down').stdout).toContain('Asterisk is down');
    expect([isThere(pid), existsSync(state), await answers()]).toEqual([false, false, false]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(name);
    expect(run('down').stdout).toContain('was not running');
  }, 60_000);

  it.each([
    ['Asterisk', (pid: number) => childOf(pid)],
    ['what holds its file systems', (pid: number) => pid],
  ])(
    '%s is killed: status says down, up brings it back, nobody of the dead is left',
    async (_who, victimOf) => {
      up();
      const pid = holder();
      const asterisk = childOf(pid);
      process.kill(victimOf(pid), 'SIGKILL');
      await until('both are gone', () => !isThere(pid) && !isThere(asterisk));
      expect(run('status')).toMatchObject({ status: 1 });
      expect(up().stdout).toContain('Asterisk is up');
      expect(await answers()).toBe(true);
      run('down');
      expect(await answers()).toBe(false);
    },
    60_000,
  );

  it('the command is killed while Asterisk boots: down ends what it began', async () => {
    const command = spawn(process.execPath, [script, 'up', '--config', folder, '--name', name], { stdio: 'ignore' });
    await until('Asterisk boots', () => existsSync(state));
    command.kill('SIGKILL');
    await once(command, 'exit');
    const pid = holder();
    expect(run('down').status).toBe(0);
    expect([isThere(pid), existsSync(state), await answers()]).toEqual([false, false, false]);
    expect(up().stdout).toContain('Asterisk is up');
    run('down');
  }, 60_000);
});
