import type { Call } from '../../src-shared/call/call';
import type { DesktopNotifications, NotificationContent, ShownNotification } from './desktop-notifications';

/** One notification for each call that rings here, gone when it no longer rings. */
export class IncomingCallAlerts {
  readonly #shown = new Map<string, ShownNotification>();

  constructor(
    private readonly notifications: DesktopNotifications,
    private readonly contentFor: (call: Call) => NotificationContent,
    private readonly bringToFront: () => void,
  ) {}

  readonly follow = (calls: readonly Call[]): void => {
    const ringing = calls.filter(call => call.direction === 'inbound' && call.state === 'ringing');
    for (const [callId, notification] of this.#shown) {
      if (ringing.some(({ id }) => id === callId)) continue;
      notification.close();
      this.#shown.delete(callId);
    }
    for (const call of ringing) {
      if (this.#shown.has(call.id)) continue;
      this.#shown.set(call.id, this.notifications.show(this.contentFor(call), this.bringToFront));
    }
  };
}
