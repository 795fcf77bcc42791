import { describe, expect, it } from 'vitest';
import { hearsTone, loudness } from '../rig/tones';
import { until } from '../telephony/sip-socket';
import { aQueue, type Customer, useCentre } from './centre';

const centre = useCentre({
  queues: [aQueue(), aQueue({ id: 'sales', name: 'Sales', number: '801' })],
  timing: { ownPhoneRingMs: 3000 },
});

/** So many customers wait, one after the other; their call ids in that order. */
async function waiting(count: number): Promise<{ ids: string[]; customers: Customer[] }> {
  const customers: Customer[] = [];
  for (let index = 1; index <= count; index++) {
    const customer = await centre.customer({ number: `014555000${index}` });
    await centre.event('queue-joined', ({ callId }) => callId === customer.callId);
    customers.push(customer);
  }
  return { ids: customers.map(({ callId }) => callId), customers };
}

describe('waiting callers', () => {
  it('are listed in order with their numbers; an unknown queue is not found', async () => {
    const { ids } = await waiting(2);
    expect(await centre.engine.waitingCallers('support')).toEqual([
      { callId: ids[0], number: '0145550001', position: 1 },
      { callId: ids[1], number: '0145550002', position: 2 },
    ]);
    expect(await centre.engine.waitingCallers('sales')).toEqual([]);
    await expect(centre.engine.waitingCallers('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are moved up, down and to the end; newcomers still join at the end; who is first is offered first', async () => {
    const { ids } = await waiting(4);
    const [a, b, c, d] = ids;
    const moved = async (callId: string | undefined, position: number): Promise<(string | undefined)[]> =>
      (await centre.engine.moveWaitingCaller('support', callId ?? '', position)).map(each => each.callId);
    expect(await moved(d, 2)).toEqual([a, d, b, c]);
    expect(await moved(a, 3)).toEqual([d, b, a, c]);
    expect(await moved(d, 99)).toEqual([b, a, c, d]);
    expect(await moved(c, 1)).toEqual([c, b, a, d]);
    const { callId } = await centre.customer({ number: '0145550005' });
    const e = await centre.event('queue-joined', joined => joined.callId === callId);
    expect(e.position).toBe(5);
    expect((await centre.engine.waitingCallers('support')).map(each => each.callId)).toEqual([c, b, a, d, e.callId]);
    expect(centre.of('queue-order-changed').map(({ callIds }) => callIds)).toEqual([
      [a, d, b, c],
      [d, b, a, c],
      [b, a, c, d],
      [c, b, a, d],
    ]);
    const phone = await centre.phone('1001');
    await phone.incoming();
    expect((await centre.event('offered')).callId).toBe(c);
  });

  it('are moved by two people at once, one after the other', async () => {
    const { ids } = await waiting(3);
    const [a, b, c] = ids as [string, string, string];
    const [first, second] = await Promise.all([
      centre.engine.moveWaitingCaller('support', c, 1),
      centre.engine.moveWaitingCaller('support', b, 1),
    ]);
    expect(first.map(each => each.callId)).toEqual([c, a, b]);
    expect(second.map(each => each.callId)).toEqual([b, c, a]);
  });

  it('who does not wait there any more is not found, and nothing is told', async () => {
    const { ids, customers } = await waiting(1);
    await expect(centre.engine.moveWaitingCaller('sales', ids[0]!, 1)).rejects.toMatchObject({ code: 'not-found' });
    customers[0]?.hangUp();
    await centre.event('call-ended');
    await expect(centre.engine.moveWaitingCaller('support', ids[0]!, 1)).rejects.toMatchObject({ code: 'not-found' });
    expect(centre.of('queue-order-changed')).toEqual([]);
  });
});

it('a member who is paused in one queue still gets calls of the other, until he is back in all', async () => {
  const phone = await centre.phone('1001');
  await centre.engine.setMemberPaused('1001', true, 'Mails, "rest" | ☕', 'support');
  await waiting(1);
  const other = await centre.customer({ queue: '801' });
  const call = await phone.incoming();
  expect(call.invite?.header('x-queue')).toBe('Sales');
  expect((await centre.event('offered')).queueId).toBe('sales');
  expect(centre.of('offered')).toHaveLength(1);
  other.hangUp();
  await until('CANCEL', () => call.state === 'ended');
  await centre.engine.setMemberPaused('1001', false, null);
  expect((await phone.incoming(1)).invite?.header('x-queue')).toBe('Support');
});

it('a paused recording is silence in both channels, as long as the call', async () => {
  const phone = await centre.phone('1001', { hz: 600 });
  const { customer } = await centre.talking(phone);
  const { callId, recordingId } = await centre.event('recording-started');
  const startedAt = performance.now();
  const seconds = (count: number): Promise<true> =>
    until('time passed', () => performance.now() - startedAt > count * 1000);
  await seconds(1.5);
  await centre.engine.setRecordingPaused(callId, true);
  await centre.engine.setRecordingPaused(callId, true);
  await seconds(3.5);
  await centre.engine.setRecordingPaused(callId, false);
  await seconds(5);
  customer.hangUp();
  const finished = await centre.event('recording-finished');
  expect(centre.of('recording-paused')).toMatchObject([{ callId, recordingId }]);
  expect(centre.of('recording-resumed')).toMatchObject([{ callId, recordingId }]);
  const { sampleRate, channels } = centre.recordingOf(finished);
  const piece = (channel: number, from: number, to: number): Int16Array =>
    channels[channel]!.subarray(channels[0]!.length - to * sampleRate, channels[0]!.length - from * sampleRate);
  // Counted from the end, whose moment we know best.
  for (const [channel, hz] of [
    [0, 440],
    [1, 600],
  ] as const) {
    expect(hearsTone(piece(channel, 0.3, 1.2), sampleRate, hz)).toBe(true);
    expect(loudness(piece(channel, 1.9, 3.1))).toBeLessThan(0.001);
    expect(hearsTone(piece(channel, 3.8, 4.5), sampleRate, hz)).toBe(true);
  }
  expect(finished.durationMs).toBeGreaterThan(4800);
  expect(finished.durationMs).toBeLessThan(6500);
  await expect(centre.engine.setRecordingPaused(callId, true)).rejects.toMatchObject({ code: 'not-found' });
});

describe('click-to-dial', () => {
  it('rings the own phone, then calls outside as if it had dialled', async () => {
    const outside = centre.subscriber('answers');
    const phone = await centre.phone('1001', { hz: 600 });
    const callId = await centre.engine.dial('1001', outside);
    const call = await phone.incoming();
    expect(call.invite?.header('x-call-id')).toBe(callId);
    expect(call.invite?.header('x-dial')).toBe(outside);
    expect(call.invite?.header('from')).toContain(outside);
    expect(centre.of('leg-started')).toHaveLength(1);
    await call.answer();
    await until('the subscriber is heard', () => call.media.heard.level(700) > 4000);
    await centre.event('recording-started');
    call.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    const told = centre.events.filter(({ type }) => !type.startsWith('line-') && !type.startsWith('recording-'));
    expect(told.map(({ type }) => type)).toEqual([
      'call-started',
      'leg-started',
      'leg-ringing',
      'leg-answered',
      'leg-started',
      'leg-ringing',
      'leg-answered',
      'leg-ended',
      'leg-ended',
      'call-ended',
    ]);
    expect(told[0]).toMatchObject({
      callId,
      direction: 'outbound',
      from: { number: '1001', name: 'Agent 1001' },
      to: { number: outside },
    });
    expect(centre.of('leg-started').map(({ role, number }) => [role, number])).toEqual([
      ['agent', '1001'],
      ['customer', outside],
    ]);
    expect(centre.of('recording-finished')).toHaveLength(1);
  });

  it('reaches a colleague, who sees who calls', async () => {
    const one = await centre.phone('1001', { hz: 600 });
    const two = await centre.phone('1002', { hz: 900 });
    const callId = await centre.engine.dial('1001', '1002');
    await (await one.incoming()).answer();
    const call = await two.incoming();
    expect(call.invite?.header('x-call-id')).toBe(callId);
    expect(call.invite?.header('from')).toMatch(/Agent 1001.*1001/);
    await call.answer();
    await until('both hear', () => call.media.heard.level(600) > 4000);
    expect(centre.of('offered')).toMatchObject([{ extension: '1002', queueId: null }]);
    call.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
  });

  it.each([
    [486, 'busy'],
    [603, 'rejected'],
    [480, 'rejected'],
  ])('ends when the own phone says %i: %s', async (status, cause) => {
    const phone = await centre.phone('1001');
    const callId = await centre.engine.dial('1001', '0612000700');
    (await phone.incoming()).decline(status);
    expect(await centre.event('call-ended')).toMatchObject({ callId, cause });
    expect(centre.of('leg-ended')).toMatchObject([{ cause }]);
    expect(centre.of('offered')).toEqual([]);
  });

  it('ends when the own phone is not answered in time', async () => {
    const phone = await centre.phone('1001');
    await centre.engine.dial('1001', '0612000700');
    const call = await phone.incoming();
    expect((await centre.event('call-ended')).cause).toBe('no-answer');
    await until('CANCEL', () => call.state === 'ended');
  });

  it.each([
    ['0612000486', 'busy'],
    ['12345', 'not-found'],
  ])('%s cannot be had: %s', async (number, cause) => {
    const phone = await centre.phone('1001');
    await centre.engine.dial('1001', number);
    const call = await phone.incoming();
    await call.answer();
    expect((await centre.event('call-ended')).cause).toBe(cause);
    await until('BYE', () => call.state === 'ended');
  });

  it('is given up while the other end rings', async () => {
    const phone = await centre.phone('1001');
    await centre.engine.dial('1001', centre.subscriber('never answers'));
    const call = await phone.incoming();
    await call.answer();
    await until('rings', () => centre.of('leg-ringing').length === 2);
    call.hangUp();
    expect((await centre.event('call-ended')).cause).toBe('agent-cancelled');
  });

  it('reaches the echo and a queue', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    await centre.engine.dial('1001', '*43');
    const echo = await phone.incoming();
    await echo.answer();
    await until('echo', () => echo.media.heard.level(600) > 4000);
    echo.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    const callId = await centre.engine.dial('1001', '801');
    const queued = await phone.incoming(1);
    await queued.answer();
    expect((await centre.event('queue-joined')).callId).toBe(callId);
    queued.hangUp();
    await until('two ends', () => centre.of('call-ended').length === 2);
  });

  it('is refused for an absent phone, an unknown extension and what is no number', async () => {
    await expect(centre.engine.dial('1001', '0612000700')).rejects.toMatchObject({ code: 'line/not-ready' });
    await expect(centre.engine.dial('4711', '0612000700')).rejects.toMatchObject({ code: 'not-found' });
    await centre.phone('1001');
    for (const number of ['', '12\r\nAction: Ping', '${SHELL(id)}', '1234567890123456', '12,34'])
      await expect(centre.engine.dial('1001', number)).rejects.toMatchObject({ code: 'dial/not-a-number' });
    expect(centre.events.filter(({ type }) => type === 'call-started')).toEqual([]);
  });
});
