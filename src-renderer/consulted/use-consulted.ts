import type { Call } from '../../src-shared/call/call';
import { contextOfCall } from '../../src-shared/consult/consult-context';
import type { ConsultedCustomer } from '../../src-shared/ipc/consulted-view';
import { useConsultedStore } from '../stores/consulted-store';

/** The customer whom the first of these calls is about that is about one; null when none is. */
export function useConsulted(calls: readonly (Call | null)[]): ConsultedCustomer | null {
  const customers = useConsultedStore(state => state.customers);
  for (const call of calls) {
    const customer = call === null ? null : contextOfCall(call, customers);
    if (customer !== null) return customer;
  }
  return null;
}
