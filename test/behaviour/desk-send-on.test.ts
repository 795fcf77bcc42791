import { expect, test } from 'vitest';
import { deskPhoneDigests } from '../../src-server/agents/desk-phone-password';
import { until } from '../telephony/sip-socket';
import { anExtension, aQueue, type AtDesk, useCentre } from './centre';

const password = 'on a label under it';
const centre = useCentre({
  queues: [
    aQueue({ memberExtensions: ['1005'] }),
    aQueue({ id: 'sales', name: 'Sales', number: '801', memberExtensions: ['1003'] }),
  ],
  extensions: [
    ...['1001', '1002', '1003'].map(each => anExtension(each)),
    anExtension('1005', { deskPhone: deskPhoneDigests('1005', password) }),
  ],
  timing: { transferRingMs: 1200, returnRingMs: 1500, ownPhoneRingMs: 1500 },
});
const isLoud = 4000;
const isNothing = 300;

const talking = (): Promise<AtDesk> => centre.talkingAtDesk('1005', password);

const callAt = async (extension: string): Promise<string> => {
  const { callId } = await centre.event('leg-started', leg => leg.extension === extension);
  return callId;
};

/** As the app does, which has been told that it rings. */
async function sendOn(callId: string, number: string): Promise<void> {
  await centre.event('offered', offer => offer.callId === callId && offer.extension === '1005');
  await centre.engine.sendOn(callId, '1005', number);
}

test('a colleague’s second call is sent to another one: they talk, and the conversation here is not touched', async () => {
  const { desk, hear, customer } = await talking();
  const colleague = await centre.phone('1001', { hz: 900 });
  const target = await centre.phone('1002', { hz: 1100 });
  const out = await colleague.dial('1005');
  const second = await desk.incoming(1);
  const callId = await callAt('1001');
  await sendOn(callId, '1002');
  await until('the second call rings here no more', () => second.isOver);
  const taken = await target.incoming();
  expect(taken.invite?.header('x-transferred-by')).toBe('1005');
  await taken.answer();
  await until('both hear', () => taken.media.heard.level(900) > isLoud && out.media.heard.level(1100) > isLoud);
  await hear();
  expect(customer.heard.level(900)).toBeLessThan(isNothing);
  const started = await centre.event('transfer-started');
  expect(started).toMatchObject({ callId, kind: 'blind', extension: '1005', to: { number: '1002' } });
  expect((await centre.event('transfer-ended')).outcome).toBe('completed');
  expect(
    await centre.event('offer-ended', offer => offer.callId === callId && offer.extension === '1005'),
  ).toMatchObject({
    cause: 'answered',
  });
});

test('whom nobody takes rings at the desk phone again, with the reason', async () => {
  const { desk, hear } = await talking();
  const colleague = await centre.phone('1001', { hz: 900 });
  const target = await centre.phone('1002', { hz: 1100 });
  const out = await colleague.dial('1005');
  await desk.incoming(1);
  await sendOn(await callAt('1001'), '1002');
  (await target.incoming()).decline(603);
  const back = await desk.incoming(2);
  expect(back.header('x-transfer-returned')).toBe('rejected;to=1002');
  await hear();
  await back.answer();
  await until('both hear', () => back.hears(900) > isLoud && out.media.heard.level(600) > isLoud);
});

test('a customer whom a colleague sent here is sent on to a queue', async () => {
  const { desk, hear } = await talking();
  const sales = await centre.phone('1003', { hz: 900 });
  const other = await centre.customer({ queue: '801', number: '0145550143', hz: 700 });
  const first = await sales.incoming();
  await first.answer();
  await until('they talk', () => other.heard.level(900) > isLoud);
  await first.refer('1005');
  const second = await desk.incoming(1);
  await sendOn(other.callId, '801');
  await until('it rings here no more', () => second.isOver);
  const again = await sales.incoming(1);
  await again.answer();
  await until('they talk again', () => other.heard.level(900) > isLoud && again.media.heard.level(700) > isLoud);
  await hear();
  expect(centre.of('transfer-ended').map(({ outcome }) => outcome)).toEqual(['completed', 'completed']);
});

test('what does not ring there is not sent on', async () => {
  const { customer, hear } = await talking();
  await expect(centre.engine.sendOn(customer.callId, '1005', '1002')).rejects.toMatchObject({ code: 'not-found' });
  await expect(centre.engine.sendOn('nothing', '1005', '1002')).rejects.toMatchObject({ code: 'not-found' });
  await hear();
});
