import { create } from 'zustand';
import type { WrapUpView } from '../../src-shared/ipc/wrap-up-view';

/** Mirror of the work after calls. */
export const useWrapUpStore = create<WrapUpView>(() => ({ forms: [], unsent: 0 }));
