import { expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type Customer, engineName, useCentre } from './centre';
import type { PhoneCall } from '../telephony/phone-call';

const queues = [aQueue({ memberExtensions: ['1001'] })];
const centre = useCentre({ queues, extensions: ['1001', '1002'].map(extension => anExtension(extension)) });

const isLoud = 4000;

/** 1001, which may not send calls outside, talks with a customer. */
async function talking() {
  centre.insideOnly.add('1001');
  const sender = await centre.phone('1001', { hz: 600 });
  return { sender, ...(await centre.talking(sender)) };
}

/** At once, or (RFC 3515) taken and refused by NOTIFY. */
async function isRefused(call: PhoneCall, target: string): Promise<number> {
  const before = call.notified.length;
  const { status } = await call.refer(`sip:${target}@centre.local`);
  if (status !== 202) return status ?? 0;
  return until('NOTIFY of the refusal', () => call.notified.slice(before).find(code => code >= 300));
}

const goOn = (call: PhoneCall, customer: Customer): Promise<boolean> =>
  until('they talk', () => call.media.heard.level(440) > isLoud && customer.heard.level(600) > isLoud);

test('a REFER outside by who may not: refused before anything has changed, and the customer stays with the agent', async () => {
  const { call, customer } = await talking();
  for (const number of [centre.subscriber('answers'), `+33${centre.subscriber('answers').slice(1)}`]) {
    expect(await isRefused(call, number)).toBe(engineName === 'asterisk' ? 404 : 403);
  }
  expect(centre.of('transfer-started')).toEqual([]);
  await goOn(call, customer);
});

test('inside the same phone sends on as ever', async () => {
  const { call, customer } = await talking();
  const target = await centre.phone('1002', { hz: 900 });
  expect((await call.refer('sip:1002@centre.local')).status).toBe(202);
  const ringing = await target.incoming();
  await ringing.answer();
  await until('both hear', () => ringing.media.heard.level(440) > isLoud && customer.heard.level(900) > isLoud);
});

test('a target with letters: refused, and the customer stays with the agent', async () => {
  const { call, customer } = await talking();
  for (const target of ['bob', '10a02', '%27%3B--']) expect(await isRefused(call, target)).toBeGreaterThanOrEqual(400);
  expect(centre.of('transfer-started')).toEqual([]);
  await goOn(call, customer);
});

test('where numbers inside are as long as those outside the customer stays, or is back at once with the reason', async () => {
  centre.queues = [...queues, aQueue({ id: 'long', name: 'Long', number: '800800', memberExtensions: ['1002'] })];
  const { sender, call, customer } = await talking();
  const number = centre.subscriber('answers');
  const { status } = await call.refer(`sip:${number}@centre.local`);
  if (status === 202) {
    const back = await sender.incoming(1);
    expect(back.invite?.header('x-transfer-returned')).toBe(`forbidden;to=${number}`);
    await back.answer();
    await goOn(back, customer);
  } else {
    expect(status).toBe(403);
    await goOn(call, customer);
  }
});
