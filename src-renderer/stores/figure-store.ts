import { create } from 'zustand';
import type { FiguresView } from '../../src-shared/ipc/agent-notices';

/** Mirror of the person's own figures. */
export const useFigureStore = create<FiguresView>(() => ({ figures: null, failure: null }));
