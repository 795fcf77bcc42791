import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { loudestTone } from '../rig/tones';
import { until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();

/** How an administrator's own dialplan may bring callers: with a greeting, over channels of Asterisk's own, out of a queue of the house. */
class CentreBehindDialplan extends AsteriskCentre {
  protected override readonly additions = {
    files: () => ({
      'queues_local.conf': '[house]\nstrategy=ringall\njoinempty=yes\nmember=>Local/800@centre-inbound\n',
      'extensions_local.conf': `[centre-from-trunk](+)
exten => 701,1,Answer()
 same => n,Set(CALLERID(name)=Greeted)
 same => n,Playback(beep)
 same => n,Goto(centre-inbound,800,1)
exten => 702,1,Dial(Local/800@centre-inbound)
exten => 703,1,Dial(Local/800@centre-inbound/n)
exten => 704,1,Answer()
 same => n,Queue(house)
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
});
