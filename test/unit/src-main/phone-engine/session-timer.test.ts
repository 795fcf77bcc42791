import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepSessionTimer } from '../../../../src-main/phone-engine/jssip/session-timer';

type Session = Parameters<typeof keepSessionTimer>[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session with timers of 100 s, of which only what the timer touches exists. */
function running(state: { isRefresher: boolean; isLineUp?: boolean; isMediaFlowing?: boolean; isReady?: boolean }) {
  const now = { isLineUp: true, isMediaFlowing: true, isReady: true, ...state };
  const session = {
    _sessionTimers: { currentExpires: 100, running: false, refresher: state.isRefresher, timer: null },
    _sendUpdate: vi.fn<() => void>(),
    terminate: vi.fn<() => void>(),
    isEnded: () => session.terminate.mock.calls.length > 0,
    isReadyToReOffer: () => now.isReady,
    _runSessionTimer: () => undefined,
  };
  keepSessionTimer(session as unknown as Session, {
    isLineUp: () => now.isLineUp,
    isMediaFlowing: () => now.isMediaFlowing,
  });
  session._runSessionTimer();
  return { session, now };
}

describe('session timer (RFC 4028)', () => {
  it('refreshes at half time, and again until it is answered', () => {
    const { session } = running({ isRefresher: true });
    vi.advanceTimersByTime(49_000);
    expect(session._sendUpdate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(1);
    session._runSessionTimer(); // what JsSIP does with the 200
    vi.advanceTimersByTime(49_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(14_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(3);
  });

  it('waits for a re-INVITE that is open instead of forgetting the refresh', () => {
    const { session, now } = running({ isRefresher: true, isReady: false });
    vi.advanceTimersByTime(60_000);
    expect(session._sendUpdate).not.toHaveBeenCalled();
    now.isReady = true;
    vi.advanceTimersByTime(13_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(1);
  });

  it('sends nothing and ends nothing while the line is down, even for hours', () => {
    const { session, now } = running({ isRefresher: true, isLineUp: false });
    vi.advanceTimersByTime(7_200_000);
    expect(session._sendUpdate).not.toHaveBeenCalled();
    expect(session.terminate).not.toHaveBeenCalled();
    now.isLineUp = true;
    vi.advanceTimersByTime(13_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(1);
  });

  it('refreshes itself when the other side forgets, shortly before the end', () => {
    const { session } = running({ isRefresher: false });
    vi.advanceTimersByTime(89_000);
    expect(session._sendUpdate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(session._sendUpdate).toHaveBeenCalledTimes(1);
  });

  it('gives up an expired session only when no sound arrives either', () => {
    const { session, now } = running({ isRefresher: false });
    vi.advanceTimersByTime(300_000);
    expect(session.terminate).not.toHaveBeenCalled();
    now.isMediaFlowing = false;
    vi.advanceTimersByTime(13_000);
    expect(session.terminate).toHaveBeenCalledTimes(1);
  });
});
