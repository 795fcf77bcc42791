import { create } from 'zustand';
import type { Destination } from '../../src-shared/destinations/destination';

/** Mirror of where calls can be sent; null until the centre has told it. */
export const useDestinationStore = create<{ readonly destinations: readonly Destination[] | null }>(() => ({
  destinations: null,
}));
