import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { loudestTone, toneIn } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import { TestPhone } from '../telephony/test-phone';

const reason = whyNoAsterisk();

/**
 * How an administrator's own dialplan may bring callers: with a greeting, over channels of Asterisk's own, out of a queue of the house, or over a
 * reception whose phone is none of the centre's.
 */
class CentreBehindDialplan extends AsteriskCentre {
  protected override readonly additions = {
    files: () => ({
      'pjsip_local.conf': `[reception]
type=auth
auth_type=digest
username=reception
password=hush
[reception]
type=aor
max_contacts=1
[reception]
type=endpoint
context=house
disallow=all
allow=ulaw
auth=reception
aors=reception
transport=phones
webrtc=yes
dtls_auto_generate_cert=yes
callerid="Reception" <9>
from_domain=centre.local
`,
      'queues_local.conf': '[house]\nstrategy=ringall\njoinempty=yes\nmember=>Local/800@centre-inbound\n',
      'extensions_local.conf': `[centre-from-trunk](+)
exten => 701,1,Answer()
 same => n,Set(CALLERID(name)=Greeted)
 same => n,Playback(beep)
 same => n,Goto(centre-inbound,800,1)
exten => 702,1,Dial(Local/800@centre-inbound)
exten => 706,1,MixMonitor(own-\${UNIQUEID}.wav)
 same => n,Dial(Local/800@centre-inbound)
exten => 703,1,Dial(Local/800@centre-inbound/n)
exten => 704,1,Answer()
 same => n,Queue(house)
exten => 705,1,Dial(PJSIP/reception)
[house]
exten => 800,1,Goto(centre-inbound,800,1)
`,
    }),
  };
}

