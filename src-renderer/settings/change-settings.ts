import type { SettingsChange } from '../../src-shared/settings/settings';
import { askAndTell } from '../bridge/ask-and-tell';

/** Asks main to keep a change; the notice that follows redraws the screen. */
export function changeSettings(change: SettingsChange): void {
  void askAndTell('settings.change', change);
}
