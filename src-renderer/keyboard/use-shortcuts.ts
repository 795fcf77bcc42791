import { useEffect } from 'react';
import { callOrders } from '../phone/use-call-actions';
import { selectDockCalls } from '../phone/facts/select-calls';
import { useCallStore } from '../stores/call-store';
import { setHelpOpen } from '../stores/view-store';
import { isTypingTarget, shortcutOf, type ShortcutName } from './shortcuts';

/** Obeys the shortcuts anywhere in the window. */
export function useShortcuts(): void {
  useEffect(() => {
    const obey = (event: KeyboardEvent): void => {
      const name = shortcutOf(event, isTypingTarget(document.activeElement));
      if (name === null) return;
      event.preventDefault();
      perform(name);
    };
    window.addEventListener('keydown', obey, true);
    return () => window.removeEventListener('keydown', obey, true);
  }, []);
}

function perform(name: ShortcutName): void {
  const { main, incoming } = selectDockCalls(useCallStore.getState().calls);
  const mainOrders = main === null ? null : callOrders(main);
  switch (name) {
    case 'answer':
      if (incoming !== null) callOrders(incoming).answer();
      return;
    case 'hang-up':
      // The call one is talking in comes first: a second caller is never hung up by mistake.
      if (mainOrders?.may.has('hang-up') === true) mainOrders.hangUp();
      else if (main === null && incoming !== null) callOrders(incoming).decline();
      return;
    case 'mute':
      if (mainOrders?.may.has('mute') === true) mainOrders.toggleMute();
      return;
    case 'hold':
      if (mainOrders !== null && (mainOrders.may.has('hold') || mainOrders.may.has('resume'))) mainOrders.toggleHold();
      return;
    case 'dial':
      document.querySelector<HTMLInputElement>('[data-dial-field]')?.focus();
      return;
    case 'help':
      setHelpOpen(true);
  }
}
