import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardQuality } from '../../../../src-shared/audio/e-model';

const perfect = {
  roundTripMs: 0,
  jitterBufferMs: 0,
  playoutMs: 0,
  packetMs: 20,
  lookAheadMs: 0,
  lossPercent: 0,
  gapPackets: 1,
};
const heard = (delayMs: number, lossPercent = 0, gapPackets = 1) =>
  heardQuality({ ...perfect, jitterBufferMs: delayMs - 20, lossPercent, gapPackets });

describe('E-model', () => {
  it('adds up the delay', () => {
    const parts = {
      roundTripMs: 100,
      jitterBufferMs: 30,
      playoutMs: 9,
      packetMs: 20,
      lookAheadMs: 6.5,
      lossPercent: 0,
      gapPackets: 1,
    };
    expect(heardQuality(parts).delayMs).toBeCloseTo(115.5, 6);
  });

  it('has the published corner values', () => {
    expect(heard(20).mos).toBeCloseTo(4.41, 1);
    // delay impairment at 400 ms: 9.6 + 24.5
    expect(93.2 - heard(400).rating).toBeCloseTo(9.6 + 24.497, 2);
    expect(heard(20, 100, 1).mos).toBeGreaterThanOrEqual(1);
    expect(heard(5_000, 100, 50).mos).toBe(1);
  });

  // Computed by hand from ITU-T G.107 (06/2015) with Ie 0, Bpl 25.1.
  it.each(golden())(
    'delay %i ms, loss %f %%, gaps of %f packets: R %f, MOS %f',
    (...[delayMs, loss, gap, rating, mos]) => {
      const quality = heard(delayMs, loss, gap);
      expect(quality.rating).toBeCloseTo(rating, 2);
      expect(quality.mos).toBeCloseTo(mos, 3);
    },
  );

  it('never gets better with more delay, more loss or longer gaps', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 20, max: 2_000, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (delayMs, loss) => {
          const { mos } = heard(delayMs, loss, 1);
          expect(heard(delayMs + 25, loss, 1).mos).toBeLessThanOrEqual(mos + 1e-9);
          expect(heard(delayMs, loss + 2, 1).mos).toBeLessThanOrEqual(mos + 1e-9);
          expect(heard(delayMs, loss, 3).mos).toBeLessThanOrEqual(mos + 1e-9);
          expect(mos).toBeGreaterThanOrEqual(1);
          expect(mos).toBeLessThanOrEqual(4.5);
        },
      ),
    );
  });
});

function golden(): [number, number, number, number, number][] {
  return [
    [20, 0, 1, 92.72, 4.3998],
    [20, 1, 1, 89.08, 4.3158],
    [20, 5, 2, 75.592, 3.8471],
    [20, 20, 3, 35.89, 1.8678],
    [60, 0, 1, 91.76, 4.3797],
    [60, 20, 3, 34.93, 1.8237],
    [100, 0, 1, 90.8, 4.3581],
    [100, 1, 1, 87.16, 4.2634],
    [100, 5, 2, 73.672, 3.7641],
    [100, 20, 3, 33.97, 1.7803],
    [150, 0, 1, 89.6, 4.3291],
    [150, 1, 1, 85.96, 4.2279],
    [150, 5, 2, 72.472, 3.7107],
    [150, 20, 3, 32.77, 1.727],
    [177.3, 0, 1, 88.945, 4.3123],
    [177.3, 20, 3, 32.115, 1.6985],
    [200, 0, 1, 85.903, 4.2262],
    [200, 1, 1, 82.263, 4.1066],
    [200, 5, 2, 68.775, 3.539],
    [200, 20, 3, 29.073, 1.5712],
    [300, 0, 1, 72.503, 3.7121],
    [300, 20, 3, 15.673, 1.1385],
    [400, 0, 1, 59.103, 3.0534],
    [400, 1, 1, 55.463, 2.8628],
    [400, 5, 2, 41.975, 2.1618],
    [400, 20, 3, 2.273, 1.0],
    [600, 0, 1, 32.303, 1.7066],
    [600, 1, 1, 28.663, 1.5547],
    [600, 5, 2, 15.175, 1.1272],
    [600, 20, 3, -24.527, 1.0],
    [1000, 0, 1, -21.297, 1.0],
    [1000, 20, 3, -78.127, 1.0],
  ];
}
