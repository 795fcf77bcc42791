import { parseDialString } from '../../../src-shared/customers/phone-number';
import { AppError } from '../../../src-shared/errors/app-error';
import type { LineState } from '../../../src-shared/line/line-state';
import { Announcer } from '../../base/announcer';

/** Lets the centre ring the person's own phone, and then the number (S146). @throws AppError */
export type DialByCentre = (number: string) => Promise<{ callId: string }>;

/** The line of a SIP extension. The phone is on the desk: what is known of it, the centre has told, and it dials for us. */
export class DeskLine {
  readonly changes = new Announcer<LineState>();
  #state: LineState = { state: 'offline' };
  #isOurs = false;

  constructor(private readonly dialByCentre: DialByCentre) {}

  get state(): LineState {
    return this.#state;
  }

  /** Signed in. Whether the phone is registered is told next. */
  begin(): void {
    this.#isOurs = true;
    this.#enter({ state: 'connecting' });
  }

  /** Signed out. The phone stays registered: it is not ours to end. */
  end(): void {
    this.#isOurs = false;
    this.#enter({ state: 'offline' });
  }

  confirmByServer(isRegistered: boolean): void {
    if (this.#isOurs) this.#enter(isRegistered ? { state: 'registered', isConfirmed: true } : { state: 'offline' });
  }

  /** @returns the call's id in the centre @throws AppError `dial/…`, `line/phone-not-registered`, `server/unreachable` */
  async dial(target: string): Promise<{ callId: string }> {
    const parsed = parseDialString(target);
    if (!parsed.ok) throw new AppError(parsed.problem);
    if (this.#state.state !== 'registered') throw new AppError('line/phone-not-registered');
    return this.dialByCentre(parsed.number);
  }

  #enter(state: LineState): void {
    if (state.state === this.#state.state) return;
    this.#state = state;
    this.changes.announce(state);
  }
}
