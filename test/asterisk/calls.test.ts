import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { hearsTone } from '../rig/tones';
import { readWav } from '../rig/wav';
import { until } from '../telephony/sip-socket';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';

const reason = whyNoAsterisk();
if (reason !== null) process.stderr.write(`${reason}\n`);

describe.skipIf(reason !== null)('calls through a real Asterisk', () => {
  let centre: AsteriskCentre;
  beforeAll(async () => {
    centre = new AsteriskCentre();
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    await centre.clear();
  });
  afterAll(() => centre.close());

  it('registers a phone by SHA-256 with the secret of its session, and not with the former one', async () => {
    const phone = await centre.phone('1001');
    const line = await centre.engine.issueLineCredential('1001', 'ws://unused/');
    expect(line.secret).not.toBe(phone.options.secret);
    expect((await phone.register()).status).toBe(401);
    await centre.engine.revokeLineCredential('1001');
    expect(centre.engine.isRegistered('1001')).toBe(false);
  });

  it('brings a customer to an agent: both hear each other, hold, recording and facts', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    const customer = await centre.carrier.call('800', { from: '0145550142', name: '"Camille Roux"' });
    const call = await phone.incoming();
    expect(call.invite?.header('x-queue')).toBe('Support');
    expect(call.invite?.header('x-media-while-ringing')).toBe('yes');
    await call.answer();
    await until('both hear', () => customer.heard.level(600) > 4000 && call.media.heard.level(440) > 4000);
    const started = await centre.event('call-started');
    expect(call.invite?.header('x-call-id')).toBe(started.callId);
    expect(started).toMatchObject({
      direction: 'inbound',
      from: { number: '0145550142', name: 'Camille Roux' },
      to: { number: '800' },
    });
    await call.reinvite('sendonly');
    await until('music', () => customer.heard.level(600) < 500 && customer.heard.rms() > 100);
    // The meter keeps what it heard last: silence is that no packet comes.
    await until('silence for the agent', () => performance.now() - (call.media.arrivals.at(-1) ?? 0) > 300);
    await call.reinvite('sendrecv');
    await until('back', () => customer.heard.level(600) > 4000);
    customer.hangUp();
    await until('BYE', () => call.state === 'ended');
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    expect(centre.events.map(({ type }) => type).filter(type => !type.startsWith('line-'))).toEqual([
      'call-started',
      'leg-started',
      'queue-joined',
      'leg-started',
      'offered',
      'leg-ringing',
      'leg-answered',
      'offer-ended',
      'queue-left',
      'leg-answered',
      'recording-started',
      'leg-held',
      'leg-resumed',
      'leg-ended',
      'leg-ended',
      'recording-finished',
      'call-ended',
    ]);
    const { file, durationMs } = await centre.event('recording-finished');
    const { sampleRate, channels } = readWav(readFileSync(file));
    expect([sampleRate, channels.length]).toEqual([8000, 2]);
    expect(durationMs).toBeGreaterThan(1500);
    // The customer is silent while the BYE travels: not the very end.
    const last = channels.map(samples => samples.subarray(samples.length - 4800, samples.length - 2400));
    expect(hearsTone(last[0]!, sampleRate, 440)).toBe(true);
    expect(hearsTone(last[1]!, sampleRate, 600)).toBe(true);
    expect(hearsTone(last[0]!, sampleRate, 600)).toBe(false);
  });

  it('goes to the next agent when the first declines, and tells an unanswered phone apart', async () => {
    const first = await centre.phone('1001');
    const second = await centre.phone('1002');
    await centre.carrier.call('800');
    await until('one rings', () => first.calls.length + second.calls.length === 1);
    const [ringing, other] = first.calls.length === 1 ? [first, second] : [second, first];
    (await ringing.incoming()).decline(603);
    const next = await other.incoming();
    await centre.event('offer-ended', ({ cause }) => cause === 'declined');
    await next.answer();
    next.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['declined', 'answered']);
    expect(centre.of('leg-ended')[0]?.cause).toBe('rejected');
  });

  it('tells ring-no-answer after the time of the queue', async () => {
    const phone = await centre.phone('1001');
    const customer = await centre.carrier.call('800');
    const call = await phone.incoming();
    await until('CANCEL', () => call.state === 'ended', 15_000);
    expect((await centre.event('offer-ended')).cause).toBe('ring-no-answer');
    customer.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('caller-cancelled');
  });

  it('a caller who gives up while a phone rings', async () => {
    const phone = await centre.phone('1001');
    const customer = await centre.carrier.call('800');
    const call = await phone.incoming();
    await until('waits', () => customer.state === 'talking');
    customer.hangUp();
    await until('CANCEL', () => call.state === 'ended');
    await centre.event('call-ended', ({ cause }) => cause === 'caller-cancelled');
    expect(call.received.find(({ method }) => method === 'CANCEL')?.header('reason')).not.toContain('26');
    expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['caller-left']);
    expect(centre.of('queue-left').map(({ cause }) => cause)).toEqual(['abandoned']);
  });

  it('an agent calls outside and is recorded', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    const call = await phone.dial('0612345678');
    await until('talks', () => call.state === 'confirmed');
    await until(
      'both hear',
      () => call.media.heard.level(700) > 4000 && (centre.carrier.calls[0]?.heard.level(600) ?? 0) > 4000,
    );
    call.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    expect(centre.of('call-started')[0]).toMatchObject({
      direction: 'outbound',
      from: { number: '1001' },
      to: { number: '0612345678' },
    });
    expect(centre.of('leg-started').map(({ role, number }) => [role, number])).toEqual([
      ['agent', '1001'],
      ['customer', '0612345678'],
    ]);
    expect(centre.of('leg-answered')).toHaveLength(2);
    expect(centre.of('recording-finished')).toHaveLength(1);
  });

  it.each([
    ['0612000486', 486, 'busy'],
    ['0612000404', 404, 'not-found'],
    ['0612000603', 603, 'rejected'],
    ['0612000480', 480, 'unreachable'],
    ['12345', 404, 'not-found'],
  ])('who is called outside at %s says %i: %s', async (number, status, cause) => {
    const phone = await centre.phone('1001');
    const call = await phone.dial(number);
    await until('refused', () => call.state === 'ended');
    await centre.event('call-ended');
    expect([call.statuses.at(-1), centre.of('call-ended')[0]?.cause]).toEqual([status, cause]);
  });

  it('an agent gives up calling', async () => {
    const phone = await centre.phone('1001');
    const call = await phone.dial('0612000408');
    await until('rings', () => call.statuses.includes(180));
    call.cancel();
    expect((await centre.event('call-ended')).cause).toBe('agent-cancelled');
  });

  it('agents call each other; a busy one, an absent one, and oneself', async () => {
    const one = await centre.phone('1001', { hz: 600 });
    const two = await centre.phone('1002', { hz: 900 });
    const out = await one.dial('1002');
    const call = await two.incoming();
    await call.answer();
    await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
    expect(centre.of('offered')[0]).toMatchObject({ extension: '1002', queueId: null });
    call.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    const busy = await one.dial('1002');
    (await two.incoming(1)).decline(486);
    await until('busy', () => busy.state === 'ended');
    await centre.event('call-ended', ({ cause }) => cause === 'busy');
    const absent = await one.dial('1003');
    await centre.event('call-ended', ({ cause }) => cause === 'unreachable');
    await until('480', () => absent.statuses.includes(480));
    await one.dial('1001');
    await until('four ends', () => centre.of('call-ended').length === 4);
    expect(centre.of('recording-started')).toEqual([]);
  });

  it('a phone that crashed in a call frees its customer when it is back; one that only lost its socket keeps its call', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    const customer = await centre.carrier.call('800');
    const call = await phone.incoming();
    await call.answer();
    phone.socket.cut();
    await phone.reconnect();
    await until('still heard', () => customer.heard.level(600) > 4000);
    await phone.close();
    expect(centre.of('call-ended')).toEqual([]);
    await centre.phone('1001');
    expect((await centre.event('call-ended')).cause).toBe('completed');
    await until('freed', () => customer.state === 'ended');
  });

  it('echo at *43, and keys by RFC 4733', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    const call = await phone.dial('*43');
    await until('echo', () => call.media.heard.level(600) > 4000);
    call.media.sendKey(5);
    expect((await centre.event('dtmf')).digit).toBe('5');
    call.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('completed');
  });

  it.each([
    ['"O\'Hara, \\"Bob\\"; ${SHELL(id)}"', "O'Hara"],
    ['"😀 Zoë <script>"', 'Zoë'],
    [`"${'x'.repeat(200)}"`, 'xxx'],
  ])('a caller named %s does no harm', async (name, part) => {
    const phone = await centre.phone('1001');
    const customer = await centre.carrier.call('800', { name, from: 'anonymous' });
    const call = await phone.incoming();
    expect((await centre.event('call-started')).from.name).toContain(part);
    await call.answer();
    customer.hangUp();
    await centre.event('call-ended');
  });
});
