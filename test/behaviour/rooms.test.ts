import { expect, test } from 'vitest';
import { AppError } from '../../src-shared/errors/app-error';
import type { PhoneCall } from '../telephony/phone-call';
import { until } from '../telephony/sip-socket';
import type { TestPhone } from '../telephony/test-phone';
import { anExtension, aQueue, type Customer, useCentre } from './centre';

const extensions = ['1001', '1002', '1003', '1004', '1005', '1006'];
const centre = useCentre({
  queues: [aQueue({ memberExtensions: ['1001'] })],
  extensions: extensions.map(extension => anExtension(extension)),
});
/** Who says which tone: each can tell the others apart. */
const toneOf = (extension: string): number => 500 + 150 * extensions.indexOf(extension);

async function consult(
  phone: TestPhone,
  target: TestPhone,
): Promise<{ callId: string; mine: PhoneCall; theirs: PhoneCall }> {
  const index = target.incomingCount;
  const started = centre.of('call-started').length;
  const mine = await phone.dial(target.options.extension);
  const theirs = await target.incoming(index);
  await theirs.answer();
  await until('both hear', () => mine.media.heard.level(theirs.media.hz) > 3000);
  const { callId } = centre.of('call-started')[started]!;
  await centre.joined(callId, target.options.extension);
  return { callId, mine, theirs };
}

interface Room {
  readonly customer: Customer;
  readonly agent: PhoneCall;
  readonly colleague: PhoneCall;
  readonly phones: readonly [TestPhone, TestPhone];
}
/** A customer, an agent and a colleague in one room. */
async function roomOfThree(): Promise<Room> {
  const phones = [
    await centre.phone('1001', { hz: toneOf('1001') }),
    await centre.phone('1002', { hz: toneOf('1002') }),
  ] as const;
  const { customer, call: agent } = await centre.talking(phones[0]);
  await agent.reinvite('sendonly');
  const { callId, mine, theirs: colleague } = await consult(phones[0], phones[1]);
  await centre.engine.mergeCalls(customer.callId, callId);
  await until('second leg let go', () => mine.state === 'ended');
  await agent.reinvite('sendrecv');
  return { customer, agent, colleague, phones };
}
const hears = (ear: { level(hz: number): number }, tones: readonly number[], not: readonly number[]): Promise<true> =>
  until(`hears ${tones.join(', ')} and not ${not.join(', ')}`, () =>
    tones.every(hz => ear.level(hz) > 3000) && not.every(hz => ear.level(hz) < 600) ? true : null,
  );
const [a, b, c] = [toneOf('1001'), toneOf('1002'), 440];
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('the last two of a room talk as in any other call: one of them may be sent away', async () => {
  const { customer, agent, colleague, phones } = await roomOfThree();
  await hears(customer.heard, [a, b], [c]);
  await hears(agent.media.heard, [b, c], [a]);
  await hears(colleague.media.heard, [a, c], [b]);
  colleague.hangUp();
  await centre.event('conference-ended');
  await hears(customer.heard, [a], [b]);
  await hears(agent.media.heard, [c], [b]);
  expect((await agent.refer('1002')).status).toBe(202);
  await until('outcome', () => agent.state === 'ended' || agent.notified.some(status => status >= 200));
  agent.leave();
  await (await phones[1].incoming(1)).answer();
  await hears(customer.heard, [b], [a]);
  customer.hangUp();
  expect((await centre.event('call-ended', ({ callId }) => callId === customer.callId)).cause).toBe('completed');
  expect(centre.of('recording-started')).toHaveLength(1);
  const { durationMs } = await centre.event('recording-finished');
  const lastedMs = centre.of('leg-ended').at(-1)!.at - centre.of('recording-started')[0]!.at;
  expect(Math.abs(durationMs - lastedMs)).toBeLessThan(400);
});

test('up to six, and not a seventh', async () => {
  const { customer, phones } = await roomOfThree();
  const others: PhoneCall[] = [];
  for (const extension of ['1003', '1004', '1005']) {
    const phone = await centre.phone(extension, { hz: toneOf(extension) });
    const { callId, mine, theirs } = await consult(phones[0], phone);
    await centre.engine.mergeCalls(customer.callId, callId);
    await until('second leg let go', () => mine.state === 'ended');
    others.push(theirs);
  }
  await hears(customer.heard, ['1001', '1002', '1003', '1004', '1005'].map(toneOf), [440]);
  await hears(others[2]!.media.heard, [c, a, b, toneOf('1003'), toneOf('1004')], [toneOf('1005')]);
  const sixth = await centre.phone('1006', { hz: toneOf('1006') });
  const { callId, theirs } = await consult(phones[0], sixth);
  expect(await codeOf(centre.engine.mergeCalls(customer.callId, callId))).toBe('conference/full');
  expect(theirs.state).toBe('confirmed');
  expect(centre.of('conference-started')).toHaveLength(1);
}, 60_000);
