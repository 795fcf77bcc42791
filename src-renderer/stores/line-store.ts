import { create } from 'zustand';
import type { LineState } from '../../src-shared/line/line-state';

/** Mirror of main's line state. */
export const useLineStore = create<{ readonly line: LineState }>(() => ({ line: { state: 'offline' } }));
