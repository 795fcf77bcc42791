import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import type { WantedAvailability } from '../../src-shared/server-api/agent-routes';
import { Announcer } from '../base/announcer';

export interface QueuePause {
  readonly queueId: string;
  /** null: calls of this queue are taken again. */
  readonly reason: string | null;
}

/** The centre, which answers when its engine has confirmed. */
export interface AgentCentre {
  /** @throws AppError `agent/…`, `line/…`, `server/unreachable` */
  changeAvailability(wanted: WantedAvailability): Promise<AgentStatus>;
  /** @throws AppError the same */
  pauseQueue(pause: QueuePause): Promise<AgentStatus>;
  fetch(): Promise<AgentStatus>;
}

/** Holds the person's availability as the centre confirmed it; never shows what is only wished for. */
export class AgentDesk {
  readonly changes = new Announcer<AgentStatus>();
  #status: AgentStatus = signedOutStatus(0);
  #toldTimes = 0;

  constructor(private readonly centre: AgentCentre) {}

  get status(): AgentStatus {
    return this.#status;
  }

  becomeAvailable(): Promise<AgentStatus> {
    return this.#answered(this.centre.changeAvailability({ state: 'available' }));
  }

  /** During a call the break is planned for afterwards; the answer says so in `nextBreak`. */
  takeBreak(reason: string): Promise<AgentStatus> {
    return this.#answered(this.centre.changeAvailability({ state: 'on-break', reason }));
  }

  pauseQueue(pause: QueuePause): Promise<AgentStatus> {
    return this.#answered(this.centre.pauseQueue(pause));
  }

  /** Something may have been missed. */
  refresh(): Promise<AgentStatus> {
    return this.#answered(this.centre.fetch());
  }

  /** The centre has said what is so. */
  confirm(status: AgentStatus): AgentStatus {
    this.#toldTimes += 1;
    this.#status = status;
    this.changes.announce(status);
    return status;
  }

  signedOut(at: number): void {
    this.confirm(signedOutStatus(at));
  }

  /** What was told meanwhile is in order, an answer is not in that order: it may be older, and what it says is told as well. */
  async #answered(answer: Promise<AgentStatus>): Promise<AgentStatus> {
    const before = this.#toldTimes;
    const status = await answer;
    return this.#toldTimes === before ? this.confirm(status) : this.#status;
  }
}
