import { useSyncExternalStore } from 'react';
import type { Settings } from '../../../src-shared/settings/settings';

const query = '(prefers-color-scheme: dark)';
const subscribe = (changed: () => void): (() => void) => {
  const media = window.matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

/** Whether the window is dark now: by choice, else by the system. */
export function useIsDark(theme: Settings['theme']): boolean {
  const isSystemDark = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
  return theme === 'system' ? isSystemDark : theme === 'dark';
}
