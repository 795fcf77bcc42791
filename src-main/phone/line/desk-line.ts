import type { Clock } from '../../../src-shared/base/clock';
import type { Call } from '../../../src-shared/call/call';
import { parseDialString } from '../../../src-shared/customers/phone-number';
import { AppError } from '../../../src-shared/errors/app-error';
import type { LineState } from '../../../src-shared/line/line-state';
import { Announcer } from '../../base/announcer';
import type { CallDesk } from '../call-desk';

/** Lets the centre ring the person's own phone, and then the number (S146). @throws AppError */
export type DialByCentre = (number: string) => Promise<{ callId: string }>;

const toldWithinMs = 5_000;

/** The line of a SIP extension. The phone is on the desk: what is known of it, the centre has told, and it dials for us. */
export class DeskLine {
  readonly changes = new Announcer<LineState>();
  #state: LineState = { state: 'offline' };
  #isOurs = false;

  constructor(
    private readonly dialByCentre: DialByCentre,
    private readonly desk: CallDesk,
    private readonly clock: Clock,
  ) {}

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

  /**
   * @param onBegin told of the call as soon as the centre has told of it, which is then waited for
   * @returns the call's id: in the centre, or on the desk for who waited @throws AppError `dial/…`, `line/phone-not-registered`, `server/unreachable`, `call/failed`
   */
  async dial(target: string, onBegin?: (callId: string) => void): Promise<{ callId: string }> {
    const parsed = parseDialString(target);
    if (!parsed.ok) throw new AppError(parsed.problem);
    if (this.#state.state !== 'registered') throw new AppError('line/phone-not-registered');
    const dialled = await this.dialByCentre(parsed.number);
    if (onBegin === undefined) return dialled;
    const { id } = await this.#told(dialled.callId);
    onBegin(id);
    return { callId: id };
  }

  /** The centre answers on one way and tells on another: which comes first is not said. */
  #told(centralCallId: string): Promise<Call> {
    const find = (): Call | undefined => this.desk.all().find(call => call.centralCallId === centralCallId);
    const known = find();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const leave = (): void => (stop(), cancel());
      const stop = this.desk.changes.hear(() => {
        const call = find();
        if (call === undefined) return;
        leave();
        resolve(call);
      });
      const cancel = this.clock.after(toldWithinMs, () => {
        leave();
        reject(new AppError('call/failed', 'the centre has not told of the call'));
      });
    });
  }

  #enter(state: LineState): void {
    if (state.state === this.#state.state) return;
    this.#state = state;
    this.changes.announce(state);
  }
}
