import { create } from 'zustand';
import { defaultSettings, type Settings } from '../../src-shared/settings/settings';

/** Mirror of the stored settings. */
export const useSettingsStore = create<{ readonly settings: Settings }>(() => ({ settings: defaultSettings }));
