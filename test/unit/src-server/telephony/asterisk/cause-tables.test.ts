import { describe, expect, it } from 'vitest';
import { endCauseOfCalled, endCauseOfQ850 } from '../../../../../src-server/telephony/asterisk/calls/cause-tables';
import { offerEndOfSipStatus } from '../../../../../src-server/telephony/offer-ends';

describe('causes', () => {
  it.each([
    [1, 'not-found'],
    [3, 'unreachable'],
    [16, 'failed'],
    [17, 'busy'],
    [18, 'no-answer'],
    [19, 'no-answer'],
    [20, 'unreachable'],
    [21, 'rejected'],
    [38, 'unreachable'],
    [55, 'forbidden'],
    [58, 'media-failed'],
    [127, 'failed'],
  ] as const)('Q.850 %i is %s', (cause, expected) => expect(endCauseOfQ850(cause)).toBe(expected));

  it.each([
    [480, 'declined'],
    [603, 'declined'],
    [486, 'busy'],
    [600, 'busy'],
    [500, 'failed'],
  ] as const)('a phone that answers %i has %s', (status, expected) =>
    expect(offerEndOfSipStatus(status)).toBe(expected),
  );

  it('believes the SIP status before the ISDN cause that was made of it', () => {
    expect(endCauseOfCalled(404, 21)).toBe('not-found');
    expect(endCauseOfCalled(null, 17)).toBe('busy');
  });
});
