import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import { AppError, type ErrorCode } from '../../src-shared/errors/app-error';
import { maskedNumber } from '../../src-shared/customers/masked-number';
import { hasHiddenDigits } from '../../src-shared/customers/phone-number';
import type { WrapUpView } from '../../src-shared/ipc/wrap-up-view';
import type { RouteInput } from '../../src-shared/server-api/rest-routes';
import type { WrapUp } from '../../src-shared/wrap-up/wrap-up';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { CacheDb } from '../cache/open-cache';
import {
  changeNumbers,
  draftsOf,
  keepOutcome,
  outcomeToDraft,
  putDraft,
  removeDraft,
  removeOutcome,
  unsentOutcomes,
  type Draft,
  type UnsentOutcome,
} from './outcome-table';

export interface WrapUpCentre {
  /** @throws AppError */
  send(outcome: RouteInput<'calls.outcome'>): Promise<unknown>;
  /** @throws AppError `wrap-up/over`, `wrap-up/no-more-time`, `server/unreachable` */
  extend(): Promise<WrapUp>;
}
export interface WrapUpNeeds {
  readonly centre: WrapUpCentre;
  /** outbox.db */
  readonly db: CacheDb;
  readonly clock: Clock;
  /** How far the server's clock is ahead. */
  readonly aheadMs: () => number;
  readonly log: Logger;
}
export interface Written {
  readonly callId: string;
  readonly dispositionId: string | null;
  readonly note: string;
}

const retryMs = 15_000;
/** It was not the outcome that was wrong: it is sent again. */
const isPassing = (code: ErrorCode): boolean => /^(server|sign-in)\/|^internal$/.test(code);

/**
 * Work after calls. What is typed is on disk at each pause of typing; what is saved stays in the outbox until the server has
 * confirmed it, and is sent under the same id however often that takes.
 */
export class WrapUpDesk {
  readonly changes = new Announcer<WrapUpView>();
  /** The server did not take what was saved before; its form is back. */
  readonly refusals = new Announcer<{ readonly callId: string; readonly code: ErrorCode }>();
  #owner: string | null = null;
  #running: WrapUp | null = null;
  /** Its last words may come after its time. */
  #last: WrapUp | null = null;
  /** Saved here while the server still counts its time. */
  #saved: string | null = null;
  #sending: Promise<unknown> = Promise.resolve();
  #cancelRetry = (): void => undefined;

  constructor(private readonly needs: WrapUpNeeds) {}

