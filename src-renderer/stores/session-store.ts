import { create } from 'zustand';
import type { SessionView } from '../../src-shared/ipc/agent-notices';

/** Mirror of main's session; null until the first snapshot. */
export const useSessionStore = create<{ readonly session: SessionView | null }>(() => ({ session: null }));
