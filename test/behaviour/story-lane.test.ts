import { expect, test } from 'vitest';
import { storyLane } from '../../src-shared/story/story-lane';
import { storyAfter } from '../builders/a-told-story';
import { loudness, toneIn } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type Customer, useCentre } from './centre';

const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1001'] })],
  extensions: ['1001', '2001'].map(extension => anExtension(extension)),
});
const [agentHz, colleagueHz] = [600, 900];
const toleranceMs = 250;

/** Long enough to be a piece of the recording: so many packets of 20 ms. */
async function aWhile({ media }: PhoneCall, packets = 25): Promise<void> {
  const { packetsReceived } = media;
  await until('time passes', () => media.packetsReceived > packetsReceived + packets);
}
const hearsAgent = ({ heard }: Customer) => until('the agent is heard', () => heard.level(agentHz) > 5000);
const hearsMusic = ({ heard }: Customer) =>
  until('only music is heard', () => heard.level(agentHz) < 100 && heard.rms() > 100);

/** What is marked beside the recording of a call that is over, and what the customer heard in it. */
async function recorded({ callId }: Customer) {
  const { recordingId: id, at: startedAt } = await centre.event(
    'recording-started',
    started => started.callId === callId,
  );
  const finished = await centre.event('recording-finished', each => each.recordingId === id);
  await centre.event('call-ended', ended => ended.callId === callId);
  const { channels, sampleRate } = centre.recordingOf(finished);
  const heard = channels[1] ?? new Int16Array();
  const marks = storyLane(storyAfter(centre.events, { callId }), { id, startedAt, durationMs: finished.durationMs });
  return {
    marked: (kind: string, number?: string) => {
      const found = marks.filter(mark => mark.kind === kind && (number ?? mark.party?.number) === mark.party?.number);
      if (found.length !== 1) throw new Error(`${found.length} marks of ${kind}`);
      return { fromMs: found[0]?.atMs, toMs: found[0]?.toMs ?? undefined };
    },
    tone: (hz: number) => toneIn(heard, sampleRate, hz),
    /** Where the last sound before this moment ends. */
    soundEndsBefore: (ms: number): number => {
      const window = sampleRate / 50;
      for (let n = Math.floor(ms / 20); n > 0; n -= 1)
        if (loudness(heard.subarray((n - 1) * window, n * window)) > 0.002) return n * 20;
      return 0;
    },
  };
}

function expectNear(what: string, markMs: number | undefined, soundMs: number | undefined): void {
  const difference = Math.abs((markMs ?? Infinity) - (soundMs ?? Infinity));
  expect(difference, `${what}: marked at ${markMs}, heard at ${soundMs}`).toBeLessThanOrEqual(toleranceMs);
}

test('a key, hold and transfer are marked where the customer hears another sound', async () => {
  const colleague = await centre.phone('2001', { hz: colleagueHz });
  const { customer, call } = await centre.talking(await centre.phone('1001', { hz: agentHz }));
  await hearsAgent(customer);
  await aWhile(call);
  // Silent from the key on: nothing else is heard of it.
  call.media.isMuted = true;
  call.media.sendKey(5);
  await centre.event('dtmf');
  await aWhile(call);
  call.media.isMuted = false;
  await hearsAgent(customer);
  await aWhile(call);
  await call.reinvite('sendonly');
  await hearsMusic(customer);
  await call.reinvite('sendrecv');
  await hearsAgent(customer);
  await aWhile(call);
  await call.refer('2001');
  const sent = await colleague.incoming();
  await hearsMusic(customer);
  await sent.answer();
  await until('the colleague is heard', () => customer.heard.level(colleagueHz) > 5000);
  await aWhile(sent);
  sent.hangUp();

  const { marked, tone, soundEndsBefore } = await recorded(customer);
  const { heard, gaps } = tone(agentHz);
  expect(gaps).toHaveLength(2);
  expectNear('the key', marked('key').fromMs, gaps[0]?.fromMs);
  expectNear('held', marked('hold').fromMs, gaps[1]?.fromMs);
  expectNear('resumed', marked('hold').toMs, gaps[1]?.toMs);
  expectNear('sent on', marked('transfer').fromMs, heard.toMs);
  // Who answers agrees on keys before anything is heard: it is the music that ends.
  expectNear('taken over', marked('transfer').toMs, soundEndsBefore(tone(colleagueHz).heard.fromMs));
  expectNear('joined', marked('joined', '2001').fromMs, marked('transfer').toMs);
});

test('a supervisor who is asked, joins and stays is marked where the customer hears them, and the agent no more', async () => {
  const supervisor = await centre.phone('2001', { hz: colleagueHz });
  const phone = await centre.phone('1001', { hz: agentHz });
  const { customer, call } = await centre.talking(phone);
  await hearsAgent(customer);
  await aWhile(call);
  await call.reinvite('sendonly');
  const consult = await phone.dial('2001');
  const asked = await supervisor.incoming();
  await asked.answer();
  await until('they talk', () => consult.media.heard.level(colleagueHz) > 3000);
  await hearsMusic(customer);
  const consultCallId = centre.of('call-started').at(-1)?.callId ?? '';
  await centre.joined(consultCallId, '2001');
  await call.reinvite('sendrecv');
  await centre.engine.mergeCalls(customer.callId, consultCallId);
  const hearsBoth = () => customer.heard.level(agentHz) > 3000 && customer.heard.level(colleagueHz) > 3000;
  await until('the customer hears both', hearsBoth);
  await aWhile(asked);
  call.hangUp();
  await until('the agent is heard no more', () => customer.heard.level(agentHz) < 300);
  await aWhile(asked);
  asked.hangUp();

  const { marked, tone } = await recorded(customer);
  const joined = tone(colleagueHz).heard.fromMs;
  expectNear('joined', marked('joined', '2001').fromMs, joined);
  expectNear('three are together', marked('conference').fromMs, joined);
  expectNear('left', marked('left', '1001').fromMs, tone(agentHz).heard.toMs);
});
