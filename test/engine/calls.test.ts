import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSipWire, methodOf } from '../fakes/fake-sip-wire';
import {
  closePhones,
  energyWithin,
  hears,
  packetsReceived,
  packetsSent,
  peerConnections,
  TestPhone,
  twoInACall,
} from './test-phone';

let wire: FakeSipWire;
let uninstall: () => void;
beforeEach(() => {
  wire = new FakeSipWire();
  uninstall = wire.install();
});
afterEach(async () => {
  await closePhones();
  uninstall();
});

/** The connection that was made to answer an offer; others are spares for the next number to be dialled. */
const answering = (before: number): Promise<RTCPeerConnection> =>
  vi.waitFor(() => {
    const found = peerConnections.slice(before).find(({ remoteDescription }) => remoteDescription?.type === 'offer');
    if (found === undefined) throw new Error('nobody answers yet');
    return found;
  });

/** 1001 rings at 1002. */
async function ringing(): Promise<{ alice: TestPhone; bob: TestPhone; aliceCall: string; bobCall: string }> {
  const [alice, bob] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
  const aliceCall = crypto.randomUUID();
  await alice.expectDone({ type: 'call.dial', callId: aliceCall, target: '1002' });
  const { callId: bobCall } = await bob.ringing();
  await alice.event(aliceCall, 'remote-ringing');
  return { alice, bob, aliceCall, bobCall };
}

