import { retryDelayMs, type RetryPolicy } from '../../src-shared/base/retry-policy';
import type { Clock } from '../../src-shared/base/clock';
import { Announcer } from '../base/announcer';
import type { Logger } from '../base/logger';
import type { PhoneEngine } from './phone-engine-port';

/** What the supervisor needs of the window the engine lives in. */
export interface EngineHost {
  /** @param onGone called at most once, when this very process is gone */
  open(onGone: (reason: string) => void): void;
  close(): void;
}

/** First restart well inside the 2 s a person would notice; a crash in a circle slows down to one in 10 s. */
const restartPolicy: RetryPolicy = { firstMs: 200, factor: 2, capMs: 10_000, jitter: 0 };
const heartbeatMs = 2_000;
const missedBeatsAllowed = 3;
const readyWithinMs = 15_000;
/** After this long without a loss the next restart is a first one again. */
const healthyAfterMs = 60_000;

/** Starts the phone engine, watches it and starts it again. What its loss means is said by who listens to `losses`. */
export class EngineSupervisor {
  /** The engine process is gone, with everything in it. A new one is on its way. */
  readonly losses = new Announcer<string>();
  #restarts = 0;
  #startedAt = 0;
  #missedBeats = 0;
  #isStopped = true;
  #cancelTimer = (): void => undefined;

  constructor(
    private readonly host: EngineHost,
    private readonly engine: PhoneEngine,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    engine.reports.hear(report => {
      if (report.type === 'ready' && !this.#isStopped) this.#ready();
    });
  }

  /** @param isOpen the window was opened before the services existed; only watching begins now */
  start(isOpen = false): void {
    this.#isStopped = false;
    this.#open(isOpen);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelTimer();
    this.host.close();
  }

  /** The process died; told by the window itself or found out here. */
  readonly lost = (reason: string): void => {
    if (this.#isStopped) return;
    this.#cancelTimer();
    this.host.close();
    if (this.clock.monotonic() - this.#startedAt > healthyAfterMs) this.#restarts = 0;
    this.#restarts += 1;
    const delayMs = retryDelayMs(restartPolicy, this.#restarts, 0);
    this.log.warn(`phone engine lost (${reason}), starting it again in ${delayMs} ms`);
    this.losses.announce(reason);
    this.#cancelTimer = this.clock.after(delayMs, () => this.#open(false));
  };

  #open(isOpen: boolean): void {
    this.#startedAt = this.clock.monotonic();
    this.#cancelTimer = this.clock.after(readyWithinMs, () => this.lost('not ready in time'));
    if (!isOpen) this.host.open(this.lost);
    if (this.engine.isReady) this.#ready();
  }

  #ready(): void {
    this.log.info(`phone engine ready after ${Math.round(this.clock.monotonic() - this.#startedAt)} ms`);
    this.#missedBeats = 0;
    this.#cancelTimer();
    this.#cancelTimer = this.clock.after(heartbeatMs, () => this.#beat());
  }

  #beat(): void {
    this.#cancelTimer = this.clock.after(heartbeatMs, () => this.#beat());
    this.engine.order({ type: 'heartbeat' }, heartbeatMs).then(
      () => (this.#missedBeats = 0),
      () => {
        this.#missedBeats += 1;
        if (this.#missedBeats >= missedBeatsAllowed && this.engine.isReady)
          this.lost(`${this.#missedBeats} heartbeats missed`);
      },
    );
  }
}
