import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeepAlive } from '../../../../src-main/phone-engine/jssip/keep-alive';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started() {
  const edges = { ping: vi.fn<() => void>(), askOtherwise: vi.fn<() => void>(), dead: vi.fn<() => void>() };
  const keepAlive = new KeepAlive(edges);
  keepAlive.start();
  return { ...edges, keepAlive };
}

describe('keep-alive', () => {
  it('pings every 5 s as long as something comes back', () => {
    const { ping, askOtherwise, dead, keepAlive } = started();
    ping.mockImplementation(() => keepAlive.alive());
    vi.advanceTimersByTime(60_000);
    expect(ping.mock.calls.length).toBeGreaterThanOrEqual(11);
    expect(askOtherwise).not.toHaveBeenCalled();
    expect(dead).not.toHaveBeenCalled();
  });

  it('asks in another way a server that does not answer CRLF', () => {
    const { askOtherwise, dead, keepAlive } = started();
    askOtherwise.mockImplementation(() => keepAlive.alive());
    vi.advanceTimersByTime(60_000);
    expect(askOtherwise.mock.calls.length).toBeGreaterThan(5);
    expect(dead).not.toHaveBeenCalled();
  });

  it('says dead once, within 10 s of the last sign of life', () => {
    const { dead } = started();
    vi.advanceTimersByTime(10_000);
    expect(dead).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(dead).toHaveBeenCalledTimes(1);
  });

  it('proves a suspect connection within the time asked for', () => {
    const { dead, ping, keepAlive } = started();
    keepAlive.probe(1_000);
    expect(ping).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    expect(dead).toHaveBeenCalledTimes(1);
  });

  it('is quiet once stopped', () => {
    const { ping, dead, keepAlive } = started();
    keepAlive.stop();
    vi.advanceTimersByTime(60_000);
    expect(ping).not.toHaveBeenCalled();
    expect(dead).not.toHaveBeenCalled();
  });
});
