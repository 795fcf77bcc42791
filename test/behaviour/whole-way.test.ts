import { expect, test } from 'vitest';
import { loudness, toneLevel } from '../rig/tones';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import type { TestPhone } from '../telephony/test-phone';
import { anExtension, aQueue, useCentre } from './centre';

const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1001'] })],
  extensions: ['1001', '1002', '1004'].map(extension => anExtension(extension)),
});
const [anna, ben, cleo, customerHz] = [600, 900, 1100, 440];

/** A call of `from` to `to`, who answers. */
async function asks(from: TestPhone, to: TestPhone): Promise<{ consult: PhoneCall; asked: PhoneCall; callId: string }> {
  const started = centre.of('call-started').length;
  const index = to.incomingCount;
  const consult = await from.dial(to.options.extension);
  const asked = await to.incoming(index);
  await asked.answer();
  await until('they talk', () => consult.media.heard.level(asked.media.hz) > 3000);
  return { consult, asked, callId: centre.of('call-started')[started]?.callId ?? '' };
}

test('the recording covers the customer’s whole way: talk, blind, hold, attended, conference, and who is left', async () => {
  const [first, second, third] = [
    await centre.phone('1001', { hz: anna }),
    await centre.phone('1002', { hz: ben }),
    await centre.phone('1004', { hz: cleo }),
  ];
  const { customer, call } = await centre.talking(first);
  await centre.engine.setMemberPaused('1001', true, 'pause');
  const moments: { readonly at: number; readonly tones: readonly number[] }[] = [];
  /** A second in which the customer hears these and nobody else. */
  const hears = async (...tones: readonly number[]): Promise<void> => {
    const others = [anna, ben, cleo].filter(hz => !tones.includes(hz));
    await until(`hears ${tones.join(', ') || 'music'}`, () => {
      const { heard } = customer;
      const isMusic = tones.length > 0 || heard.rms() > 100;
      return isMusic && tones.every(hz => heard.level(hz) > 5000) && others.every(hz => heard.level(hz) < 100);
    });
    moments.push({ at: Date.now(), tones });
  };

  await centre.event('recording-started');
  const packets = call.media.packetsReceived;
  await until('a second of talk', () => call.media.packetsReceived > packets + 50);
  await hears(anna);
  await call.refer('1002');
  const blind = await second.incoming();
  await blind.answer();
  await hears(ben);
  await blind.reinvite('sendonly');
  const { consult, asked } = await asks(second, third);
  await hears();
  await blind.referTo(consult, '1004');
  await hears(cleo);
  const again = await asks(third, first);
  await centre.engine.mergeCalls(customer.callId, again.callId);
  await hears(cleo, anna);
  asked.hangUp();
  await hears(anna);
  customer.hangUp();

  const finished = await centre.event('recording-finished', ({ callId }) => callId === customer.callId);
  const [started, ...more] = centre.of('recording-started', ({ callId }) => callId === customer.callId);
  expect(more).toEqual([]);
  const { channels, sampleRate } = centre.recordingOf(finished);
  const [said = new Int16Array(), heard = new Int16Array()] = channels;
  for (const { at, tones } of moments) {
    const upTo = ((at - (started?.at ?? 0)) * sampleRate) / 1000;
    const part = (samples: Int16Array): Int16Array =>
      samples.subarray(upTo - 0.5 * sampleRate, upTo - 0.2 * sampleRate);
    expect(upTo, 'half a second of it').toBeGreaterThan(0.5 * sampleRate);
    const level = (hz: number): number => toneLevel(part(heard), sampleRate, hz);
    expect(toneLevel(part(said), sampleRate, customerHz), `the customer, with ${tones.join()}`).toBeGreaterThan(0.12);
    expect([anna, ben, cleo].filter(hz => level(hz) > 0.05)).toEqual(
      [anna, ben, cleo].filter(hz => tones.includes(hz)),
    );
    expect(loudness(part(heard))).toBeGreaterThan(0.005);
  }
}, 60_000);
