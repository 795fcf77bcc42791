import { expect, test } from 'vitest';
import { toneLevel } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type Customer, useCentre } from './centre';

const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1001'] })],
  extensions: ['1001', '1002', '1003'].map(extension => anExtension(extension)),
});

interface Conference {
  readonly customer: Customer;
  /** The agent's leg in the room, and the phone call of the colleague who was brought in. */
  readonly agent: PhoneCall;
  readonly colleague: PhoneCall;
  readonly consultCallId: string;
}

const hears = ({ media }: PhoneCall, hz: number): boolean => media.heard.level(hz) > 3000;

/** A customer (440 Hz), its agent 1001 (600) and a colleague 1002 (900) in one room. */
async function conferring(): Promise<Conference> {
  const phone = await centre.phone('1001', { hz: 600 });
  const other = await centre.phone('1002', { hz: 900 });
  const { customer, call: agent } = await centre.talking(phone);
  await agent.reinvite('sendonly');
  const consult = await phone.dial('1002');
  const colleague = await other.incoming();
  await colleague.answer();
  await until('they talk', () => hears(consult, 900) && hears(colleague, 600));
  const consultCallId = centre.of('call-started').at(-1)?.callId ?? '';
  await centre.joined(consultCallId, '1002');
  await agent.reinvite('sendrecv');
  await centre.engine.mergeCalls(customer.callId, consultCallId);
  await until('the agent’s second call ends', () => consult.state === 'ended');
  await until(
    'everybody hears everybody',
    () =>
      hears(agent, 440) &&
      hears(agent, 900) &&
      hears(colleague, 440) &&
      hears(colleague, 600) &&
      customer.heard.level(600) > 3000 &&
      customer.heard.level(900) > 3000,
  );
  return { customer, agent, colleague, consultCallId };
}

const legOf = (callId: string, number: string): string =>
  centre.of('leg-started', leg => leg.callId === callId && leg.number === number).at(-1)?.legId ?? '';

test('everybody hears everybody and nobody himself; the consultation call has gone over', async () => {
  const { customer, agent, colleague, consultCallId } = await conferring();
  await until('nobody hears himself', () => {
    const own = [agent.media.heard.level(600), colleague.media.heard.level(900), customer.heard.level(440)];
    return own.every(level => level < 300);
  });
  expect(centre.of('conference-started')).toMatchObject([{ callId: customer.callId }]);
  expect(await centre.event('call-ended')).toMatchObject({ callId: consultCallId, cause: 'transferred' });
  const left = centre.of('leg-ended', ({ callId }) => callId === consultCallId);
  expect(left.map(({ cause }) => cause)).toEqual(['transferred', 'transferred']);
  const brought = legOf(customer.callId, '1002');
  expect(centre.of('leg-answered', ({ legId }) => legId === brought)).toMatchObject([{ callId: customer.callId }]);
  expect(agent.state).toBe('confirmed');
  expect(colleague.state).toBe('confirmed');
});

test('the agent leaves: customer and colleague go on as two, and the last one alone is let go', async () => {
  const { customer, agent, colleague } = await conferring();
  agent.hangUp();
  expect(await centre.event('conference-ended')).toMatchObject({ callId: customer.callId });
  await until('they hear each other only', () => hears(colleague, 440) && colleague.media.heard.level(600) < 300);
  expect(await centre.event('leg-ended', ({ callId }) => callId === customer.callId)).toMatchObject({
    cause: 'completed',
  });
  colleague.hangUp();
  expect(await centre.event('call-ended', ({ callId }) => callId === customer.callId)).toMatchObject({
    cause: 'completed',
  });
  await until('the customer is let go', () => customer.state === 'ended');
});

test('the customer leaves: the two agents go on', async () => {
  const { customer, agent, colleague } = await conferring();
  customer.hangUp();
  await centre.event('conference-ended');
  await until('they hear each other only', () => hears(agent, 900) && agent.media.heard.level(440) < 300);
  expect(colleague.state).toBe('confirmed');
  agent.hangUp();
  await centre.event('call-ended', ({ callId }) => callId === customer.callId);
  await until('BYE', () => colleague.state === 'ended');
});

test('one is muted for everybody, and is heard again', async () => {
  const { customer, agent, colleague } = await conferring();
  const legId = legOf(customer.callId, '1002');
  await centre.engine.setPartyMuted(customer.callId, legId, true);
  await centre.engine.setPartyMuted(customer.callId, legId, true);
  await until(
    'nobody hears the colleague',
    () => customer.heard.level(900) < 300 && agent.media.heard.level(900) < 300,
  );
  await until('the colleague hears the others all the same', () => hears(colleague, 440) && hears(colleague, 600));
  await centre.engine.setPartyMuted(customer.callId, legId, false);
  await until('heard again', () => customer.heard.level(900) > 3000 && hears(agent, 900));
  expect(centre.of('leg-muted')).toMatchObject([{ callId: customer.callId, legId }]);
  expect(centre.of('leg-unmuted')).toMatchObject([{ callId: customer.callId, legId }]);
});

