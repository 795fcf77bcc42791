import { AppError } from '../../../src-shared/errors/app-error';
import type { LineCredential, LineState } from '../../../src-shared/line/line-state';
import { Announcer } from '../../base/announcer';
import type { CallActions } from '../call-actions';
import type { DeskLine } from './desk-line';
import type { LineMonitor } from './line-monitor';

/** The line of who is signed in: of the phone in this app (Web extension), or of the one on the desk (SIP extension). */
export class AgentLine {
  readonly changes = new Announcer<LineState>();
  #isOnDesk = false;

  constructor(
    private readonly appLine: LineMonitor,
    private readonly deskLine: DeskLine,
    private readonly calls: CallActions,
  ) {
    appLine.changes.hear(state => {
      if (!this.#isOnDesk) this.changes.announce(state);
    });
    deskLine.changes.hear(state => {
      if (this.#isOnDesk) this.changes.announce(state);
    });
  }

  get state(): LineState {
    return this.#isOnDesk ? this.deskLine.state : this.appLine.state;
  }

  get isRegistered(): boolean {
    return this.state.state === 'registered';
  }

  /** @param credential null: the centre minted none, because the phone is on the desk */
  begin(credential: LineCredential | null): void {
    this.#isOnDesk = credential === null;
    if (credential === null) this.deskLine.begin();
    else this.appLine.begin(credential);
  }

  async end(): Promise<void> {
    this.deskLine.end();
    await this.appLine.end();
  }

  /** @param onBegin told of the call as soon as it has a name here */
  dial(target: string, onBegin?: (callId: string) => void): Promise<{ callId: string }> {
    return this.#isOnDesk ? this.deskLine.dial(target, onBegin) : this.calls.dial(target, onBegin);
  }

  /** @throws AppError `line/phone-not-registered` for a desk phone, which only registers by itself */
  async retry(): Promise<void> {
    if (this.#isOnDesk) throw new AppError('line/phone-not-registered');
    await this.appLine.retry();
  }

  confirmByServer(isRegistered: boolean): void {
    if (this.#isOnDesk) this.deskLine.confirmByServer(isRegistered);
    else this.appLine.confirmByServer(isRegistered);
  }
}
