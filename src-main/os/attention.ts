import { app, type BrowserWindow } from 'electron';
import type { Call } from '../../src-shared/call/call';
import { osText } from './text';

type Language = Parameters<typeof osText>[0];
export type PhoneMood = 'ringing' | 'talking' | 'dialing' | 'held' | 'idle';

/** The one thing the calls are about now, the most urgent first, and the call that makes it so. */
export function moodOf(calls: readonly Call[]): { mood: PhoneMood; call: Call | null } {
  const first = (test: (call: Call) => boolean): Call | null => calls.find(test) ?? null;
  const ringing = first(call => call.direction === 'inbound' && call.state === 'ringing');
  if (ringing) return { mood: 'ringing', call: ringing };
  const talking = first(
    call => call.state === 'active' || (call.state === 'connecting' && call.direction === 'inbound'),
  );
  if (talking) return { mood: 'talking', call: talking };
  const dialing = first(call => ['dialing', 'ringing', 'early-media', 'connecting'].includes(call.state));
  if (dialing) return { mood: 'dialing', call: dialing };
  const held = first(call => call.state === 'held');
  return { mood: held ? 'held' : 'idle', call: held };
}

export const callerOf = (call: Call, language: Language): string =>
  call.remote.name ??
  (call.remote.number === '' ? osText(language, 'notification.unknown-caller') : call.remote.number);

/** The title bar says what the phone does. */
export function titleFor(calls: readonly Call[], language: Language): string {
  const { mood, call } = moodOf(calls);
  return call === null || mood === 'idle'
    ? osText(language, 'app-name')
    : osText(language, `title.${mood}`, { caller: callerOf(call, language) });
}

/** Brings the window before the person's eyes, from the tray, a notification or a second start. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/**
 * A ringing call makes the window visible and its task-bar entry blink, above other windows but without taking the keyboard:
 * who is typing elsewhere must not answer by accident.
 * @returns to be told of every change of the calls
 */
export function callingForAttention(
  window: BrowserWindow,
  isKeptOnTop: () => boolean,
): (calls: readonly Call[]) => void {
  let wasRinging = false;
  return calls => {
    if (window.isDestroyed()) return;
    const ringing = calls.filter(call => call.direction === 'inbound' && call.state === 'ringing').length;
    const isRinging = ringing > 0;
    if (isRinging && !wasRinging) {
      if (window.isMinimized() || !window.isVisible()) window.showInactive();
      window.moveTop();
    }
    wasRinging = isRinging;
    keepOnTop(window, isRinging || isKeptOnTop());
    attract(window, ringing);
  };
}

function keepOnTop(window: BrowserWindow, isOnTop: boolean): void {
  if (window.isAlwaysOnTop() !== isOnTop) window.setAlwaysOnTop(isOnTop, 'floating');
}

function attract(window: BrowserWindow, ringing: number): void {
  window.flashFrame(ringing > 0 && !window.isFocused());
  app.setBadgeCount(ringing);
}
