import { create } from 'zustand';

/** The one store that mirrors nothing: what this window alone decides. */
export type ScreenName = 'dashboard' | 'settings';
interface View {
  readonly screen: ScreenName;
  readonly isHelpOpen: boolean;
  readonly isKeypadOpen: boolean;
  /** What stands in the dial field; kept while screens change. */
  readonly typed: string;
}
export const useViewStore = create<View>(() => ({
  screen: 'dashboard',
  isHelpOpen: false,
  isKeypadOpen: false,
  typed: '',
}));

export const openScreen = (screen: ScreenName): void => useViewStore.setState({ screen });
export const setHelpOpen = (isHelpOpen: boolean): void => useViewStore.setState({ isHelpOpen });
export const setKeypadOpen = (isKeypadOpen: boolean): void => useViewStore.setState({ isKeypadOpen });
export const setTyped = (typed: string): void => useViewStore.setState({ typed });
