import { describe, expect, it } from 'vitest';
import {
  DesktopNotifications,
  type NotificationAdapter,
  type NotificationContent,
} from '../../../../src-main/os/desktop-notifications';
import { IncomingCallAlerts } from '../../../../src-main/os/incoming-call-alerts';
import { aCall } from '../../../builders/a-call';
import { QuietLogger } from '../../../fakes/quiet-logger';

class FakeNotifications implements NotificationAdapter {
  readonly name = 'fake';
  readonly shown: {
    content: NotificationContent;
    isClosed: boolean;
    click: () => void;
    failed: (reason: string) => void;
  }[] = [];
  constructor(private readonly canShow = true) {}
  isSupported(): boolean {
    return this.canShow;
  }
  show(
    content: NotificationContent,
    on: { click: () => void; failed: (reason: string) => void },
  ): { close: () => void } {
    const one = { content, isClosed: false, ...on };
    this.shown.push(one);
    return { close: () => void (one.isClosed = true) };
  }
}
const hello = { title: 'Incoming call', body: 'Camille' };

describe('desktop notifications', () => {
  it('uses the first adapter that can', () => {
    const [first, second, third] = [new FakeNotifications(false), new FakeNotifications(), new FakeNotifications()];
    new DesktopNotifications([first, second, third], new QuietLogger()).show(hello, () => undefined);
    expect([first.shown.length, second.shown.length, third.shown.length]).toEqual([0, 1, 0]);
  });

  it('turns to the next when one fails, but not after it was closed', () => {
    const [first, second] = [new FakeNotifications(), new FakeNotifications()];
    const notifications = new DesktopNotifications([first, second], new QuietLogger());
    notifications.show(hello, () => undefined);
    first.shown[0]?.failed('not signed');
    expect(second.shown).toHaveLength(1);
    notifications.show(hello, () => undefined).close();
    first.shown[1]?.failed('not signed');
    expect(second.shown).toHaveLength(1);
  });

  it('only writes it down when nothing can', () => {
    const log = new QuietLogger();
    expect(() =>
      new DesktopNotifications([new FakeNotifications(false)], log).show(hello, () => undefined).close(),
    ).not.toThrow();
    expect(log.lines).toHaveLength(1);
  });

  it('cleans and shortens what a caller has put in', () => {
    const adapter = new FakeNotifications();
    new DesktopNotifications([adapter], new QuietLogger()).show(
      { title: 'a\u202eb\n', body: `\u0000$(touch x)${'z'.repeat(500)}` },
      () => undefined,
    );
    expect(adapter.shown[0]?.content.title).toBe('ab');
    expect(adapter.shown[0]?.content.body).toHaveLength(128);
  });

  it('ignores a click after the call is gone', () => {
    const adapter = new FakeNotifications();
    let clicks = 0;
    const shown = new DesktopNotifications([adapter], new QuietLogger()).show(hello, () => (clicks += 1));
    adapter.shown[0]?.click();
    shown.close();
    adapter.shown[0]?.click();
    expect(clicks).toBe(1);
  });
});

describe('incoming call alerts', () => {
  it('shows one per ringing call and closes it when the ringing is over', () => {
    const adapter = new FakeNotifications();
    const alerts = new IncomingCallAlerts(
      new DesktopNotifications([adapter], new QuietLogger()),
      ({ remote }) => ({ title: 't', body: remote.number }),
      () => undefined,
    );
    alerts.follow([aCall({ state: 'ringing' })]);
    alerts.follow([
      aCall({ state: 'ringing', isMuted: true }),
      aCall({ id: 'b', state: 'ringing' }),
      aCall({ id: 'c', state: 'ringing', direction: 'outbound' }),
    ]);
    expect(adapter.shown).toHaveLength(2);
    alerts.follow([aCall({ state: 'connecting' }), aCall({ id: 'b', state: 'ringing' })]);
    expect(adapter.shown.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    alerts.follow([]);
    expect(adapter.shown.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });
});
