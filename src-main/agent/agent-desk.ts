import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import { Announcer } from '../base/announcer';


/** Asks the centre for another state. @throws AppError `agent/not-allowed`, `server/unreachable` */
export type ChangeAvailability = (
  wanted: { state: 'available' } | { state: 'on-break'; reason: string },
) => Promise<AgentStatus>;

/** Holds the person's availability as the centre confirmed it; never shows what is only wished for. */
export class AgentDesk {
  readonly changes = new Announcer<AgentStatus>();
  #status: AgentStatus = signedOutStatus(0);

  constructor(private readonly change: ChangeAvailability) {}

  get status(): AgentStatus {
    return this.#status;
  }

  async becomeAvailable(): Promise<AgentStatus> {
    return this.confirm(await this.change({ state: 'available' }));
  }

  /** During a call the break is planned for afterwards; the answer says so in `nextBreak`. */
  async takeBreak(reason: string): Promise<AgentStatus> {
    return this.confirm(await this.change({ state: 'on-break', reason }));
  }

  /** The centre has said what is so. */
  confirm(status: AgentStatus): AgentStatus {
    this.#status = status;
    this.changes.announce(status);
    return status;
  }

  signedOut(at: number): void {
    this.confirm(signedOutStatus(at));
  }
}
