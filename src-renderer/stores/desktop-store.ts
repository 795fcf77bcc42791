import { create } from 'zustand';
import type { WaitingLink, WindowView } from '../../src-shared/ipc/agent-notices';
import type { GlobalShortcutName } from '../../src-shared/shortcuts/shortcut-names';

interface Desktop {
  readonly window: WindowView;
  /** A link somebody opened outside, waiting for yes or no. */
  readonly link: WaitingLink | null;
  /** Global shortcuts that another program has. */
  readonly taken: readonly GlobalShortcutName[];
}

/** Mirror of what main knows of the desktop around the window. */
export const useDesktopStore = create<Desktop>(() => ({
  window: { isCompact: false, isOnTop: false },
  link: null,
  taken: [],
}));
