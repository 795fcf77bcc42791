import {
  AudioLines,
  CircleHelp,
  House,
  Keyboard,
  Languages,
  LifeBuoy,
  ListTree,
  LogOut,
  Minimize2,
  Moon,
  Pin,
  Search,
  Settings,
  Sun,
  SunMoon,
} from 'lucide-react';
import { hasLiveCall } from '../../src-shared/call/select-calls';
import { languages, themes } from '../../src-shared/settings/settings';
import { askAndTell } from '../bridge/ask-and-tell';
import { changeSettings } from '../settings/change-settings';
import { openScreen, openSheet, setHelpOpen, useViewStore, type ScreenName } from '../stores/view-store';
import type { Action } from './actions';
import type { ActionFacts } from './action-facts';

const always = (): boolean => true;
export const changeWindow = (change: { readonly isCompact?: boolean; readonly isOnTop?: boolean }): void =>
  void askAndTell('window.change', change);

/** During a call it asks first. */
export const signOut = ({ calls }: ActionFacts): void =>
  hasLiveCall(calls) ? openSheet('sign-out') : void askAndTell('session.sign-out', {});

/** A screen needs the whole window. */
const screen = (name: ScreenName, icon: Action['icon']): Action => ({
  id: `screen-${name}`,
  group: 'screen',
  icon,
  shortcut: null,
  label: ({ t }) => t(`shell.${name}`),
  isAllowed: always,
  run: ({ window }) => {
    openScreen(name);
    if (window.isCompact) changeWindow({ isCompact: false });
  },
});

const themeIcons = { light: Sun, dark: Moon, system: SunMoon };

/** Screens, the window itself, help, and the way out. */
export const windowActions: readonly Action[] = [
  screen('dashboard', House),
  screen('calls', ListTree),
  screen('recordings', AudioLines),
  screen('settings', Settings),
  {
    id: 'compact',
    group: 'window',
    icon: Minimize2,
    shortcut: 'compact',
    label: ({ t }, { window }) => t(window.isCompact ? 'actions.full-window' : 'actions.compact'),
    isAllowed: always,
    run: ({ window }) => changeWindow({ isCompact: !window.isCompact }),
  },
  {
    id: 'on-top',
    group: 'window',
    icon: Pin,
    shortcut: null,
    label: ({ t }, { window }) => t(window.isOnTop ? 'actions.not-on-top' : 'actions.on-top'),
    isAllowed: always,
    run: ({ window }) => changeWindow({ isOnTop: !window.isOnTop }),
  },
  ...themes.map((theme): Action => ({
    id: `theme-${theme}`,
    group: 'window',
    icon: themeIcons[theme],
    shortcut: null,
    label: ({ t }) => t('actions.pair', { name: t('settings.theme'), value: t(`settings.theme-${theme}`) }),
    isAllowed: ({ settings }) => settings.theme !== theme,
    run: () => changeSettings({ theme }),
  })),
  ...languages.map((language): Action => ({
    id: `language-${language}`,
    group: 'window',
    icon: Languages,
    shortcut: null,
    label: ({ t }) => t('actions.pair', { name: t('settings.language'), value: t(`language.${language}`) }),
    isAllowed: always,
    run: () => changeSettings({ language }),
  })),
  {
    id: 'palette',
    group: 'help',
    icon: Search,
    shortcut: 'palette',
    label: ({ t }) => t('help.palette'),
    isAllowed: always,
    run: () => openSheet('palette'),
  },
  {
    id: 'screen-help',
    group: 'help',
    icon: CircleHelp,
    shortcut: 'screen-help',
    label: ({ t }) => t('help.screen-help'),
    isAllowed: mayShowHelp,
    run: () => setHelpOpen(!useViewStore.getState().isHelpOpen),
  },
  {
    id: 'help',
    group: 'help',
    icon: Keyboard,
    shortcut: 'help',
    label: ({ t }) => t('help.shortcuts'),
    isAllowed: always,
    run: () => openSheet('shortcuts'),
  },
  {
    id: 'report',
    group: 'help',
    icon: LifeBuoy,
    shortcut: null,
    label: ({ t }) => t('report.open'),
    isAllowed: always,
    run: () => openSheet('report'),
  },
  {
    id: 'sign-out',
    group: 'session',
    icon: LogOut,
    shortcut: null,
    label: ({ t }) => t('shell.sign-out'),
    isAllowed: always,
    run: signOut,
  },
];

/** In the small window help would lie over the call. */
function mayShowHelp({ window, calls }: ActionFacts): boolean {
  return !window.isCompact || !hasLiveCall(calls);
}
