import { describe, expect, it } from 'vitest';
import { offerOutcomeOf } from '../../../../src-server/calls/offer-outcome-of';
import { offerOutcome } from '../../../../src-shared/call/offer-outcome';

/** End of the ringing · outcome while the phone can be reached · outcome while it cannot. */
const table = [
  ['answered', 'answered', 'answered'],
  ['ring-no-answer', 'ring-no-answer', 'line-lost'],
  ['declined', 'declined', 'declined'],
  ['busy', 'system', 'system'],
  ['caller-left', 'caller-left', 'caller-left'],
  ['answered-elsewhere', 'answered-elsewhere', 'answered-elsewhere'],
  ['line-lost', 'line-lost', 'line-lost'],
  ['state-changed', 'state-changed', 'state-changed'],
  ['device', 'device', 'device'],
  ['failed', 'system', 'line-lost'],
] as const;

describe('the outcome of a ringing', () => {
  it.each(table)('%s is %s, with a phone that is gone %s', (end, reachable, gone) => {
    expect(offerOutcomeOf(end, { isReachable: true })).toBe(reachable);
    expect(offerOutcomeOf(end, { isReachable: false })).toBe(gone);
  });

  it('can be each of the nine', () => {
    expect(new Set(table.flatMap(([, reachable, gone]) => [reachable, gone]))).toEqual(new Set(offerOutcome.options));
  });
});
