import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { sipRealm } from '../../src-server/telephony/telephony';
import { anExtension, aQueue } from '../behaviour/centre';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { carrierHost } from '../rig/asterisk';
import { DeskPhone } from '../rig/desk-phone';
import { freePorts } from '../rig/free-ports';
import { Sipp } from '../rig/sipp';
import { until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();
const password = 'desk-phone-of-the-test';
const digest = (algorithm: string): string =>
  createHash(algorithm).update(`1005:${sipRealm}:${password}`).digest('hex');

/** Our own carrier and desk phones are written from the same reading of the RFCs as the engines: here somebody else's is tried. */
describe.skipIf(reason !== null)('sipp at a real Asterisk', () => {
  let centre: AsteriskCentre;
  const runs: Sipp[] = [];
  beforeAll(async () => {
    centre = new AsteriskCentre({
      extensions: [
        anExtension('1001'),
        anExtension('1005', { deskPhone: { md5: digest('md5'), sha256: digest('sha256') } }),
      ],
      queues: [aQueue({ memberExtensions: ['1001', '1005'] })],
    });
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.end();
    await centre.clear();
  });
  afterAll(() => centre.close());

  function sipp(...[scenario, args]: ConstructorParameters<typeof Sipp>): Sipp {
    const run = new Sipp(scenario, args);
    runs.push(run);
    return run;
  }

  it('calls a queue over the trunk with A-law sound: heard, recorded, its key and its end told', async () => {
    const phone = await centre.phone('1001');
    const { port } = centre.sipAddress;
    const [media] = await freePorts(1);
    const at = [`127.0.0.1:${port}`, '-s', '800', '-i', carrierHost, '-mi', carrierHost, '-mp', String(media)];
    const customer = sipp('uac_pcap', at);
    const call = await phone.incoming();
    expect(await centre.event('call-started')).toMatchObject({ direction: 'inbound', from: { number: 'sipp' } });
    await call.answer();
    await until('its sound', () => call.media.heard.rms() > 300);
    const started = await centre.event('leg-started', ({ role }) => role === 'customer');
    await centre.event('dtmf', ({ legId, digit }) => legId === started.legId && digit === '1', 15_000);
    await customer.succeeded();
    expect((await centre.event('call-ended')).cause).toBe('completed');
    const { channels } = centre.recordingOf(await centre.event('recording-finished'));
    expect(Math.max(...channels[0]!), 'the customer is on the left').toBeGreaterThan(3000);
  }, 40_000);

  /** Another one has registered this address: sipp reads only the first challenge, and knows no SHA-256. */
  it('answers as a desk phone: offered a customer, heard, and told that it is over', async () => {
    const host = '127.0.0.9';
    const asterisk = centre.sipAddress;
    const registrar = await DeskPhone.plugIn({ host, asterisk, extension: '1005', password, domain: sipRealm });
    expect((await registrar.register()).status).toBe(200);
    await until('seen', () => centre.engine.isRegistered('1005'));
    registrar.close();
    const [media] = await freePorts(1);
    const at = ['-i', host, '-p', String(registrar.port), '-mi', host, '-mp', String(media)];
    const phone = sipp('uas', [...at, '-rtp_echo', '-aa']);
    await centre.engine.setMemberPaused('1005', false, null);
    const customer = await centre.customer();
    await until('its echo', () => customer.heard.level(440) > 4000, 15_000);
    expect(centre.of('offered')).toMatchObject([{ extension: '1005' }]);
    customer.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
    await phone.succeeded();
    centre.extensions = [anExtension('1001')]; // nobody is left at that address to sign off
  }, 40_000);
});