describe('a call between two phones', () => {
  it('is dialled, rings, is answered and heard on both sides, and ends', async () => {
    const { alice, bob, aliceCall, bobCall, alicePeer, bobPeer } = await twoInACall();
    await Promise.all([hears(alicePeer), hears(bobPeer)]);
    expect(alice.events(aliceCall).map(({ type }) => type)).toEqual([
      'remote-ringing',
      'remote-answered',
      'media-confirmed',
    ]);
    await bob.expectDone({ type: 'call.hang-up', callId: bobCall });
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'completed' });
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'completed' });
    expect(alicePeer.connectionState).toBe('closed');
  });

  it('shows who calls and from which queue, cleaned, before anything else is done', async () => {
    wire.inviteHeaders = ['X-Queue: Conseil%20client%C3%A8le', 'X-Call-Id: c-77'];
    const { bob } = await ringing();
    const invite = await bob.ringing();
    expect(invite).toMatchObject({
      remote: { number: '1001', name: 'Agent 1001' },
      queueName: 'Conseil clientèle',
      centralCallId: 'c-77',
    });
  });

  it('sends no sound before the answer, and its 200 within a few ms after', async () => {
    wire.inviteHeaders = ['X-Media-While-Ringing: yes'];
    const before = peerConnections.length;
    const { alice, bob, aliceCall, bobCall } = await ringing();
    const alicePeer = peerConnections[before];
    if (alicePeer === undefined) throw new Error('no peer connection');
    const bobPeer = await answering(before);
    await alice.event(aliceCall, 'early-media-started');
    // ICE and DTLS come up while it rings …
    await vi.waitFor(() => expect(bobPeer.connectionState).toBe('connected'), { timeout: 5_000, interval: 10 });
    await energyWithin(alicePeer, 500);
    // … but nothing of the agent leaves.
    expect(bobPeer.getSenders().map(({ track }) => track)).toEqual([null]);
    expect(await packetsSent(bobPeer)).toBe(0);
    const clickedAt = performance.now();
    const answered = bob.expectDone({ type: 'call.answer', callId: bobCall });
    await vi.waitFor(
      () => expect(wire.sent('1002', '200').some(({ text }) => /CSeq: \d+ INVITE/.test(text))).toBe(true),
      { interval: 1 },
    );
    const ok = wire.sent('1002', '200').find(({ text }) => /CSeq: \d+ INVITE/.test(text));
    expect((ok?.at ?? Infinity) - clickedAt).toBeLessThan(15);
    await answered;
    await bob.event(bobCall, 'media-confirmed');
    await hears(alicePeer);
    const early = wire.sent('1002', '183')[0]?.text.split('\r\n\r\n')[1];
    expect(ok?.text.split('\r\n\r\n')[1]).toBe(early);
  });

  it('prepares the answer without 183 for a server that did not ask for early media', async () => {
    const before = peerConnections.length;
    const { bob, bobCall } = await ringing();
    const bobPeer = await answering(before);
    await vi.waitFor(() => expect(bobPeer.signalingState).toBe('stable'));
    await vi.waitFor(() => expect(bobPeer.localDescription?.type).toBe('answer'));
    expect(wire.sent('1002', '183')).toHaveLength(0);
    await bob.expectDone({ type: 'call.answer', callId: bobCall });
    await bob.event(bobCall, 'media-confirmed');
  });

  it('sends the INVITE on the first candidate', async () => {
    const [alice] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
    const clickedAt = performance.now();
    const callId = crypto.randomUUID();
    await alice.expectDone({ type: 'call.dial', callId, target: '1002' });
    // Plain JsSIP: 120 ms and more.
    expect((wire.sent('1001', 'INVITE')[0]?.at ?? Infinity) - clickedAt).toBeLessThan(80);
    expect(alice.reports.some(report => report.type === 'invite-sent' && report.callId === callId)).toBe(true);
  });

  it('sends an offer that is ready in the same instant, hears and is heard, and has the next one ready again', async () => {
    const before = peerConnections.length;
    const [alice, bob] = await Promise.all([TestPhone.registered('1001'), TestPhone.registered('1002')]);
    const spares = (): RTCPeerConnection[] =>
      peerConnections
        .slice(before)
        .filter(
          ({ iceGatheringState, signalingState }) => iceGatheringState === 'complete' && signalingState !== 'closed',
        );
    await vi.waitFor(() => expect(spares()).toHaveLength(2), { timeout: 5_000 });
    const callId = crypto.randomUUID();
    const clickedAt = performance.now();
    await alice.expectDone({ type: 'call.dial', callId, target: '1002' });
    expect((wire.sent('1001', 'INVITE')[0]?.at ?? Infinity) - clickedAt).toBeLessThan(20);
    const { callId: bobCall } = await bob.ringing();
    const bobPeer = await answering(before);
    await bob.expectDone({ type: 'call.answer', callId: bobCall });
    await alice.event(callId, 'media-confirmed');
    const alicePeer = spares().find(
      ({ connectionState, localDescription }) => connectionState === 'connected' && localDescription?.type === 'offer',
    );
    if (alicePeer === undefined) throw new Error('the spare was not used');
    await Promise.all([hears(alicePeer), hears(bobPeer)]);
    await vi.waitFor(() => expect(spares()).toHaveLength(4), { timeout: 5_000 }); // two in the call, two for the next
  });

  it('keeps the offer that is ready when the microphone fails: no connection is left open behind a call that never was', async () => {
    const before = peerConnections.length;
    const phone = new TestPhone('1001');
    await phone.connect();
    await phone.lineState('registered');
    const open = (): RTCPeerConnection[] =>
      peerConnections.slice(before).filter(({ signalingState }) => signalingState !== 'closed');
    const isReady = (): void => expect(open().map(({ iceGatheringState }) => iceGatheringState)).toEqual(['complete']);
    await vi.waitFor(isReady, { timeout: 5_000 });
    const denied = vi
      .spyOn(navigator.mediaDevices, 'getUserMedia')
      .mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    for (const callId of ['a', 'b', 'c'])
      expect(await phone.command({ type: 'call.dial', callId, target: '1002' })).toMatchObject({
        code: 'microphone/denied',
      });
    denied.mockRestore();
    const address = /^a=ice-ufrag:.*$/m.exec(open()[0]?.localDescription?.sdp ?? '')?.[0] ?? 'none';
    await phone.expectDone({ type: 'call.dial', callId: 'd', target: '1002' });
    expect(wire.sent('1001', 'INVITE')[0]?.text).toContain(address);
  });

  it('declines, and says so', async () => {
    const { alice, bob, aliceCall, bobCall } = await ringing();
    await bob.expectDone({ type: 'call.decline', callId: bobCall, sipCode: 486 });
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'rejected', sipCode: 486 });
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'busy', sipCode: 486 });
  });

  it('ends when the caller gives up, also between click and answer', async () => {
    const { alice, bob, aliceCall, bobCall } = await ringing();
    await alice.expectDone({ type: 'call.hang-up', callId: aliceCall });
    expect(await alice.event(aliceCall, 'ended')).toMatchObject({ cause: 'agent-cancelled' });
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'caller-cancelled' });
    expect(await bob.command({ type: 'call.answer', callId: bobCall })).toMatchObject({
      type: 'failed',
      code: 'call/unknown',
    });
  });

  it('ends both sides when CANCEL crosses the 200', async () => {
    const { alice, bob, aliceCall, bobCall } = await ringing();
    // The CANCEL never arrives: the 200 was first.
    wire.tap = ({ text }) => (methodOf(text) === 'CANCEL' ? null : text);
    await alice.expectDone({ type: 'call.hang-up', callId: aliceCall });
    await bob.expectDone({ type: 'call.answer', callId: bobCall });
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'completed' });
    expect(wire.sent('1001', 'ACK')).toHaveLength(1);
    expect(wire.sent('1001', 'BYE')).toHaveLength(1);
  });

  it('knows a call that another phone took', async () => {
    const { alice, bob, aliceCall, bobCall } = await ringing();
    wire.tap = ({ text }) =>
      methodOf(text) === 'CANCEL'
        ? text.replace('\r\n', '\r\nReason: SIP;cause=200;text="Call completed elsewhere"\r\n')
        : text;
    await alice.expectDone({ type: 'call.hang-up', callId: aliceCall });
    expect(await bob.event(bobCall, 'ended')).toMatchObject({ cause: 'answered-elsewhere' });
  });

  it('says why a number could not be reached', async () => {
    const alice = await TestPhone.registered('1001');
    const callId = crypto.randomUUID();
    await alice.expectDone({ type: 'call.dial', callId, target: '4711' });
    expect(await alice.event(callId, 'ended')).toMatchObject({ cause: 'not-found', sipCode: 404 });
  });

  it('takes a second call and tells a third busy', async () => {
    const { bob, bobCall } = await twoInACall();
    const [carol, dave] = await Promise.all([TestPhone.registered('1003'), TestPhone.registered('1004')]);
    await carol.expectDone({ type: 'call.dial', callId: 'second', target: '1002' });
    await bob.ringing(2);
    await dave.expectDone({ type: 'call.dial', callId: 'third', target: '1002' });
    expect(await dave.event('third', 'ended')).toMatchObject({ cause: 'busy', sipCode: 486 });
    expect(bob.events(bobCall).some(({ type }) => type === 'ended')).toBe(false);
    expect(bob.reports.filter(({ type }) => type === 'invite-received')).toHaveLength(2);
    expect(await bob.command({ type: 'call.dial', callId: 'fourth', target: '1003' })).toMatchObject({
      code: 'call/already-two',
    });
  });

  it('refuses to dial without a line and without a microphone, and goes on ringing when the microphone fails at the answer', async () => {
    const alone = new TestPhone('1009');
    expect(await alone.command({ type: 'call.dial', callId: 'x', target: '1001' })).toMatchObject({
      code: 'line/not-ready',
    });

    const alice = await TestPhone.registered('1001');
    const bob = new TestPhone('1002');
    await bob.connect();
    await bob.lineState('registered');
    const aliceCall = crypto.randomUUID();
    await alice.expectDone({ type: 'call.dial', callId: aliceCall, target: '1002' });
    const { callId: bobCall } = await bob.ringing();
    const open = vi
      .spyOn(navigator.mediaDevices, 'getUserMedia')
      .mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    expect(await bob.command({ type: 'call.answer', callId: bobCall })).toMatchObject({ code: 'microphone/denied' });
    await bob.event(bobCall, 'answer-failed');
    expect(alice.events(aliceCall).some(({ type }) => type === 'ended')).toBe(false);
    open.mockRestore();
    await bob.expectDone({ type: 'call.answer', callId: bobCall });
    await bob.event(bobCall, 'media-confirmed');
  });
});

