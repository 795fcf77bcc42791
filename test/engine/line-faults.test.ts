import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeSipWire } from '../fakes/fake-sip-wire';
import { closePhones, energyWithin, hears, packetsReceived, TestPhone, twoInACall } from './test-phone';

let wire: FakeSipWire;
let uninstall: () => void;
beforeEach(() => {
  wire = new FakeSipWire();
  uninstall = wire.install();
});
afterEach(async () => {
  wire.mend('1001');
  wire.mend('1002');
  await closePhones();
  uninstall();
});

describe('registration', () => {
  it('answers the strongest challenge', async () => {
    wire.challenges = [
      'Digest realm="centre", nonce="n-strong", algorithm=SHA-256, qop="auth"',
      'Digest realm="centre", nonce="n-weak", algorithm=MD5, qop="auth"',
    ];
    await TestPhone.registered('1001');
    const authorization = /^Authorization: (.*)$/m.exec(wire.sent('1001', 'REGISTER').at(-1)?.text ?? '')?.[1];
    expect(authorization).toContain('algorithm=SHA-256');
    expect(authorization).toContain('nonce="n-strong"');
  });

  it('refuses MD5 alone, and says the line is refused; new credentials try again', async () => {
    wire.challenges = ['Digest realm="centre", nonce="n-weak", algorithm=MD5, qop="auth"'];
    const alice = new TestPhone('1001');
    await alice.connect();
    await alice.lineState('refused');
    expect(wire.sent('1001', 'REGISTER')).toHaveLength(1);
    await alice.connect({ allowMd5: true });
    await alice.lineState('registered');
  });

  it('survives malformed frames and a frame of 1 MB', async () => {
    const { alice, bob, aliceCall, bobPeer } = await twoInACall();
    const invite = wire.sent('1001', 'INVITE')[0]?.text ?? '';
    const mutants = [
      '\0',
      'SIP/2.0 200',
      'INVITE\r\n\r\n',
      `${invite.slice(0, 300)}\r\n\r\n`,
      invite.replace('Via', 'Vi\u0000a'),
    ];
    for (let index = 0; index < invite.length; index += 7) {
      mutants.push(
        `${invite.slice(0, index)}%zz;${invite.slice(index + 3)}`,
        invite.slice(0, index) + invite.slice(index + 5),
      );
    }
    mutants.forEach(frame => wire.inject('1002', frame));
    wire.inject('1002', `MESSAGE sip:1002@centre.local SIP/2.0\r\n\r\n${'x'.repeat(1_048_576)}`);
    expect(bob.reports.some(report => report.type === 'log' && report.message.includes('refused: 1048'))).toBe(true);
    await hears(bobPeer);
    await alice.expectDone({ type: 'call.hold', callId: aliceCall });
    expect(bob.reports.findLast(({ type }) => type === 'line')).toMatchObject({ line: { state: 'registered' } });
  });
});

