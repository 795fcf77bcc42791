import { expect, test } from 'vitest';
import { CallActions } from '../../../../src-main/phone/call-actions';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { ordersByDevice } from '../../../../src-main/phone/desk-orders';
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
    complete: (callId, consultCallId) => done(`complete ${callId} with ${consultCallId}`),
  });
  const calls = new CallActions({ desk, engine: orders, clock, log, isLineRegistered: () => false });
  const told = (...each: readonly DeskCall[]): void => followDeskCalls(desk, each, 9000);
  return { desk, engine, asked, centre, orders, calls, told };
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

test('two calls at a desk phone: which one is heard is chosen there', () => {
  const { desk, told } = aDeskPhone();
  told(talking, asking);
  const pair = pairOf(desk.all(), []);
  expect([...allowedPairActions(pair!)]).toEqual(['merge']);
});