test('one who holds brings no music into the room, and comes back', async () => {
  const { customer, agent, colleague } = await conferring();
  colleague.media.isMuted = true; // as a phone does that holds
  await colleague.reinvite('sendonly');
  await centre.event('leg-held', ({ legId }) => legId === legOf(customer.callId, '1002'));
  const isPure = ({ rms, level }: { rms: number; level: number }): boolean => Math.abs(rms * Math.SQRT2 - level) < 600;
  await until('the two others hear each other and nothing else', () => {
    const { heard } = customer;
    return (
      hears(agent, 440) &&
      agent.media.heard.level(900) < 300 &&
      heard.level(900) < 300 &&
      heard.level(600) > 3000 &&
      isPure({ rms: heard.rms(), level: heard.level(600) })
    );
  });
  colleague.media.isMuted = false;
  await colleague.reinvite('sendrecv');
  await until('all three again', () => customer.heard.level(900) > 3000 && hears(colleague, 440) && hears(agent, 900));
  expect(centre.of('conference-ended')).toEqual([]);
});

test('who speaks is told, and who is silent, muted or alone does not', async () => {
  const { customer, agent, colleague } = await conferring();
  const [own, brought] = [legOf(customer.callId, '1001'), legOf(customer.callId, '1002')];
  const speak = (...legIds: readonly string[]): Promise<unknown> =>
    until(`these speak: ${legIds.join(', ')}`, () => {
      const last = centre.speaking.at(-1);
      return last?.callId === customer.callId && last.legIds.toSorted().join() === legIds.toSorted().join();
    });
  const customerLeg = centre.of('leg-started', ({ role }) => role === 'customer')[0]?.legId ?? '';
  await speak(customerLeg, own, brought);
  colleague.media.isMuted = true;
  await speak(customerLeg, own);
  colleague.media.isMuted = false;
  await speak(customerLeg, own, brought);
  await centre.engine.setPartyMuted(customer.callId, own, true);
  await speak(customerLeg, brought);
  agent.hangUp();
  await centre.event('conference-ended');
  expect(await speak()).toBe(true);
});

test('one is put out, the others go on', async () => {
  const { customer, agent, colleague } = await conferring();
  const legId = legOf(customer.callId, '1002');
  await centre.engine.dropParty(customer.callId, legId);
  await until('BYE', () => colleague.state === 'ended');
  expect(await centre.event('leg-ended', leg => leg.legId === legId)).toMatchObject({ cause: 'completed' });
  await centre.event('conference-ended');
  await until('they hear each other only', () => hears(agent, 440) && agent.media.heard.level(900) < 300);
  expect(customer.state).toBe('talking');
});

test('the recording goes on in the same file, with everybody in it', async () => {
  const { customer, agent, colleague } = await conferring();
  const packets = agent.media.packetsReceived;
  await until('half a second of talk', () => agent.media.packetsReceived > packets + 25);
  customer.hangUp();
  const finished = await centre.event('recording-finished', ({ callId }) => callId === customer.callId);
  expect(centre.of('recording-started', ({ callId }) => callId === customer.callId)).toHaveLength(1);
  const { channels, sampleRate } = centre.recordingOf(finished);
  const [said, heard] = channels.map(samples => samples.subarray(-0.4 * sampleRate, -0.1 * sampleRate));
  expect(toneLevel(said ?? none, sampleRate, 440)).toBeGreaterThan(0.05);
  expect(toneLevel(heard ?? none, sampleRate, 600)).toBeGreaterThan(0.05);
  expect(toneLevel(heard ?? none, sampleRate, 900)).toBeGreaterThan(0.05);
  expect([agent.state, colleague.state]).toEqual(['confirmed', 'confirmed']);
});

const none = new Int16Array();

test('what is over, unknown or still rings cannot be merged, and nothing changes', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const other = await centre.phone('1002');
  const { customer, call } = await centre.talking(phone);
  await expect(centre.engine.mergeCalls(customer.callId, 'nothing')).rejects.toMatchObject({ code: 'not-found' });
  await expect(centre.engine.mergeCalls('nothing', customer.callId)).rejects.toMatchObject({ code: 'not-found' });
  const consult = await phone.dial('1002');
  const ringing = await other.incoming();
  const { callId } = await until('second call', () => centre.of('call-started')[1]);
  await expect(centre.engine.mergeCalls(customer.callId, callId)).rejects.toMatchObject({ code: 'call/not-allowed' });
  await expect(centre.engine.dropParty(customer.callId, 'nobody')).rejects.toMatchObject({ code: 'not-found' });
  await expect(centre.engine.setPartyMuted('nothing', 'nobody', true)).rejects.toMatchObject({ code: 'not-found' });
  expect([consult.state, ringing.state]).toEqual(['early', 'early']);
  expect(centre.of('conference-started')).toEqual([]);
  await until('they still talk', () => hears(call, 440) && customer.heard.level(600) > 3000);
});
