import { Notification } from 'electron';
import type { NotificationAdapter } from './desktop-notifications';

/** Objects that are collected lose their click event (Electron issue of long standing): kept until closed. */
const alive = new Set<Notification>();

/** Electron's own notification: click on every platform. Our ring tone is the sound. */
export const electronNotifications: NotificationAdapter = {
  name: 'electron',
  isSupported: () => Notification.isSupported(),
  show({ title, body }, on) {
    const notification = new Notification({ title, body, silent: true, urgency: 'critical', timeoutType: 'never' });
    alive.add(notification);
    notification.on('click', on.click);
    notification.on('failed', (_event, error) => {
      alive.delete(notification);
      on.failed(error);
    });
    notification.on('close', () => alive.delete(notification));
    notification.show();
    return {
      close() {
        alive.delete(notification);
        notification.close();
      },
    };
  },
};
