import type { NotificationAdapter } from './desktop-notifications';

/**
 * For the places where Electron cannot: an unsigned build on macOS (event `failed`), a portable one on Windows without a start-menu
 * entry, Linux without libnotify but with `notify-send`. Loaded at the first use only. Cannot be closed, on Linux not clicked.
 */
export const nodeNotifierNotifications: NotificationAdapter = {
  name: 'node-notifier',
  isSupported: () => true,
  show({ title, body }, on) {
    const show = async (): Promise<void> => {
      const { default: notifier } = await import('node-notifier');
      notifier.notify({ title, message: body, wait: true }, (error, response) => {
        if (error) on.failed(error.message);
        else if (response === 'activate') on.click();
      });
    };
    show().catch((error: unknown) => on.failed(error instanceof Error ? error.message : String(error)));
    return { close: () => undefined };
  },
};
