import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineGate } from '../../../../src-main/phone-engine/line/line-gate';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('LineGate', () => {
  it('lets through at once when open, and those who waited when it opens', async () => {
    const gate = new LineGate();
    const waited = gate.whenUp(10_000);
    gate.open();
    expect(await waited).toBe(true);
    expect(await gate.whenUp(0)).toBe(true);
    gate.close();
    expect(gate.isUp).toBe(false);
  });

  it('says no after the time is over, and does not remember the one who left', async () => {
    const gate = new LineGate();
    const waited = gate.whenUp(10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waited).toBe(false);
    gate.open();
    expect(await waited).toBe(false);
  });
});
