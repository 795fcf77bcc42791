import { hasHiddenDigits } from '../../src-shared/customers/phone-number';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { Announcer } from '../base/announcer';
import { forgetOldCalls, lastNameOf, newestCalls, upsertCalls } from '../cache/call-table';
import type { CacheDb } from '../cache/open-cache';

const leastFetched = 50;
const kept = 2_000;

/** Asks the server for the newest calls. @throws AppError `server/unreachable`, `sign-in/…` */
export type FetchRecentCalls = (limit: number) => Promise<readonly RecentCall[]>;

/** Recent calls of the signed-in person: from the cache at once, then as the server tells them. */
export class CallJournal {
  readonly changes = new Announcer<readonly RecentCall[]>();
  #owner: string | null = null;
  #calls: readonly RecentCall[] = [];

  constructor(
    private readonly db: CacheDb,
    private readonly fetch: FetchRecentCalls,
    /** How many the person wants to see. */
    private readonly wanted: () => number,
  ) {}

  get calls(): readonly RecentCall[] {
    return this.#calls;
  }

  /** @param owner server and person: what is cached for somebody else stays unseen */
  begin(owner: string): void {
    this.#owner = owner;
    this.#show();
  }

  end(): void {
    this.#owner = null;
    this.#show();
  }

  async refresh(): Promise<void> {
    const owner = this.#owner;
    if (owner === null) return;
    const calls = await this.fetch(Math.max(leastFetched, this.wanted()));
    if (this.#owner !== owner) return; // signed out meanwhile
    upsertCalls(this.db, owner, calls);
    forgetOldCalls(this.db, owner, kept);
    this.#show();
  }

  /** The person wants to see another number of calls: those known at once, the others when the server has told them. */
  async resize(): Promise<void> {
    if (this.#calls.length === this.wanted()) return;
    const had = this.#calls.length;
    this.#show();
    if (this.#calls.length >= had && this.#calls.length < this.wanted()) await this.refresh();
  }

  /** The server wrote or changed one call. */
  journalled(call: RecentCall): void {
    if (this.#owner === null) return;
    upsertCalls(this.db, this.#owner, [call]);
    this.#show();
  }

  /** Async although the cache is not: the day a query is slow it moves to a worker without touching a caller. */
  async nameOf(number: string): Promise<string | null> {
    if (this.#owner === null || hasHiddenDigits(number)) return null; // several people share what is left of it
    return lastNameOf(this.db, this.#owner, number);
  }

  #show(): void {
    this.#calls = this.#owner === null ? [] : newestCalls(this.db, this.#owner, this.wanted());
    this.changes.announce(this.#calls);
  }
}
