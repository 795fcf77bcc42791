import { create } from 'zustand';
import type { Call } from '../../src-shared/call/call';

/** Mirror of main's calls, ended ones included until they are dismissed. */
export const useCallStore = create<{ readonly calls: readonly Call[] }>(() => ({ calls: [] }));
