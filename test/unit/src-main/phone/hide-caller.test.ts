import { expect, test } from 'vitest';
import { hideCaller } from '../../../../src-main/phone/hide-caller';

const invited = {
  type: 'invite-received',
  callId: 'c',
  at: 1,
  remote: { number: '+33199000000', name: 'Camille Roux' },
  queueName: 'Support',
  centralCallId: null,
  returnedTransfer: null,
  transferredBy: null,
} as const;
const isInside = (number: string): boolean => number === '1002';

test('who calls from outside is shown as the policy says, before anybody sees the call', () => {
  expect(hideCaller(invited, { numbers: 'masked', isInside })).toEqual({
    ...invited,
    remote: { number: '+3319900••••', name: 'Camille Roux' },
  });
});

test('a number in place of a name is none', () => {
  const nameless = { ...invited, remote: { number: '+33199000000', name: '0199000000' } };
  expect(hideCaller(nameless, { numbers: 'masked', isInside })).toMatchObject({ remote: { name: null } });
});

test.each([
  ['of a colleague', { ...invited, remote: { number: '1002', name: 'Bruno' } }, 'masked'],
  ['where nothing is hidden', invited, 'full'],
  ['while nothing is known', invited, null],
  ['that is none', { type: 'call', callId: 'c', at: 1, event: { type: 'answered' } }, 'masked'],
] as const)('a call %s stays as it is', (_title, report, numbers) => {
  expect(hideCaller(report as never, { numbers, isInside })).toBe(report);
});