describe('a line lost in a call', () => {
  it('leaves the call alone, comes back, refreshes it and can hold and hang up again', async () => {
    const { alice, bob, aliceCall, bobCall, alicePeer, bobPeer } = await twoInACall();
    const cutAt = performance.now();
    wire.cut('1001');
    await alice.lineState('reconnecting');
    expect(performance.now() - cutAt).toBeLessThan(1_000);
    const before = await packetsReceived(bobPeer);
    await energyWithin(bobPeer, 3_000);
    expect((await packetsReceived(bobPeer)) - before).toBeGreaterThan(120); // 3 s are 150 packets
    await hears(alicePeer);
    wire.mend('1001');
    await alice.lineState('registered');
    await alice.waitFor('the refresh', reports =>
      reports.find(each => each.type === 'log' && each.message.includes('refreshed')),
    );
    await alice.expectDone({ type: 'call.hold', callId: aliceCall });
    await bob.event(bobCall, 'held');
    await bob.expectDone({ type: 'call.hang-up', callId: bobCall });
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'completed' });
  });

  it('keeps the hold over the loss', async () => {
    const { alice, bob, aliceCall, bobCall } = await twoInACall();
    await alice.expectDone({ type: 'call.hold', callId: aliceCall });
    wire.cut('1001');
    await alice.lineState('reconnecting');
    wire.mend('1001');
    await alice.waitFor('the refresh', reports =>
      reports.find(each => each.type === 'log' && each.message.includes('refreshed')),
    );
    expect(wire.sent('1001', 'INVITE').at(-1)?.text).toContain('a=sendonly');
    expect(bob.events(bobCall).map(({ type }) => type)).not.toContain('resumed');
  });

  it('refuses hold after 10 s without a line, notices a half-open one sooner, and the call goes on', async () => {
    const { alice, bob, aliceCall, bobPeer } = await twoInACall();
    wire.cut('1001');
    wire.stall('1002');
    const stalledAt = performance.now();
    const noticedAt = bob.lineState('reconnecting', 11_000).then(() => performance.now());
    await alice.lineState('reconnecting');
    expect(await alice.command({ type: 'call.hold', callId: aliceCall })).toMatchObject({
      type: 'failed',
      code: 'line/down-in-call',
    });
    expect((await noticedAt) - stalledAt).toBeLessThan(10_000);
    await hears(bobPeer);
    expect(alice.events(aliceCall).some(({ type }) => type === 'ended')).toBe(false);
  });

  it('does a hold that was asked for while the line was away for a moment', async () => {
    const { alice, bob, aliceCall, bobCall } = await twoInACall();
    wire.cut('1001');
    await alice.lineState('reconnecting');
    const held = alice.expectDone({ type: 'call.hold', callId: aliceCall });
    wire.mend('1001');
    await held;
    expect(await bob.event(bobCall, 'held')).toMatchObject({ by: 'remote' });
  });

  it('hangs up at once, and tells the other side when the line is back', async () => {
    const { alice, bob, aliceCall, bobCall, alicePeer } = await twoInACall();
    wire.cut('1001');
    await alice.lineState('reconnecting');
    await alice.expectDone({ type: 'call.hang-up', callId: aliceCall });
    expect(alicePeer.connectionState).toBe('closed');
    expect(alice.events(aliceCall).some(({ type }) => type === 'ended')).toBe(false);
    wire.mend('1001');
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'completed' });
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'completed' });
  });

  it('ends a call that the server has forgotten (481)', async () => {
    const { alice, aliceCall } = await twoInACall();
    wire.cut('1001');
    await alice.lineState('reconnecting');
    wire.tap = ({ from, text }) =>
      from === '1002' && /CSeq: \d+ INVITE/.test(text) ? text.replace(/^SIP\/2\.0 200 OK/, 'SIP/2.0 481 Gone') : text;
    wire.mend('1001');
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'line-lost' });
  });

  it('answers a ringing call over the next connection', async () => {
    const [alice, bob] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
    await alice.expectDone({ type: 'call.dial', callId: 'a', target: '1002' });
    const { callId: bobCall } = await bob.ringing();
    wire.cut('1002');
    await bob.lineState('reconnecting');
    const answered = bob.expectDone({ type: 'call.answer', callId: bobCall });
    wire.mend('1002');
    await answered;
    await Promise.all([alice.event('a', 'media-confirmed'), bob.event(bobCall, 'media-confirmed')]);
    expect(bob.events(bobCall).map(({ type }) => type)).toEqual(['media-confirmed']);
  });

  it('takes the answer to its own INVITE over the next connection', async () => {
    const [alice, bob] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
    await alice.expectDone({ type: 'call.dial', callId: 'a', target: '1002' });
    const { callId: bobCall } = await bob.ringing();
    await alice.event('a', 'remote-ringing');
    wire.cut('1001');
    await alice.lineState('reconnecting');
    await bob.expectDone({ type: 'call.answer', callId: bobCall });
    wire.mend('1001');
    await Promise.all([alice.event('a', 'media-confirmed'), bob.event(bobCall, 'media-confirmed')]);
    expect(alice.events('a').map(({ type }) => type)).toEqual(['remote-ringing', 'remote-answered', 'media-confirmed']);
  });

  it('probes at once after the machine slept', async () => {
    const alice = await TestPhone.registered('1001');
    wire.stall('1001');
    await alice.expectDone({ type: 'line.probe' });
    expect(await alice.lineState('reconnecting', 2_000)).toBe(true);
    wire.mend('1001');
    await alice.expectDone({ type: 'line.probe' });
    expect(await alice.lineState('registered', 2_000)).toBe(true);
  });
});