describe.skipIf(reason !== null)('callers who come through a dialplan of the administrator’s', () => {
  let centre: AsteriskCentre;
  beforeAll(async () => {
    centre = new CentreBehindDialplan();
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    await centre.clear();
  });
  afterAll(() => centre.close());

  it.each([
    ['greeted', '701'],
    ['by a Local channel', '702'],
    ['by a Local channel that stays', '703'],
    ['by a Local channel, recorded by the house as well', '706'],
    ['out of a queue of the house', '704'],
  ])(
    '%s: heard, held, sent on, recorded to the end',
    async (_way, number) => {
      const phone = await centre.phone('1001', { hz: 600 });
      const customer = await centre.carrier.call(number, { from: '0145550010' });
      const call = await phone.incoming();
      expect(call.invite?.header('from')).toContain('0145550010');
      await call.answer();
      await until('both hear', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
      await centre.event('recording-started');
      const packets = call.media.packetsReceived;
      await until('half a second of talk', () => call.media.packetsReceived > packets + 25);
      await call.reinvite('sendonly');
      await until('music', () => customer.heard.rms() > 100 && customer.heard.level(600) < 500);
      await call.reinvite('sendrecv');
      await until('heard again', () => customer.heard.level(600) > 4000);
      const target = await centre.phone('1002', { hz: 900 });
      await call.refer('1002');
      const ringing = await target.incoming();
      await ringing.answer();
      await until(
        'the target is heard',
        () => customer.heard.level(900) > 4000 && ringing.media.heard.level(440) > 4000,
      );
      const before = ringing.media.packetsReceived;
      await until('a second of talk', () => ringing.media.packetsReceived > before + 50);
      ringing.hangUp();
      await until('over', () => customer.state === 'ended');

      const { channels, sampleRate } = centre.recordingOf(await centre.event('recording-finished'));
      const [, heard = new Int16Array()] = channels;
      expect(loudestTone(heard, sampleRate, 600)).toBeGreaterThan(0.1);
      expect(loudestTone(heard.subarray(-0.5 * sampleRate), sampleRate, 900)).toBeGreaterThan(0.1);
      expect((await centre.event('call-started')).from.number).toBe('0145550010');
      expect((await centre.event('call-ended')).cause).toBe('completed');
    },
    30_000,
  );

  /** The reception (1100 Hz) has a customer (440) and asks the queue, where the agent's phone (600) rings. */
  async function receptionAsks() {
    const options = { ...(await centre.credentials('1003')), extension: 'reception', secret: 'hush', hz: 1100 };
    const reception = centre.keep(await TestPhone.registered(options));
    const phone = await centre.phone('1001', { hz: 600 });
    const customer = await centre.carrier.call('705', { from: '0145550010' });
    const held = await reception.incoming();
    await held.answer();
    await until('the reception is heard', () => customer.heard.level(1100) > 4000);
    await held.reinvite('sendonly');
    const asked = await reception.dial('800');
    const call = await phone.incoming();
    await until('the queue has answered', () => asked.state === 'confirmed');
    return { customer, held, asked, call };
  }

  /** The agent and the customer hear each other, the customer hangs up, and both are in the one recording. */
  async function talkOfBoth({ customer, call }: Pick<Awaited<ReturnType<typeof receptionAsks>>, 'customer' | 'call'>) {
    await until('both hear', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
    const packets = call.media.packetsReceived;
    await until('a second of talk', () => call.media.packetsReceived > packets + 50);
    customer.hangUp();
    const { channels, sampleRate } = centre.recordingOf(await centre.event('recording-finished'));
    expect((await centre.event('call-ended')).cause).toBe('completed');
    expect(centre.of('recording-started')).toHaveLength(1);
    expect(centre.of('leg-started', ({ role }) => role === 'customer').map(({ number }) => number)).toEqual([
      '9',
      '0145550010',
    ]);
    const [said = new Int16Array(), heard = new Int16Array()] = channels.map(each => each.subarray(-0.5 * sampleRate));
    expect(loudestTone(said, sampleRate, 440)).toBeGreaterThan(0.1);
    expect(loudestTone(heard, sampleRate, 600)).toBeGreaterThan(0.1);
  }

  it.each([
    ['gives its customer over', ([held, asked]: PhoneCall[]) => held!.referTo(asked!, '800')],
    ['has the agent take the other call', ([held, asked]: PhoneCall[]) => asked!.referTo(held!, '705')],
  ])(
    'a reception that is none of the centre’s asks the agent and %s: recorded on, under the customer’s number',
    async (_how, refer) => {
      const { customer, held, asked, call } = await receptionAsks();
      await call.answer();
      await until('the agent hears the reception', () => call.media.heard.level(1100) > 4000);
      await centre.event('recording-started');
      expect((await refer([held, asked])).status).toBe(202);
      await talkOfBoth({ customer, call });
    },
    30_000,
  );

  it('and so does one that gives its customer over while the agent’s phone still rings', async () => {
    const { customer, held, asked, call } = await receptionAsks();
    expect((await held.referTo(asked, '800')).status).toBe(202);
    await until('the reception is out', () => asked.state === 'ended');
    await call.answer();
    await talkOfBoth({ customer, call });
  }, 30_000);

  it('and a customer who waits in the reception’s place and gives up: that is the end of the call', async () => {
    const { customer, held, asked } = await receptionAsks();
    expect((await held.referTo(asked, '800')).status).toBe(202);
    await until('the reception is out', () => asked.state === 'ended');
    expect(centre.of('call-ended')).toEqual([]);
    customer.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('caller-cancelled');
    expect(centre.of('queue-left')).toMatchObject([{ cause: 'abandoned' }]);
  }, 30_000);

  it('a recording that is paused meanwhile has nothing of the caller until it is resumed, and stays in step', async () => {
    const { customer, held, asked, call } = await receptionAsks();
    await call.answer();
    await until('the agent hears the reception', () => call.media.heard.level(1100) > 4000);
    const { callId } = await centre.event('recording-started');
    await centre.engine.setRecordingPaused(callId, true);
    expect((await held.referTo(asked, '800')).status).toBe(202);
    await until('both hear', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
    const before = call.media.packetsReceived;
    await until('a second of talk', () => call.media.packetsReceived > before + 50);
    await centre.engine.setRecordingPaused(callId, false);
    const resumedAt = performance.now();
    const packets = call.media.packetsReceived;
    await until('another one', () => call.media.packetsReceived > packets + 50);
    customer.hangUp();
    const sinceMs = performance.now() - resumedAt;
    const finished = await centre.event('recording-finished');
    const { channels, sampleRate } = centre.recordingOf(finished);
    const { heard } = toneIn(channels[0] ?? new Int16Array(), sampleRate, 440);
    expect(finished.durationMs - heard.fromMs).toBeLessThan(sinceMs + 150);
    expect(heard.fromMs).toBeGreaterThan(1000);
    expect(heard.toMs - heard.fromMs).toBeGreaterThan(500);
    expect(centre.of('recording-resumed')).toHaveLength(1);
  }, 30_000);
});
