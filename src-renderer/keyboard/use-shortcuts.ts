import { useEffect } from 'react';
import { actionFacts } from '../actions/action-facts';
import { performShortcut } from '../actions/actions';
import { useSettingsStore } from '../stores/settings-store';
import { isMac } from './platform';
import { shortcutOf } from './shortcut-of';
import { isTypingTarget } from './typing-target';

/** Obeys the shortcuts anywhere in the window, except where a new one is being chosen. */
export function useShortcuts(): void {
  useEffect(() => {
    const obey = (event: KeyboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('[data-records-keys]') !== null) return;
      const isTyping = isTypingTarget(document.activeElement);
      const name = shortcutOf(event, useSettingsStore.getState().settings, { isTyping, isMac });
      if (name === null) return;
      event.preventDefault();
      performShortcut(name, actionFacts());
    };
    window.addEventListener('keydown', obey, true);
    return () => window.removeEventListener('keydown', obey, true);
  }, []);
}
