import type { ConsultContext } from '../../src-shared/consult/consult-context';
import type { CustomerCard } from '../../src-shared/customers/customer-card';
import type { ConsultedCustomer } from '../../src-shared/ipc/consulted-view';
import { Announcer } from '../base/announcer';
import { type Logger, reasonOf } from '../base/logger';

/** Asks the centre for the customer of a call. @throws AppError `call/unknown`, `server/unreachable` */
export type FetchCustomer = (callId: string) => Promise<CustomerCard>;

/**
 * Customers about whom colleagues ask this person, as the centre told it last. What the centre knows of them is fetched at once, so that
 * it is there when the phone rings.
 */
export class ConsultedDesk {
  readonly changes = new Announcer<readonly ConsultedCustomer[]>();
  #contexts: readonly ConsultContext[] = [];
  readonly #cards = new Map<string, CustomerCard | null>();

  constructor(
    private readonly fetch: FetchCustomer,
    private readonly log: Logger,
  ) {}

  get customers(): readonly ConsultedCustomer[] {
    return this.#contexts.map(context => ({ ...context, card: this.#cards.get(context.callId) ?? null }));
  }

  told(contexts: readonly ConsultContext[]): void {
    if (contexts.length === 0 && this.#contexts.length === 0) return;
    this.#contexts = contexts;
    for (const callId of this.#cards.keys())
      if (!contexts.some(context => context.callId === callId)) this.#cards.delete(callId);
    this.changes.announce(this.customers);
    for (const { callId } of contexts) if (!this.#cards.has(callId)) void this.#look(callId);
  }

  /** Signed out: nothing of a customer stays. */
  end(): void {
    this.told([]);
  }

  async #look(callId: string): Promise<void> {
    this.#cards.set(callId, null);
    try {
      const card = await this.fetch(callId);
      if (!this.#cards.has(callId)) return; // over meanwhile
      this.#cards.set(callId, card);
      this.changes.announce(this.customers);
    } catch (error) {
      this.log.warn(`customer of a consultation not fetched: ${reasonOf(error)}`);
      this.#cards.delete(callId);
    }
  }
}
