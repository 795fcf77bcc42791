import { describe, expect, it } from 'vitest';
import { Refusals } from '../../../../../src-server/telephony/asterisk/queues/refusals';
import type { OfferEnd } from '../../../../../src-server/telephony/telephony';

const names = { callId: 'c1', legId: 'l1', extension: '1001' };
const offered = { type: 'offered', ...names, queueId: 'support', returnedTransferId: null } as const;
const ended = (cause: OfferEnd): { type: 'offer-ended'; cause: OfferEnd } & typeof names => ({
  type: 'offer-ended',
  ...names,
  cause,
});

describe('who is passed over', () => {
  it.each(['declined', 'busy', 'ring-no-answer', 'failed', 'line-lost'] as const)('%s: yes, once', cause => {
    const refusals = new Refusals();
    expect(refusals.hear(offered)).toBe(false);
    expect(refusals.hear(ended(cause))).toBe(true);
    expect(refusals.hear(ended(cause))).toBe(false);
  });

  it.each(['answered', 'caller-left', 'answered-elsewhere'] as const)('%s: no', cause => {
    const refusals = new Refusals();
    refusals.hear(offered);
    expect(refusals.hear(ended(cause))).toBe(false);
  });

  it('a phone that was gone and is back has refused nothing', () => {
    const refusals = new Refusals();
    refusals.hear(offered);
    refusals.hear({ type: 'line-registered', extension: '1002' });
    refusals.hear({ type: 'line-registered', extension: '1001' });
    expect(refusals.hear(ended('failed'))).toBe(false);
  });
});