  get view(): WrapUpView {
    if (this.#owner === null) return { forms: [], unsent: 0 };
    const running = this.#running?.callId === this.#saved ? null : this.#running;
    const drafts = draftsOf(this.needs.db, this.#owner);
    const current = drafts.find(({ callId }) => callId === running?.callId);
    const first = running === null ? [] : [formOf({ dispositionId: null, note: '', ...current, ...running }, running)];
    const others = drafts.filter(({ callId }) => callId !== running?.callId).map(draft => formOf(draft, null));
    return { forms: [...first, ...others], unsent: unsentOutcomes(this.needs.db, this.#owner).length };
  }

  /** @param owner server and person: what somebody else wrote stays unseen */
  begin(owner: string): void {
    this.#owner = owner;
    this.#tell();
    void this.sendKept();
  }

  end(): void {
    this.#cancelRetry();
    this.#owner = null;
    this.#running = null;
    this.#last = null;
    this.#saved = null;
    this.#tell();
  }

  told(wrapUp: WrapUp | null): void {
    this.#running = wrapUp;
    this.#last = wrapUp ?? this.#last;
    if (wrapUp?.callId !== this.#saved) this.#saved = null;
    this.#tell();
  }

  /** The policy hides numbers from now on: what was written under the former one says them no longer. */
  hideNumbers(): void {
    if (this.#owner === null) return;
    const hidden = (number: string): string => (hasHiddenDigits(number) ? number : maskedNumber(number));
    const withHidden = (call: WrapUp | null): WrapUp | null =>
      call && { ...call, customerNumber: hidden(call.customerNumber) };
    changeNumbers(this.needs.db, this.#owner, hidden);
    this.needs.db.pragma('wal_checkpoint(TRUNCATE)'); // the log beside the file has them still
    this.#running = withHidden(this.#running);
    this.#last = withHidden(this.#last);
    this.#tell();
  }

  async extend(): Promise<void> {
    this.told(await this.needs.centre.extend());
  }

  /** A pause of typing. An empty form is no draft. */
  async draft(written: Written): Promise<void> {
    const { owner, call } = this.#writtenCall(written.callId);
    const { db, clock } = this.needs;
    if (written.note === '' && written.dispositionId === null) removeDraft(db, owner, written.callId);
    else putDraft(db, owner, { ...call, ...written }, clock.now());
    this.#tell();
  }

  /** @returns whether it is kept here because the server could not be told. What the server refuses is a form again. */
  async save(written: Written): Promise<{ isKept: boolean }> {
    const { owner, call } = this.#writtenCall(written.callId);
    const { db, clock, aheadMs } = this.needs;
    const id = randomUUID();
    keepOutcome(db, owner, { ...call, ...written, id, savedAt: clock.now() + aheadMs() });
    this.#saved = written.callId;
    this.#tell();
    await this.sendKept();
    const isKept = unsentOutcomes(db, owner).some(outcome => outcome.id === id);
    return { isKept };
  }

  /** Gives up what was written about a call. */
  async discard(callId: string): Promise<void> {
    if (this.#owner !== null) removeDraft(this.needs.db, this.#owner, callId);
    this.#tell();
  }

  /** Sends what waits, oldest first: at sign-in, when the server is back, after a while. */
  sendKept(): Promise<void> {
    const sending = this.#sending.then(() => this.#sendAll());
    this.#sending = sending.catch(() => undefined); // its own caller hears of it; the next is not to suffer
    return sending;
  }

  async #sendAll(): Promise<void> {
    this.#cancelRetry();
    for (let owner = this.#owner; owner !== null; owner = this.#owner) {
      const [next] = unsentOutcomes(this.needs.db, owner);
      if (next === undefined) return;
      if (!(await this.#send(owner, next))) {
        this.#cancelRetry = this.needs.clock.after(retryMs, () => void this.sendKept());
        return;
      }
      this.#tell();
    }
  }

  /** @returns false when it must be tried again later */
  async #send(owner: string, outcome: UnsentOutcome): Promise<boolean> {
    const { centre, db, log } = this.needs;
    const { id, callId, dispositionId, note, savedAt } = outcome;
    try {
      await centre.send({ id, callId, dispositionId, note, savedAt });
      removeOutcome(db, id);
      return true;
    } catch (error) {
      log.warn(`outcome of call ${callId} not sent: ${reasonOf(error)}`);
      if (!(error instanceof AppError) || isPassing(error.code)) return false;
      outcomeToDraft(db, owner, outcome);
      if (this.#saved === callId) this.#saved = null;
      this.refusals.announce({ callId, code: error.code });
      return true;
    }
  }

  #writtenCall(callId: string): { owner: string; call: Draft | WrapUp } {
    if (this.#owner === null) throw new AppError('sign-in/not-signed-in');
    const draft = draftsOf(this.needs.db, this.#owner).find(each => each.callId === callId);
    const call = draft ?? (this.#last?.callId === callId ? this.#last : undefined);
    if (call === undefined) throw new AppError('wrap-up/over');
    return { owner: this.#owner, call };
  }

  #tell(): void {
    this.changes.announce(this.view);
  }
}

const formOf = (draft: Draft, running: WrapUp | null): WrapUpView['forms'][number] => ({
  callId: draft.callId,
  queueId: draft.queueId,
  customerNumber: draft.customerNumber,
  customerName: draft.customerName,
  dispositionId: draft.dispositionId,
  note: draft.note,
  running:
    running === null
      ? null
      : { startedAt: running.startedAt, endsAt: running.endsAt, extensionsLeft: running.extensionsLeft },
});
