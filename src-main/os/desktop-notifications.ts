import { cleanCallerText } from '../../src-shared/customers/phone-number';
import type { Logger } from '../base/logger';

export interface NotificationContent {
  readonly title: string;
  readonly body: string;
}
export interface ShownNotification {
  close(): void;
}
/** One way to show a notification. */
export interface NotificationAdapter {
  readonly name: string;
  isSupported(): boolean;
  show(
    content: NotificationContent,
    on: { readonly click: () => void; readonly failed: (reason: string) => void },
  ): ShownNotification;
}

/** What another process may be handed: cleaned of control and bidi characters, and short. */
const safe = ({ title, body }: NotificationContent): NotificationContent => ({
  title: cleanCallerText(title),
  body: cleanCallerText(body),
});

/**
 * Shows notifications by the first adapter that can, and by the next when one fails. Nothing may depend on it: somebody may have
 * switched notifications off, and the window shows the same.
 */
export class DesktopNotifications {
  constructor(
    private readonly adapters: readonly NotificationAdapter[],
    private readonly log: Logger,
  ) {}

  show(content: NotificationContent, onClick: () => void): ShownNotification {
    let shown: ShownNotification | null = null;
    let isClosed = false;
    const tryFrom = (index: number): void => {
      const adapter = this.adapters[index];
      if (isClosed) return;
      if (!adapter) return this.log.warn('notification not shown: nothing here can');
      if (!adapter.isSupported()) return tryFrom(index + 1);
      shown = adapter.show(safe(content), {
        click: () => {
          if (!isClosed) onClick();
        },
        failed: reason => {
          this.log.warn(`notification by ${adapter.name} failed: ${reason}`);
          tryFrom(index + 1);
        },
      });
    };
    tryFrom(0);
    return {
      close: () => {
        isClosed = true;
        shown?.close();
      },
    };
  }
}
