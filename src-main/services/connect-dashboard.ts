import { reasonOf, type Logger } from '../base/logger';
import type { Services } from './build-services';

/** What the dashboard shows follows the session, the calls and the person's wish. */
export function connectDashboard({ signIn, live, figures, journal, settings }: Services, log: Logger): void {
  signIn.beginnings.hear(() => figures.begin());
  signIn.endings.hear(() => figures.end());
  live.gaps.hear(() => figures.outdated());
  live.changes.hear(isUp => isUp && figures.outdated());
  live.events.hear(({ type }) => {
    if (type === 'call.journalled' || type === 'wrap-up.changed') figures.outdated();
  });
  let shown = settings.value.recentCallsShown;
  settings.changes.hear(({ recentCallsShown }) => {
    if (recentCallsShown === shown) return;
    shown = recentCallsShown;
    journal.resize().catch((error: unknown) => log.warn(`recent calls not fetched: ${reasonOf(error)}`));
  });
}
