import { describe, expect, it } from 'vitest';
import { contextOfCall } from '../../../src-shared/consult/consult-context';
import { aCall } from '../../builders/a-call';

const context = (callId: string, consultCallId: string | null, extension: string) => ({
  callId,
  consultCallId,
  by: { extension, name: '' },
});
const from = (number: string, centralCallId: string | null, direction: 'inbound' | 'outbound' = 'inbound') =>
  aCall({ remote: { number, name: null }, centralCallId, direction });

describe('what a call at the consulted phone is about', () => {
  const alices = context('c1', 'k1', '1001');
  const brunos = context('c2', null, '1002');
  it.each([
    ['the consultation, by its id', from('1001', 'k1'), alices],
    ['the customer’s call, sent on', from('+33199000000', 'c2'), brunos],
    ['a consultation whose id is not told yet, by the caller', from('1002', 'k2'), brunos],
    ['a call without an id, by the caller', from('1001', null), alices],
    ['another call of the same colleague', from('1001', 'k9'), null],
    ['a call to the colleague', from('1002', null, 'outbound'), null],
    ['somebody else’s call', from('1003', 'k3'), null],
  ])('%s', (_title, call, expected) => {
    expect(contextOfCall(call, [alices, brunos])).toBe(expected);
  });
});
