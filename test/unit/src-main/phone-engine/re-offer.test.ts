import { describe, expect, it } from 'vitest';
import { glareWaitMs } from '../../../../src-main/phone-engine/call/re-offer';

// RFC 3261 section 14.1
describe('waiting after a 491', () => {
  it.each([0, 0.25, 0.5, 0.999_999])(
    'is 2.1 to 4 s for the owner of the Call-ID and 0 to 2 s for the other (%f)',
    random => {
      const owner = glareWaitMs(true, random);
      const other = glareWaitMs(false, random);
      expect(owner).toBeGreaterThanOrEqual(2_100);
      expect(owner).toBeLessThanOrEqual(4_000);
      expect(other).toBeLessThanOrEqual(2_000);
      expect(owner % 10).toBe(0);
      expect(other % 10).toBe(0);
    },
  );
});
