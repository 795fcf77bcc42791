import type { JsSipSession } from './jssip-internals';

interface TimerHooks {
  isLineUp(): boolean;
  isMediaFlowing(): boolean;
}

const tryAgainMs = 5_000;

/**
 * Session timers (RFC 4028) that never cost a healthy call. JsSIP's own refresh is silently dropped when a re-INVITE is open, and its
 * expiry ends the call. Here: nothing is sent while the line is down; a refresh that did not work is tried again; when the other side
 * forgets to refresh we do it; and only an expired session without media is given up.
 */
export function keepSessionTimer(session: JsSipSession, hooks: TimerHooks): void {
  session._runSessionTimer = () => {
    const timers = session._sessionTimers;
    const expiresMs = (timers.currentExpires ?? 90) * 1000;
    const startedAt = performance.now();
    timers.running = true;
    if (timers.timer !== null) clearTimeout(timers.timer);

    const refresh = (): void => {
      if (session.isEnded()) return;
      const isExpired = performance.now() - startedAt > expiresMs * 1.1;
      if (isExpired && hooks.isLineUp() && !hooks.isMediaFlowing()) {
        session.terminate({ cause: 'RTP Timeout', status_code: 408, reason_phrase: 'Session Timer Expired' });
        return;
      }
      // The answer starts the timer anew (RFC 4028 section 7.2); until it comes we stay due.
      if (hooks.isLineUp() && session.isReadyToReOffer()) session._sendUpdate();
      timers.timer = setTimeout(refresh, Math.max(tryAgainMs, expiresMs / 8));
    };
    // RFC 4028 section 10: the refresher at half time, the other side shortly before the end.
    timers.timer = setTimeout(
      refresh,
      timers.refresher ? expiresMs / 2 : Math.max(expiresMs - 10_000, expiresMs * 0.9),
    );
  };
}
