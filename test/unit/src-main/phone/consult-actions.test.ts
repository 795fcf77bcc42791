import { expect, test } from 'vitest';
import { aDeskWithTwoLines, settled } from './a-desk';

const ended = (cause: 'busy' | 'completed' | 'transferred' | 'agent-cancelled') =>
  ({ type: 'ended', cause, sipCode: null }) as const;

test('the customer is on hold before the colleague is called, and the centre is told why', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a', 'price');
  expect(desk.engine.types().filter(type => /hold|dial/.test(type))).toEqual(['call.hold', 'call.dial']);
  expect(desk.asked).toEqual([{ callId: 'central-a', to: '2001', reason: 'price' }]);
  expect(desk.interactions.all()).toMatchObject([
    { state: 'consulting', customerCallId: 'a', consult: { callId: consult, number: '2001', reason: 'price' } },
  ]);
});

test.each([
  ['1001', 'transfer/to-oneself'],
  ['call me', 'dial/not-a-number'],
  ['', 'dial/empty'],
  ['0033145550101', 'transfer/not-outside'],
])('%s is refused, and the customer is not even put on hold', async (target, code) => {
  const desk = aDeskWithTwoLines();
  desk.policy.value = { ...desk.policy.value, transfer: { outsideRoles: ['supervisor'] } };
  await desk.talks('a');
  await expect(desk.consults.begin('a', target, '')).rejects.toMatchObject({ code });
  await expect(desk.transfers.transfer('a', target)).rejects.toMatchObject({ code });
  expect(desk.state('a')).toBe('active');
});

test('nobody answers: the customer is taken back by itself, and the agent is told', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.tell(consult, ended('busy'));
  await settled();
  expect(desk.state('a')).toBe('active');
  expect(desk.interactions.all()).toMatchObject([{ state: 'talking', consult: null }]);
  expect(desk.news).toMatchObject([{ consultEnded: { call: { endCause: 'busy' } } }]);
});

test('the colleague hangs up: the customer is taken back', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  desk.tell(consult, ended('completed'));
  await settled();
  expect(desk.state('a')).toBe('active');
});

test('the customer hangs up while a colleague is asked: the two go on', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  desk.tell('a', ended('completed'));
  await settled();
  expect(desk.state(consult)).toBe('active');
  expect(desk.interactions.find('a')?.state).toBe('closed');
  await expect(desk.consults.complete('a')).rejects.toMatchObject({ code: 'transfer/colleague-gone' });
});

test('cancel and return', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  const back = desk.consults.giveBack('a');
  await settled();
  expect(desk.state('a')).toBe('held'); // the colleague's phone is let go first
  desk.tell(consult, ended('agent-cancelled'));
  await back;
  expect(desk.state('a')).toBe('active');
  expect(desk.news).toEqual([]);
});

test('completing before the answer is not possible by accident', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  await desk.asks('a');
  await expect(desk.consults.complete('a')).rejects.toMatchObject({ code: 'transfer/not-answered' });
  expect(desk.engine.types()).not.toContain('call.complete-transfer');
});

test('completed once, however often it is clicked', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  const both = Promise.all([desk.consults.complete('a'), desk.consults.complete('a')]);
  await settled();
  expect(desk.interactions.find('a')?.state).toBe('transferring');
  expect(desk.engine.orders.filter(({ command }) => command.type === 'call.complete-transfer')).toMatchObject([
    { command: { callId: 'a', consultCallId: consult } },
  ]);
  desk.tell('a', ended('transferred'));
  desk.tell(consult, ended('transferred'));
  desk.engine.last('call.complete-transfer').done();
  await both;
  expect(desk.desk.live()).toEqual([]);
  expect(desk.news).toEqual([]);
});

test('waiting for the answer completes by itself', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.consults.completeWhenAnswered('a', true);
  await settled();
  expect(desk.engine.types()).not.toContain('call.complete-transfer');
  desk.answered(consult);
  await settled();
  expect(desk.engine.types()).toContain('call.complete-transfer');
});

test('a refused completion leaves both calls as they were', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  const completed = desk.consults.complete('a');
  await settled();
  desk.engine.last('call.complete-transfer').failed('transfer/refused');
  await expect(completed).rejects.toMatchObject({ code: 'transfer/refused' });
  expect([desk.state('a'), desk.state(consult)]).toEqual(['held', 'active']);
  expect(desk.interactions.find('a')).toMatchObject({ state: 'consulting', consult: { callId: consult } });
});

test('the colleague hangs up in the instant of completion: the customer is taken back', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  desk.answered(consult);
  const completed = desk.consults.complete('a');
  await settled();
  desk.tell(consult, ended('completed'));
  desk.engine.last('call.complete-transfer').failed('transfer/colleague-gone');
  await expect(completed).rejects.toMatchObject({ code: 'transfer/colleague-gone' });
  expect(desk.state('a')).toBe('active');
});

test('without waiting: the colleague’s phone is let go, then it is a blind transfer', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const consult = await desk.asks('a');
  const sent = desk.consults.transferNow('a');
  await settled();
  expect(desk.engine.types()).not.toContain('call.transfer');
  desk.tell(consult, ended('agent-cancelled'));
  await settled();
  expect(desk.engine.last('call.transfer').command).toMatchObject({ callId: 'a', target: '2001' });
  desk.engine.last('call.transfer').done();
  await sent;
});

test.each(['transfer/refused', 'transfer/not-possible', 'transfer/no-word'] as const)(
  'a blind transfer that fails with %s: the customer is off hold and the agent told',
  async code => {
    const desk = aDeskWithTwoLines();
    await desk.talks('a');
    await desk.calls.hold('a');
    const sent = desk.transfers.transfer('a', '2001');
    await settled();
    desk.engine.last('call.transfer').failed(code);
    await expect(sent).rejects.toMatchObject({ code });
    expect(desk.state('a')).toBe('active');
    expect(desk.interactions.find('a')?.state).toBe('talking');
  },
);

test('no word, but the centre has the customer: our part is over, and nobody talks into silence', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  desk.ownCalls.told([]);
  const sent = desk.transfers.transfer('a', '2001');
  await settled();
  desk.engine.last('call.transfer').failed('transfer/no-word');
  await sent;
  expect(desk.engine.types()).toContain('call.hang-up');
});

test('why a call is sent is told to the centre before it goes', async () => {
  const desk = aDeskWithTwoLines();
  await desk.talks('a');
  const sent = desk.transfers.transfer('a', '2001', 'invoice');
  expect(desk.asked).toEqual([{ callId: 'central-a', to: '2001', reason: 'invoice' }]);
  expect(desk.engine.types()).not.toContain('call.transfer');
  await settled();
  expect(desk.engine.last('call.transfer').command).toMatchObject({ callId: 'a', target: '2001' });
  desk.engine.last('call.transfer').done();
  await sent;
});

test('a centre that does not take the reason does not hold the call up; without a reason it is not asked', async () => {
  const desk = aDeskWithTwoLines();
  desk.centre.isAway = true;
  await desk.talks('a');
  const sent = desk.transfers.transfer('a', '2001', 'invoice');
  desk.clock.pass(1000);
  await settled();
  desk.engine.last('call.transfer').done();
  await sent;
  await desk.talks('b');
  const plain = desk.transfers.transfer('b', '2001');
  await settled();
  desk.engine.last('call.transfer').done();
  await plain;
  expect(desk.asked).toHaveLength(1);
});
