import { create } from 'zustand';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';

/** Mirror of the newest calls; null until the first list came. */
export const useRecentCallStore = create<{ readonly calls: readonly RecentCall[] | null }>(() => ({ calls: null }));
