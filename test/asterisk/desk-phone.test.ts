import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { systemClock } from '../../src-server/system-clock';
import { AmiConnection } from '../../src-server/telephony/asterisk/ami/ami-connection';
import type { AmiMessage } from '../../src-server/telephony/asterisk/ami/ami-message';
import { type DeskPhoneDigests, sipRealm } from '../../src-server/telephony/telephony';
import { anExtension, aQueue } from '../behaviour/centre';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { QuietLogger } from '../fakes/quiet-logger';
import { DeskPhone, type DeskPhoneOptions } from '../rig/desk-phone';
import { hearsTone } from '../rig/tones';
import { until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();
const password = 'k7!é "desk", phone';

function digestsOf(extension: string, secret = password): DeskPhoneDigests {
  const of = (algorithm: string): string =>
    createHash(algorithm).update(`${extension}:${sipRealm}:${secret}`).digest('hex');
  return { md5: of('md5'), sha256: of('sha256') };
}

describe.skipIf(reason !== null)('a desk phone at a real Asterisk', () => {
  let centre: AsteriskCentre;
  const phones: DeskPhone[] = [];
  const extensions = [
    anExtension('1001'),
    anExtension('1005', { deskPhone: digestsOf('1005'), displayName: 'Désirée "Desk" Lee' }),
    anExtension('1006', { deskPhone: digestsOf('1006') }),
  ];

  beforeAll(async () => {
    centre = new AsteriskCentre({
      extensions,
      queues: [aQueue({ memberExtensions: ['1005'] })],
      timing: { ownPhoneRingMs: 3000 },
    });
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    for (const phone of phones.splice(0)) {
      for (const call of phone.calls) call.hangUp();
      await phone.register(0);
      phone.close();
    }
    centre.extensions = [...extensions];
    await centre.clear();
  });
  afterAll(() => centre.close());

  async function plugIn(extension: string, over: Partial<DeskPhoneOptions> = {}): Promise<DeskPhone> {
    const host = `127.0.0.${3 + phones.length}`;
    const asterisk = centre.sipAddress;
    const phone = await DeskPhone.plugIn({ host, asterisk, extension, password, domain: sipRealm, ...over });
    phones.push(phone);
    return phone;
  }

  /** The directory is looked at every two seconds. */
  async function untilRegistered(phone: DeskPhone): Promise<void> {
    const deadline = performance.now() + 8000;
    while ((await phone.register()).status !== 200)
      if (performance.now() > deadline) throw new Error('not registered within 8 s');
  }

  /** Listens by a connection of its own; `told` resolves as soon as this comes. */
  async function listenFor(name: string): Promise<{ readonly told: Promise<void> }> {
    let onUp: () => void = () => undefined;
    const isUp = new Promise<void>(resolve => (onUp = resolve));
    const told = new Promise<void>(resolve => {
      const heard = (event: AmiMessage): void => {
        if (event.get('Event') !== name) return;
        ami.stop();
        resolve();
      };
      const ami = new AmiConnection({
        ...centre.access.ami,
        clock: systemClock,
        log: new QuietLogger(),
        onEvent: heard,
        onUp: async () => onUp(),
        onDown() {},
      });
      ami.start();
    });
    await isUp;
    return { told };
  }

  async function registered(extension: string, over: Partial<DeskPhoneOptions> = {}): Promise<DeskPhone> {
    const phone = await plugIn(extension, over);
    await untilRegistered(phone);
    await until('seen', () => centre.engine.isRegistered(extension));
    await centre.engine.setMemberPaused(extension, false, null);
    return phone;
  }

  // First: a killed Asterisk remembers contacts that were signed off within the last second.
  it('is known again after Asterisk was restarted', async () => {
    const phone = await registered('1005');
    await centre.killAsterisk();
    await centre.startAsterisk();
    await untilRegistered(phone);
    await until('seen', () => centre.engine.isRegistered('1005'));
    const call = await phone.dial('*43');
    await until('echo', () => call.heard.level(600) > 4000);
    call.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
  }, 40_000);

  it.each([['SHA-256'], ['MD5']] as const)('registers with %s, is seen, signs off', async algorithm => {
    const phone = await plugIn('1005', { algorithms: [algorithm] });
    expect((await phone.register()).status).toBe(200);
    await centre.event('line-registered', ({ extension }) => extension === '1005');
    expect(centre.engine.isRegistered('1005')).toBe(true);
    expect((await phone.register(0)).status).toBe(200);
    await centre.event('line-unregistered', ({ extension }) => extension === '1005');
    expect(centre.engine.isRegistered('1005')).toBe(false);
  });

  it.each([['SHA-256'], ['MD5']] as const)('is refused with a wrong password (%s)', async algorithm => {
    const phone = await plugIn('1005', { algorithms: [algorithm], password: 'guessed' });
    expect((await phone.register()).status).toBe(401);
    expect(centre.engine.isRegistered('1005')).toBe(false);
  });

  it('has no line credential, and signing out does not touch it', async () => {
    await registered('1005');
    await expect(centre.engine.issueLineCredential('1005', 'ws://unused/')).rejects.toMatchObject({
      code: 'line/refused',
    });
    await centre.engine.revokeLineCredential('1005');
    expect(centre.engine.isRegistered('1005')).toBe(true);
  });

  it('holds while the recording is begun anew: music all the same', async () => {
    const phone = await registered('1005');
    const customer = await centre.customer();
    const call = await phone.incoming();
    call.answer();
    await centre.joined(customer.callId, '1005');
    await until(
      'a second of talk: a recording that has just begun is not begun anew',
      () => call.heard.samples >= 8000,
    );
    await centre.engine.setHeld(customer.callId, '1005', true);
    const begunAnew = await listenFor('MixMonitorStop');
    await centre.engine.setHeld(customer.callId, '1005', false);
    await begunAnew.told;
    expect((await call.reinvite('sendonly')).status).toBe(200);
    await centre.event('leg-held', ({ isOrdered }) => isOrdered !== true);
    await until('music', () => customer.heard.level(600) < 500 && customer.heard.rms() > 100);
  });

  it('takes a customer of its queue, holds, presses keys, is recorded', async () => {
    const phone = await registered('1005');
    const customer = await centre.customer();
    const call = await phone.incoming();
    expect(call.incoming?.header('x-call-id')).toBe(customer.callId);
    expect(call.incoming?.header('from')).toContain('"Camille Roux" <sip:0145550142@');
    expect(customer.state).toBe('waiting');
    call.answer();
    await until('both hear', () => call.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
    await centre.joined(customer.callId, '1005');
    expect(centre.of('offered')).toMatchObject([{ extension: '1005', queueId: 'support' }]);
    expect((await call.reinvite('sendonly')).status).toBe(200);
    await centre.event('leg-held');
    await until('music', () => customer.heard.level(600) < 500 && customer.heard.rms() > 100);
    expect((await call.reinvite('sendrecv')).status).toBe(200);
    await centre.event('leg-resumed');
    await until('back', () => customer.heard.level(600) > 4000);
    call.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
    const { sampleRate, channels } = centre.recordingOf(await centre.event('recording-finished'));
    const last = channels.map(samples => samples.subarray(samples.length - 4800, samples.length - 2400));
    expect(hearsTone(last[0]!, sampleRate, 440)).toBe(true);
  });

  it('refuses, and does not answer', async () => {
    const phone = await registered('1005');
    await centre.customer();
    (await phone.incoming()).refuse(486);
    expect((await centre.event('offer-ended')).cause).toBe('busy');
    const app = await centre.phone('1001');
    const colleague = await app.dial('1005');
    const call = await phone.incoming(1);
    colleague.cancel();
    await until('CANCEL', () => call.state === 'ended');
    await centre.event('call-ended', ({ cause }) => cause === 'agent-cancelled');
  });

  it('dials a colleague at his app and outside; the network sees its number', async () => {
    const phone = await registered('1005');
    const app = await centre.phone('1001', { hz: 900 });
    const inside = await phone.dial('1001');
    const rung = await app.incoming();
    expect(rung.invite?.header('from')).toContain('<sip:1005@');
    await rung.answer();
    await until('both hear', () => inside.heard.level(900) > 4000 && rung.media.heard.level(600) > 4000);
    inside.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    const outside = await phone.dial(centre.subscriber('answers'));
    await until('hears', () => outside.heard.level(700) > 4000);
    outside.hangUp();
    await until('two ends', () => centre.of('call-ended').length === 2);
    expect(centre.of('call-started').map(({ from, direction }) => [direction, from.number])).toEqual([
      ['internal', '1005'],
      ['outbound', '1005'],
    ]);
  });

  it('rings first when its owner dials in the app: click-to-dial', async () => {
    const phone = await registered('1005');
    const number = centre.subscriber('answers');
    const callId = await centre.engine.dial('1005', number);
    const call = await phone.incoming();
    expect(call.incoming?.header('x-dial')).toBe(number);
    expect(call.incoming?.header('from')).toContain(number);
    expect((await centre.event('call-started')).callId).toBe(callId);
    call.answer();
    await until('hears', () => call.heard.level(700) > 4000);
    call.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
  });

  it('a new password, a new phone and one that is taken away reach Asterisk without a restart', async () => {
    const phone = await registered('1006');
    centre.extensions = [anExtension('1006', { deskPhone: digestsOf('1006', 'another') }), extensions[0]!];
    const withNew = await plugIn('1006', { password: 'another' });
    await untilRegistered(withNew);
    expect((await phone.register()).status).toBe(401);
    await until('both seen', () => centre.of('line-registered', ({ extension }) => extension === '1006').length === 2);
    centre.extensions = [extensions[0]!];
    await until('taken away', () => !centre.engine.isRegistered('1006'));
    expect((await withNew.register()).status).not.toBe(200);
  });

  it('a desk phone becomes an app and comes back', async () => {
    await registered('1006');
    centre.extensions = [anExtension('1006')];
    const app = await centre.phone('1006');
    expect((await app.register()).status).toBe(200);
    const out = await app.dial('*43');
    await until('echo', () => out.media.heard.level(600) > 4000);
    out.hangUp();
    await centre.event('call-ended');
    centre.extensions = [...extensions];
    await untilRegistered(await plugIn('1006'));
    expect((await app.register()).status).toBe(401);
  });
});
