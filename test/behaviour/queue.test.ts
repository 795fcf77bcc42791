import { expect, test } from 'vitest';
import { until } from '../telephony/sip-socket';
import { aQueue, useCentre } from './centre';

const centre = useCentre();

test('a paused member is offered nothing', async () => {
  const phone = await centre.phone('1001');
  await centre.engine.setMemberPaused('1001', true, 'lunch');
  const customer = await centre.customer();
  await until('the customer hears music', () => customer.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
  expect(customer.state).toBe('waiting');
  await centre.engine.setMemberPaused('1001', false, null);
  await phone.incoming();
});

test('a member who has not said to be available is offered nothing', async () => {
  await centre.phone('1001');
  await centre.engine.setMemberPaused('1001', true, null);
  await centre.phone('1003'); // available, but no member
  const customer = await centre.customer();
  await until('the customer hears music', () => customer.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
});

test('ring time-out: the next member is tried, the caller keeps its place, the first is passed over', async () => {
  centre.queues = [aQueue({ ringTimeoutMs: 1000 })];
  const phones = [await centre.phone('1001'), await centre.phone('1002')];
  const early = await centre.customer({ number: '0145550001' });
  const first = await until('one rings', () => phones.find(({ calls }) => calls.length > 0));
  const second = phones[1 - phones.indexOf(first)];
  const unanswered = await first.incoming();
  await until('CANCEL', () => unanswered.state === 'ended');
  const call = await second?.incoming();
  expect(call?.invite?.header('x-call-id')).toBe(early.callId);
  await call?.answer();
  await until('connected', () => early.state === 'talking');
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['ring-no-answer', 'answered']);
  expect(centre.of('leg-ended')[0]?.cause).toBe('no-answer');
  expect(centre.of('queue-joined')).toHaveLength(1);
  expect(first.calls).toHaveLength(1);
});

test('one member gets one offer at a time; callers wait in order', async () => {
  const phone = await centre.phone('1001');
  const numbers = ['0145550001', '0145550002', '0145550003'];
  const customers = [];
  for (const number of numbers) customers.push(await centre.customer({ number }));
  await until('all wait', () => centre.of('queue-joined').length === 3);
  const expected = new Map([...customers.entries()].map(([index, { callId }]) => [callId, index]));
  expect(centre.of('queue-joined').map(({ callId }) => expected.get(callId))).toEqual([0, 1, 2]);
  for (const [index, customer] of customers.entries()) {
    const call = await phone.incoming(index);
    expect(call.invite?.header('x-call-id')).toBe(customer.callId);
    expect(phone.calls).toHaveLength(index + 1);
    await call.answer();
    await until('connected', () => customer.state === 'talking');
    customer.hangUp();
    await until('BYE', () => call.state === 'ended');
  }
});

test('wrap-up: no call until it is over', async () => {
  centre.queues = [aQueue({ wrapUpMs: 2000, memberExtensions: ['1001'] })];
  const phone = await centre.phone('1001');
  const one = await centre.customer({ number: '0145550001' });
  await (await phone.incoming()).answer();
  await until('connected', () => one.state === 'talking');
  one.hangUp();
  const { at } = await centre.event('call-ended');
  await centre.customer({ number: '0145550002' });
  await phone.incoming(1);
  const again = await until('told', () => centre.of('offered')[1]);
  expect(again.at - at).toBeGreaterThanOrEqual(990); // Asterisk counts whole seconds
});

test('an agent who dialled out is not offered a caller', async () => {
  const phone = await centre.phone('1001');
  const out = await phone.dial(centre.subscriber('answers'));
  await until('answer', () => out.state === 'confirmed');
  const customer = await centre.customer();
  await until('the customer hears music', () => customer.heard.rms() > 200);
  expect(centre.of('offered')).toEqual([]);
  out.hangUp();
  await phone.incoming();
});

test('ring-all: the others are told that the call was answered elsewhere', async () => {
  centre.queues = [aQueue({ strategy: 'ring-all' })];
  const first = await centre.phone('1001');
  const second = await centre.phone('1002');
  const customer = await centre.customer();
  const [one, two] = [await first.incoming(), await second.incoming()];
  await until('both ring', () => centre.of('leg-ringing').length === 2);
  await two.answer();
  await until('CANCEL', () => one.state === 'ended');
  expect(one.received.find(({ method }) => method === 'CANCEL')?.header('reason')).toMatch(/cause=(200|26)/);
  await until('talks', () => customer.state === 'talking');
  expect(centre.of('offer-ended', ({ extension }) => extension === '1001')[0]?.cause).toBe('answered-elsewhere');
  expect(centre.of('offer-ended', ({ extension }) => extension === '1002')[0]?.cause).toBe('answered');
  expect(centre.of('leg-ended').map(({ cause }) => cause)).toEqual(['answered-elsewhere']);
});

test('ring-all: when the caller leaves, nobody is told that somebody else has answered', async () => {
  centre.queues = [aQueue({ strategy: 'ring-all' })];
  const phones = [await centre.phone('1001'), await centre.phone('1002')];
  const customer = await centre.customer();
  const calls = await Promise.all(phones.map(phone => phone.incoming()));
  await until('both ring', () => centre.of('leg-ringing').length === 2);
  customer.hangUp();
  await centre.event('call-ended');
  for (const call of calls) {
    await until('CANCEL', () => call.state === 'ended');
    const reasons = call.received.find(({ method }) => method === 'CANCEL')?.all('reason') ?? [];
    expect(reasons.join()).not.toMatch(/cause=(200|26)\b/);
  }
  expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['caller-left', 'caller-left']);
});

