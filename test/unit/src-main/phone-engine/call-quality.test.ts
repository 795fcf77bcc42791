import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchCallQuality } from '../../../../src-main/phone-engine/audio/call-quality';
import type { CallQuality } from '../../../../src-shared/call/call';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call whose counters a test lets run: 8000 samples and 50 packets a second, or nothing but concealment on hold. */
function aWatchedCall() {
  const counters = { packets: 0, samples: 0, concealed: 0, events: 0 };
  let isPaused = false;
  const told: CallQuality[] = [];
  const connection = {
    getStats: async () =>
      new Map<string, object>([
        [
          'in',
          {
            type: 'inbound-rtp',
            kind: 'audio',
            codecId: 'codec',
            packetsReceived: counters.packets,
            totalSamplesReceived: counters.samples,
            concealedSamples: counters.concealed,
            silentConcealedSamples: 0,
            concealmentEvents: counters.events,
          },
        ],
        ['codec', { type: 'codec', id: 'codec', mimeType: 'audio/PCMU', clockRate: 8000 }],
      ]) as unknown as RTCStatsReport,
  };
  const watch = watchCallQuality(connection as unknown as RTCPeerConnection, {
    isPaused: () => isPaused,
    onQuality: quality => told.push(quality),
    onInterrupted: () => undefined,
    log: () => undefined,
  });
  return {
    told,
    watch,
    setPaused(value: boolean): void {
      isPaused = value;
      watch.startOver();
    },
    async passes(seconds: number): Promise<void> {
      for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
        counters.samples += 800;
        if (isPaused) counters.concealed += 800;
        else counters.packets += 5;
        if (isPaused && tenth === 0) counters.events += 1;
        await vi.advanceTimersByTimeAsync(100);
      }
    },
  };
}

test('a clean call is told as clean, every two seconds', async () => {
  const call = aWatchedCall();
  await call.passes(9);
  expect(call.told.length).toBeGreaterThanOrEqual(3);
  expect(Math.min(...call.told.map(({ mos }) => mos))).toBeGreaterThan(4.2);
  call.watch.stop();
});

for (const seconds of [0.3, 1, 2.5, 30])
  test(`a hold of ${seconds} s leaves no mark on the quality of the call`, async () => {
    const call = aWatchedCall();
    await call.passes(3.4);
    call.setPaused(true);
    await call.passes(seconds);
    call.setPaused(false);
    await call.passes(8);
    expect(call.told.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...call.told.map(({ lossPercent }) => lossPercent))).toBe(0);
    call.watch.stop();
  });
