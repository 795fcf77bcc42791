import { expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, useCentre } from './centre';

const centre = useCentre({
  queues: [
    aQueue({ memberExtensions: ['1001'] }),
    aQueue({ id: 'sales', name: 'Sales', number: '801', memberExtensions: ['1003'] }),
  ],
  extensions: ['1001', '1002', '1003', '1004'].map(extension => anExtension(extension)),
  timing: { transferRingMs: 1200, returnRingMs: 1200 },
});

/** The centre sends the party of a phone on; the phone itself is asked nothing. */
test('through to a colleague, and the phone that had the call is free at once', async () => {
  const sender = await centre.phone('1001', { hz: 600 });
  const target = await centre.phone('1002', { hz: 900 });
  const { customer, call } = await centre.talking(sender);
  await centre.engine.transferCall(customer.callId, '1001', '1002');
  await until('BYE', () => call.state === 'ended');
  expect(await centre.event('transfer-started')).toMatchObject({
    kind: 'blind',
    callId: customer.callId,
    extension: '1001',
    to: { number: '1002' },
  });
  const ringing = await target.incoming();
  expect(ringing.invite?.header('x-transferred-by')).toBe('1001');
  await ringing.answer();
  await until('both hear', () => ringing.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  expect((await centre.event('transfer-ended')).outcome).toBe('completed');
});

test('a colleague who is not there: back with the sender, labelled', async () => {
  const sender = await centre.phone('1001', { hz: 600 });
  const { customer } = await centre.talking(sender);
  await centre.engine.transferCall(customer.callId, '1001', '1004');
  const back = await sender.incoming(1);
  expect(back.invite?.header('x-transfer-returned')).toBe('unreachable;to=1004');
  await back.answer();
  await until('both hear', () => back.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});

test('to a queue: the customer waits there', async () => {
  const sender = await centre.phone('1001');
  const { customer } = await centre.talking(sender);
  await centre.engine.transferCall(customer.callId, '1001', '801');
  expect(await centre.event('queue-joined', ({ queueId }) => queueId === 'sales')).toMatchObject({
    callId: customer.callId,
    position: 1,
  });
});

test('what cannot be done is said so, and nothing changes', async () => {
  const sender = await centre.phone('1001', { hz: 600 });
  const { customer, call } = await centre.talking(sender);
  const order = (callId: string, extension: string, number: string): Promise<void> =>
    centre.engine.transferCall(callId, extension, number);
  await expect(order('nothing', '1001', '1002')).rejects.toMatchObject({ code: 'not-found' });
  await expect(order(customer.callId, '1002', '1003')).rejects.toMatchObject({ code: 'not-found' });
  await expect(order(customer.callId, '1001', '1001')).rejects.toMatchObject({ code: 'call/not-allowed' });
  expect(centre.of('transfer-started')).toEqual([]);
  await until('they talk', () => call.media.heard.level(440) > 4000 && customer.heard.level(600) > 4000);
});
