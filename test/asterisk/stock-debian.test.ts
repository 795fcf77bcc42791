import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { runAsteriskConfig } from '../../src-server/asterisk-config-command';
import { systemClock } from '../../src-server/system-clock';
import { AsteriskTelephony } from '../../src-server/telephony/asterisk/asterisk-telephony';
import { knownAccess } from '../../src-server/telephony/asterisk/config/asterisk-config';
import { sipRealm } from '../../src-server/telephony/telephony';
import { anExtension, aQueue } from '../behaviour/centre';
import { EventLog } from '../behaviour/rig/event-log';
import { carrierHost } from '../rig/asterisk';
import { Carrier } from '../rig/carrier';
import { freePorts } from '../rig/free-ports';
import { StockDebian } from '../rig/stock-debian';
import { TestPhone } from '../telephony/test-phone';
import { until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();

/** The ten steps of "Run it with your Asterisk" (src-server/telephony/asterisk/README.md), on an Asterisk that knows nothing of us. */
describe.skipIf(reason !== null)('an administrator with a stock Debian Asterisk', () => {
  const recordingsFolder = mkdtempSync(join(tmpdir(), 'stock-recordings-'));
  const facts = new EventLog();
  const logged: string[] = [];
  let debian: StockDebian;
  let engine: AsteriskTelephony | null = null;
  let carrier: Carrier | null = null;
  let phone: TestPhone | null = null;
  beforeAll(async () => {
    debian = new StockDebian();
    await debian.boot();
  }, 180_000);
  afterAll(async () => {
    await phone?.close();
    carrier?.close();
    await engine?.stop();
    await debian.shutDown();
    rmSync(recordingsFolder, { recursive: true });
  });

  it('follows the ten steps to a signed-in agent who talks to a customer, and is recorded', async () => {
    const [http, ami, sip, trunk, rtp] = (await freePorts(5)) as [number, number, number, number, number];
    expect(debian.shell('asterisk -V')).toMatch(/^Asterisk 22\./);
    debian.shell('mv /etc/asterisk /etc/asterisk.stock');
    const rtpFirst = Math.min(rtp - (rtp % 2), 65_000);
    const options = `--trunk ${carrierHost}:${trunk} --http-port ${http} --ami-port ${ami} --sip-port ${sip}
      --rtp-first ${rtpFirst} --rtp-last ${rtpFirst + 200} --recordings-here ${debian.path('/var/spool/asterisk/monitor/centre')}`;
    const etc = debian.path('/etc/asterisk');
    const written = await runAsteriskConfig(['--out', etc, '--data', '/nowhere', ...options.split(/\s+/)]);
    expect(written.isGood).toBe(true);
    debian.shell('cp /etc/asterisk.stock/asterisk.conf /etc/asterisk/');
    debian.shell('chown -R asterisk: /etc/asterisk');
    debian.shell('install -d -o asterisk -g asterisk -m 2770 /var/spool/asterisk/monitor/centre');
    copyFileSync('assets/music/hold.wav', debian.path('/var/lib/asterisk/moh/hold.wav'));
    writeFileSync(
      join(etc, 'extensions_local.conf'),
      '[centre-from-trunk](+)\nexten => 0145550100,1,Goto(centre-inbound,800,1)\n',
    );
    debian.startAsterisk();
    const running = (): boolean => {
      try {
        return debian.shell("asterisk -rx 'module show like chan_pjsip'").includes('Running');
      } catch {
        return false; // not up yet
      }
    };
    await until('chan_pjsip runs', running, 20_000);
    expect(debian.shell('stat -c %U /run/asterisk/asterisk.ctl').trim()).toBe('asterisk');

    const access = knownAccess(etc)!;
    const note = (line: string): void => void logged.push(line);
    engine = new AsteriskTelephony({
      access,
      recordingsFolder,
      clock: systemClock,
      directory: { extensions: () => [anExtension('1001')], queues: () => [aQueue()] },
      log: { debug: note, info: note, warn: note, error: note },
    });
    engine.onEvent(event => facts.events.push(event));
    await engine.start();
    expect(logged.join('\n')).toContain('queues are as the centre has them');
    const { secret, webSocketUrl: url } = await engine.issueLineCredential('1001', 'ws://unused/');
    phone = await TestPhone.registered({ url, extension: '1001', secret, domain: sipRealm, hz: 600 });
    const echo = await phone.dial('*43');
    await until('echo', () => echo.media.heard.level(600) > 4000);
    echo.hangUp();

    carrier = await Carrier.open(carrierHost, trunk, { host: '127.0.0.1', port: sip });
    const customer = await carrier.call('0145550100');
    await until('music', () => customer.heard.rms() > 100);
    await engine.setMemberPaused('1001', false, null);
    const call = await phone.incoming();
    await call.answer();
    await until('both hear', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
    customer.hangUp();
    expect((await facts.event('recording-finished')).durationMs).toBeGreaterThan(0);
    expect(logged.filter(line => /not recorded|not complete/.test(line))).toEqual([]);
  }, 60_000);
});
