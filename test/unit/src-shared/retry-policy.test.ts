import { expect, test } from 'vitest';
import { reconnectPolicy, retryDelayMs } from '../../../src-shared/base/retry-policy';
import { endCauseOfSipStatus } from '../../../src-shared/call/end-cause';

test('the delay doubles up to its cap; jitter only shortens it', () => {
  const delays = [1, 2, 3, 4, 5, 6, 50].map(attempt => retryDelayMs(reconnectPolicy, attempt, 0));
  expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  expect(retryDelayMs(reconnectPolicy, 6, 1)).toBe(7000);
});

test('every final SIP status has a cause, and the common ones their own', () => {
  const causes = [404, 408, 480, 486, 487, 488, 403, 503, 603].map(endCauseOfSipStatus);
  expect(causes).toEqual([
    'not-found',
    'no-answer',
    'unreachable',
    'busy',
    'agent-cancelled',
    'media-failed',
    'forbidden',
    'unreachable',
    'rejected',
  ]);
  expect(endCauseOfSipStatus(599)).toBe('failed');
});
