import { create } from 'zustand';
import type { Call } from '../../src-shared/call/call';
import type { Interaction } from '../../src-shared/interaction/interaction-state';

interface CallMirror {
  /** Ended ones included until they are dismissed. */
  readonly calls: readonly Call[];
  /** Who of them is a customer, and who a colleague being asked. */
  readonly interactions: readonly Interaction[];
}

/** Mirror of main's calls. */
export const useCallStore = create<CallMirror>(() => ({ calls: [], interactions: [] }));
