import { expect, test } from 'vitest';
import { CallActions } from '../../../../src-main/phone/call-actions';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { ordersByDevice } from '../../../../src-main/phone/desk-orders';
import { InteractionDesk } from '../../../../src-main/phone/interaction-desk';
import { PairActions } from '../../../../src-main/phone/pair-actions';
import { TransferActions } from '../../../../src-main/phone/transfer-actions';
import { followDeskCalls } from '../../../../src-main/phone/line/follow-desk-calls';
import { allowedPairActions, pairOf } from '../../../../src-shared/interaction/pair-permissions';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { DeskCall } from '../../../../src-shared/server-api/live-messages';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

const talking: DeskCall = {
  legId: 'leg-1',
  callId: 'central-1',
  direction: 'inbound',
  state: 'active',
  remote: { number: '+33145550101', name: null },
  queueName: 'Support',
  returnedTransfer: null,
  transferredBy: null,
  startedAt: 1000,
  answeredAt: 2000,
  heldBy: [],
  endCause: null,
};
const asking: DeskCall = { ...talking, legId: 'leg-2', callId: 'central-2', direction: 'outbound', startedAt: 3000 };

function aDeskPhone() {
  const [clock, log, engine] = [new FakeClock(), new QuietLogger(), new FakeEngine()];
  const desk = new CallDesk(clock, log);
  const asked: string[] = [];
  const centre: { problem: AppError | null } = { problem: null };
  const done = async (what: string): Promise<void> => {
    if (centre.problem !== null) throw centre.problem;
    asked.push(what);
  };
  const orders = ordersByDevice(engine, desk, {
    hangUp: callId => done(`hang up ${callId}`),
    hold: (callId, isHeld) => done(`${isHeld ? 'hold' : 'resume'} ${callId}`),
    transfer: (callId, number) => done(`transfer ${callId} to ${number}`),
    sendOn: (callId, number) => done(`send ${callId} on to ${number}`),
    complete: (callId, consultCallId) => done(`complete ${callId} with ${consultCallId}`),
  });
  const calls = new CallActions({ desk, engine: orders, clock, log, isLineRegistered: () => false });
  const interactions = new InteractionDesk(desk);
  const nobody = async (): Promise<void> => undefined;
  const pairs = new PairActions({
    desk,
    interactions,
    engine: orders,
    calls,
    log,
    consults: { begin: async () => ({ callId: '' }) },
    centre: { merge: nobody, mute: nobody, drop: nobody },
  });
  const transfers = new TransferActions({
    desk,
    interactions,
    engine: orders,
    clock,
    calls,
    log,
    me: () => null,
    policy: () => null,
    destinations: () => [{ number: '1002', name: 'Bruno', group: 'colleagues', state: 'free', waiting: null }],
    isGoneAtCentre: () => null,
    tellContext: nobody,
  });
  const sendOn = (callId: string, target: string) => transfers.sendOn(callId, target);
  const told = (...each: readonly DeskCall[]): void => followDeskCalls(desk, each, 9000);
  return { desk, engine, asked, centre, orders, calls, told, swap: () => pairs.swap(), sendOn };
}

test('the centre does what is ordered of a desk phone’s calls; the engine of the app hears nothing of it', async () => {
  const { engine, asked, orders, told } = aDeskPhone();
  told(talking, asking);
  await orders.order({ type: 'call.transfer', callId: 'leg-1', target: '1002' });
  await orders.order({ type: 'call.complete-transfer', callId: 'leg-1', consultCallId: 'leg-2' });
  await orders.order({ type: 'call.hold', callId: 'leg-1' });
  await orders.order({ type: 'call.resume', callId: 'leg-1' });
  await orders.order({ type: 'call.hang-up', callId: 'leg-1' });
  expect(asked).toEqual([
    'transfer central-1 to 1002',
    'complete central-1 with central-2',
    'hold central-1',
    'resume central-1',
    'hang up central-1',
  ]);
  expect(engine.types()).toEqual([]);
  await expect(orders.order({ type: 'call.mute', callId: 'leg-1', isMuted: true })).rejects.toMatchObject({
    code: 'call/not-allowed',
  });
});

test('a call that rings at the desk phone is sent on by the centre, unless a queue offers it', async () => {
  const { desk, asked, centre, told, sendOn } = aDeskPhone();
  const ringing: DeskCall = { ...talking, state: 'ringing', queueName: null, answeredAt: null };
  told(ringing);
  await sendOn('leg-1', '1002');
  expect(asked).toEqual(['send central-1 on to 1002']);
  expect(desk.all()).toMatchObject([{ state: 'ringing', pendingAction: null }]); // until the centre tells that it has gone
  centre.problem = new AppError('not-found');
  await expect(sendOn('leg-1', '1002')).rejects.toMatchObject({ code: 'transfer/not-possible' });
  expect(desk.all()).toMatchObject([{ state: 'ringing', pendingAction: null }]);
  told({ ...ringing, state: 'ended', endCause: 'transferred' }, { ...ringing, legId: 'leg-2', queueName: 'Support' });
  await expect(sendOn('leg-2', '1002')).rejects.toMatchObject({ code: 'call/not-allowed' });
});

test('what the centre cannot do is said in the words of a transfer', async () => {
  const { centre, orders, told } = aDeskPhone();
  told(talking);
  const transfer = () => orders.order({ type: 'call.transfer', callId: 'leg-1', target: '1002' });
  centre.problem = new AppError('not-found');
  await expect(transfer()).rejects.toMatchObject({ code: 'transfer/not-possible' });
  centre.problem = new AppError('transfer/not-outside');
  await expect(transfer()).rejects.toMatchObject({ code: 'transfer/not-outside' });
});

test('a call that could not be hung up goes on, on the screen as at the phone', async () => {
  const { desk, centre, calls, told } = aDeskPhone();
  told(talking);
  centre.problem = new AppError('server/unreachable');
  await expect(calls.hangUp('leg-1')).rejects.toMatchObject({ code: 'server/unreachable' });
  expect(desk.all()).toMatchObject([{ state: 'active', pendingAction: null }]);
  centre.problem = null;
  await calls.hangUp('leg-1');
  expect(desk.all()).toMatchObject([{ state: 'active' }]); // until the centre tells that it is over
  told({ ...talking, state: 'ended', endCause: 'completed' });
  expect(desk.all()).toMatchObject([{ state: 'ended' }]);
});

test('two calls at a desk phone: the other one is heard by order, whoever holds it, unless the phone holds both', () => {
  const { desk, told } = aDeskPhone();
  const may = () => [...allowedPairActions(pairOf(desk.all(), [])!)];
  told(talking, asking);
  expect(may()).toEqual(['swap', 'merge']);
  told({ ...talking, heldBy: ['agent', 'phone'] }, asking);
  expect(may()).toEqual(['swap', 'merge']);
  told({ ...talking, heldBy: ['agent', 'phone'] }, { ...asking, heldBy: ['agent', 'phone'] });
  expect(may()).toEqual(['merge']);
});

test.each([
  ['held by order', ['agent'], [], ['hold central-2', 'resume central-1']],
  ['held at the phone', ['agent', 'phone'], [], ['resume central-1']],
  ['heard too', [], [], ['hold central-2']],
  ['heard, and the second one held', [], ['agent'], ['hold central-1', 'resume central-2']],
] as const)('swap while the first call is %s', async (_is, first, second, expected) => {
  const { asked, told, swap } = aDeskPhone();
  told({ ...talking, heldBy: [...first] }, { ...asking, heldBy: [...second] });
  await swap();
  expect(asked).toEqual(expected);
});