test('two queues, and an agent who calls one', async () => {
  centre.queues = [
    aQueue({ memberExtensions: ['1001'] }),
    aQueue({ id: 'sales', name: 'Sales', number: '801', memberExtensions: ['1002'] }),
  ];
  const support = await centre.phone('1001', { hz: 600 });
  const sales = await centre.phone('1002', { hz: 900 });
  const out = await support.dial('801');
  const call = await sales.incoming();
  expect(call.invite?.header('x-queue')).toBe('Sales');
  await until('music', () => out.media.heard.rms() > 200);
  await call.answer();
  await until('both hear', () => out.media.heard.level(900) > 4000 && call.media.heard.level(600) > 4000);
  expect((await centre.event('call-started')).direction).toBe('internal');
  out.hangUp();
  await until('BYE', () => call.state === 'ended');
  expect((await centre.event('call-ended')).cause).toBe('completed');
});

test('a queue that is taken out of the directory lets its callers go', async () => {
  const customer = await centre.customer();
  await centre.event('queue-joined');
  centre.queues = [];
  await centre.engine.setMemberPaused('1001', false, null); // any change makes the queues look again
  expect((await centre.event('queue-left')).cause).toBe('closed');
  expect((await centre.event('call-ended')).cause).toBe('unreachable');
  await until('let go', () => customer.state === 'ended');
});

test('many callers: every one is served once and recorded once', async () => {
  const phones = [await centre.phone('1001'), await centre.phone('1002')];
  const customers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => centre.customer({ number: `014555000${index}` })),
  );
  const served = new Set<unknown>();
  await until(
    'all served',
    () => {
      for (const call of phones.flatMap(({ calls }) => calls)) {
        if (served.has(call)) continue;
        served.add(call);
        void call.answer();
      }
      for (const { callId } of centre.of('recording-started'))
        customers.find(customer => customer.callId === callId)?.hangUp();
      return centre.of('call-ended').length === 6;
    },
    20_000,
  );
  expect(centre.of('call-ended').every(({ cause }) => cause === 'completed')).toBe(true);
  expect(centre.of('queue-left').filter(({ cause }) => cause === 'connected')).toHaveLength(6);
  expect(centre.of('recording-finished')).toHaveLength(6);
});
