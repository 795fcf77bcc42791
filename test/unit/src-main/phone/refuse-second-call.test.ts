import { expect, test } from 'vitest';
import { refuseSecondCall } from '../../../../src-main/phone/refuse-second-call';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

const returned = { outcome: 'busy', to: '2001' } as const;

test.each([
  { what: 'while talking, told busy', policy: 'busy', isTalking: true, isRefused: true },
  { what: 'while free', policy: 'busy', isTalking: false, isRefused: false },
  { what: 'where the policy lets it ring', policy: 'rings', isTalking: true, isRefused: false },
  {
    what: 'of a queue, which chooses itself',
    policy: 'busy',
    isTalking: true,
    queueName: 'Support',
    isRefused: false,
  },
  {
    what: 'that comes back, which has nowhere else to go',
    policy: 'busy',
    isTalking: true,
    returnedTransfer: returned,
    isRefused: false,
  },
] as const)('a call $what', ({ policy, isTalking, isRefused, ...part }) => {
  const engine = new FakeEngine();
  const invited = {
    type: 'invite-received',
    callId: 'c',
    at: 1,
    remote: { number: '1', name: null },
    queueName: 'queueName' in part ? part.queueName : null,
    centralCallId: null,
    returnedTransfer: 'returnedTransfer' in part ? part.returnedTransfer : null,
    transferredBy: null,
  } as const;
  const around = { engine, log: new QuietLogger(), policy: () => policy, isInCall: () => isTalking };
  expect(refuseSecondCall(invited, around)).toBe(isRefused);
  expect(engine.orders.map(({ command }) => command)).toEqual(
    isRefused ? [{ type: 'call.decline', callId: 'c', sipCode: 486 }] : [],
  );
});