describe('during a call', () => {
  it('holds and resumes, silent on both sides meanwhile', async () => {
    const { alice, bob, aliceCall, bobCall, bobPeer } = await twoInACall();
    const talking = await energyWithin(bobPeer, 1_100);
    expect(talking).toBeGreaterThan(1e-3);
    await alice.expectDone({ type: 'call.hold', callId: aliceCall });
    expect(await alice.event(aliceCall, 'held')).toMatchObject({ by: 'agent' });
    expect(await bob.event(bobCall, 'held')).toMatchObject({ by: 'remote' });
    expect(wire.sent('1001', 'INVITE').at(-1)?.text).toContain('a=sendonly');
    await energyWithin(bobPeer, 500); // what was on its way
    expect(await energyWithin(bobPeer, 1_100)).toBeLessThan(talking / 100);
    await alice.expectDone({ type: 'call.resume', callId: aliceCall });
    expect(await bob.event(bobCall, 'resumed')).toMatchObject({ by: 'remote' });
    await hears(bobPeer);
  });

  it('mutes, reported from the track, and keeps it through a hold', async () => {
    const { alice, aliceCall, alicePeer, bobPeer } = await twoInACall();
    const talking = await energyWithin(bobPeer, 1_100);
    await alice.expectDone({ type: 'call.mute', callId: aliceCall, isMuted: true });
    expect(alicePeer.getSenders()[0]?.track?.enabled).toBe(false);
    expect(alice.reports.findLast(report => report.type === 'mute')).toMatchObject({ isMuted: true });
    await energyWithin(bobPeer, 500);
    expect(await energyWithin(bobPeer, 1_100)).toBeLessThan(talking / 100);
    await alice.expectDone({ type: 'call.hold', callId: aliceCall });
    await alice.expectDone({ type: 'call.resume', callId: aliceCall });
    expect(alicePeer.getSenders()[0]?.track?.enabled).toBe(false);
    expect(alice.reports.findLast(report => report.type === 'mute')).toMatchObject({ isMuted: true });
    await alice.expectDone({ type: 'call.mute', callId: aliceCall, isMuted: false });
    await hears(bobPeer);
  });

  it('sends digits as RFC 4733 events, also while the line is down', async () => {
    const { alice, aliceCall, alicePeer } = await twoInACall();
    const dtmf = alicePeer.getSenders()[0]?.dtmf;
    const tones: string[] = [];
    dtmf?.addEventListener('tonechange', event => tones.push(event.tone));
    await alice.expectDone({ type: 'call.dtmf', callId: aliceCall, digits: '12#' });
    await vi.waitFor(() => expect(tones).toEqual(['1', '2', '#', '']), { timeout: 3_000 });
    expect(wire.sent('1001', 'INFO')).toHaveLength(0);
    wire.cut('1001');
    await alice.lineState('reconnecting');
    await alice.expectDone({ type: 'call.dtmf', callId: aliceCall, digits: '5' });
    await vi.waitFor(() => expect(tones).toEqual(['1', '2', '#', '', '5', '']), { timeout: 3_000 });
  });

  it('settles a collision of two holds (491)', async () => {
    const { alice, bob, aliceCall, bobCall } = await twoInACall();
    await Promise.all([
      alice.expectDone({ type: 'call.hold', callId: aliceCall }),
      bob.expectDone({ type: 'call.hold', callId: bobCall }),
    ]);
    expect(wire.frames.some(({ text }) => methodOf(text) === '491')).toBe(true);
    await Promise.all([alice.event(aliceCall, 'held', 2), bob.event(bobCall, 'held', 2)]);
    await alice.expectDone({ type: 'call.resume', callId: aliceCall });
    await bob.expectDone({ type: 'call.resume', callId: bobCall });
    expect([alice.events(aliceCall), bob.events(bobCall)].flat().some(({ type }) => type === 'ended')).toBe(false);
  });

  it('keeps the call when the other side refuses the hold', async () => {
    const { alice, aliceCall, bobPeer } = await twoInACall();
    wire.tap = ({ from, text }) =>
      from === '1002' && /CSeq: \d+ INVITE/.test(text)
        ? text.replace(/^SIP\/2\.0 200 OK/, 'SIP/2.0 488 Not Acceptable Here')
        : text;
    expect(await alice.command({ type: 'call.hold', callId: aliceCall })).toMatchObject({
      type: 'failed',
      code: 'call/failed',
    });
    wire.tap = ({ text }) => text;
    await hears(bobPeer);
    expect(alice.events(aliceCall).some(({ type }) => type === 'held' || type === 'ended')).toBe(false);
  });

  it('reports quality, and levels only while somebody looks', async () => {
    const { alice, aliceCall } = await twoInACall();
    const report = await alice.waitFor('quality', reports =>
      reports.find(each => each.type === 'quality' && each.callId === aliceCall),
    );
    expect(report).toMatchObject({ quality: { codec: expect.stringMatching(/opus/i) } });
    expect(alice.reports.some(({ type }) => type === 'levels')).toBe(false);
    await alice.expectDone({ type: 'audio.watch-levels', isOn: true });
    await alice.waitFor('a loud level', reports => reports.find(each => each.type === 'levels' && each.speaker > 0.3));
    await alice.expectDone({ type: 'audio.watch-levels', isOn: false });
  });

  it('changes the microphone without losing mute', async () => {
    const { alice, aliceCall, alicePeer, bobPeer } = await twoInACall();
    await alice.expectDone({ type: 'call.mute', callId: aliceCall, isMuted: true });
    const old = alicePeer.getSenders()[0]?.track;
    const devices = alice.reports.findLast(report => report.type === 'audio-devices');
    const microphone = devices?.audio.devices.find(({ kind }) => kind === 'microphone');
    expect(microphone).toBeDefined();
    await alice.expectDone({
      type: 'audio.choose',
      microphoneId: microphone?.id ?? null,
      speakerId: null,
      ringerId: null,
      ringVolume: 0.1,
      ringTone: 'soft',
      autoGainControl: false,
      noiseSuppression: true,
      echoCancellation: true,
    });
    const now = alicePeer.getSenders()[0]?.track;
    expect(now).not.toBe(old);
    expect(now?.enabled).toBe(false);
    await alice.waitFor('the device in use', reports =>
      reports.findLast(each => each.type === 'audio-devices')?.audio.inUse.microphoneId === microphone?.id
        ? true
        : undefined,
    );
    await alice.expectDone({ type: 'call.mute', callId: aliceCall, isMuted: false });
    await hears(bobPeer);
    expect(await packetsReceived(bobPeer)).toBeGreaterThan(0);
  });

  it('says when nothing is heard any more, and when it is heard again', async () => {
    const { alice, aliceCall, bobPeer } = await twoInACall();
    const sender = bobPeer.getSenders()[0];
    const voice = sender?.track ?? null;
    await sender?.replaceTrack(null);
    const interrupted = await alice.waitFor('the interruption', reports =>
      reports.find(({ type }) => type === 'media'),
    );
    expect(interrupted).toMatchObject({ callId: aliceCall, isInterrupted: true });
    await sender?.replaceTrack(voice);
    const back = await alice.waitFor('the end of it', reports => reports.filter(({ type }) => type === 'media')[1]);
    expect(back).toMatchObject({ isInterrupted: false });
    expect(alice.events(aliceCall).some(({ type }) => type === 'ended')).toBe(false);
  });

  it('goes on with another microphone when the one in use is unplugged', async () => {
    const opened: MediaStreamTrack[] = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const spy = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async constraints => {
      const stream = await real(constraints);
      opened.push(...stream.getAudioTracks());
      return stream;
    });
    const { bobPeer, alicePeer } = await twoInACall();
    expect(opened).toHaveLength(2);
    const before = [alicePeer, bobPeer].map(peer => peer.getSenders()[0]?.track);
    // The event that Chromium fires when the device goes away.
    opened.forEach(track => track.dispatchEvent(new Event('ended')));
    await vi.waitFor(() => expect(opened).toHaveLength(4));
    await vi.waitFor(() => {
      expect(alicePeer.getSenders()[0]?.track).not.toBe(before[0]);
      expect(bobPeer.getSenders()[0]?.track).not.toBe(before[1]);
    });
    spy.mockRestore();
    await hears(bobPeer);
  });
});
