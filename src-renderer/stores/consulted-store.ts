import { create } from 'zustand';
import type { ConsultedCustomer } from '../../src-shared/ipc/consulted-view';

interface ConsultedMirror {
  readonly customers: readonly ConsultedCustomer[];
}

/** Mirror of the customers about whom colleagues ask this person. */
export const useConsultedStore = create<ConsultedMirror>(() => ({ customers: [] }));
