import { create } from 'zustand';
import type { FigureId, Period } from '../../src-shared/statistics/definitions';

/** The one store that mirrors nothing: what this window alone decides. */
export type ScreenName = 'dashboard' | 'calls' | 'recordings' | 'settings';
/** At most one sheet lies over the window. */
export type Sheet =
  | 'palette'
  | 'call'
  | 'shortcuts'
  | 'report'
  | 'sign-out'
  | 'figure'
  | 'player'
  | 'story'
  | SendSheet;
/** What is to be done with the call that is chosen a destination for. */
export type SendSheet = 'consult' | 'transfer' | 'send-on';
export interface OpenFigure {
  readonly id: FigureId;
  readonly period: Period;
}
interface View {
  readonly screen: ScreenName;
  readonly sheet: Sheet | null;
  /** The figure that the sheet of figures shows, or showed last. */
  readonly figure: OpenFigure;
  /** The help beside the screen. */
  readonly isHelpOpen: boolean;
  readonly isKeypadOpen: boolean;
  /** What stands in the dial field; kept while screens change. */
  readonly typed: string;
  /** Of the recording in the player. */
  readonly recordingId: string | null;
}
export const useViewStore = create<View>(() => ({
  screen: 'dashboard',
  sheet: null,
  figure: { id: 'calls', period: 'today' },
  isHelpOpen: false,
  isKeypadOpen: false,
  typed: '',
  recordingId: null,
}));

export const openScreen = (screen: ScreenName): void => useViewStore.setState({ screen });
export const openSheet = (sheet: Sheet): void => useViewStore.setState({ sheet });
export const openFigure = (figure: OpenFigure): void => useViewStore.setState({ sheet: 'figure', figure });
/** Closes this one; another that was opened meanwhile stays. */
export const closeSheet = (sheet: Sheet): void =>
  useViewStore.setState(view => (view.sheet === sheet ? { sheet: null } : view));
export const setHelpOpen = (isHelpOpen: boolean): void => useViewStore.setState({ isHelpOpen });
export const setKeypadOpen = (isKeypadOpen: boolean): void => useViewStore.setState({ isKeypadOpen });
export const setTyped = (typed: string): void => useViewStore.setState({ typed });
