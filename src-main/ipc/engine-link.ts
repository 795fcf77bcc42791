import { randomUUID } from 'node:crypto';
import { AppError } from '../../src-shared/errors/app-error';
import type { Clock } from '../../src-shared/base/clock';
import { engineReport, type EngineReport } from '../../src-shared/ipc/engine-reports';
import type { CommandEnvelope, EngineCommand } from '../../src-shared/ipc/engine-commands';
import { Announcer } from '../base/announcer';
import type { Logger } from '../base/logger';

interface Waiting {
  readonly type: EngineCommand['type'];
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
  readonly cancelTimer: () => void;
}

/** Long enough for a hold that waits out a lost WebSocket (10 s) and is then refused by name. */
const commandTimeoutMs = 12_000;

/**
 * The two-way street to the phone engine: a command goes out with an id, the report with that id settles it.
 * Knows nothing of Electron: `send` and `receive` are connected in `engine-channel.ts`.
 */
export class EngineLink {
  /** Every report but `done` and `failed`, which settle commands. */
  readonly reports = new Announcer<EngineReport>();
  readonly #waiting = new Map<string, Waiting>();
  #isReady = false;

  constructor(
    private readonly send: (envelope: CommandEnvelope) => void,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  get isReady(): boolean {
    return this.#isReady;
  }

  /**
   * Gives an order; resolves when the engine reports it done.
   * @throws AppError `engine/not-running`, `engine/timed-out` or the code the engine reports
   */
  order(command: EngineCommand, timeoutMs = commandTimeoutMs): Promise<void> {
    if (!this.#isReady)
      return Promise.reject(new AppError('engine/not-running', `${command.type}: the engine is not ready`));
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const cancelTimer = this.clock.after(timeoutMs, () => {
        this.#waiting.delete(id);
        reject(new AppError('engine/timed-out', `${command.type}: no report within ${timeoutMs} ms`));
      });
      this.#waiting.set(id, { type: command.type, resolve, reject, cancelTimer });
      this.send({ id, command });
    });
  }

  /** Takes whatever came out of the engine window. What is not a report is dropped and logged. */
  receive(raw: unknown): void {
    const parsed = engineReport.safeParse(raw);
    if (!parsed.success) {
      this.log.warn(
        `engine report dropped: ${parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.code}`).join(', ')}`,
      );
      return;
    }
    const report = parsed.data;
    if (report.type === 'done' || report.type === 'failed') return this.#settle(report);
    if (report.type === 'ready') this.#isReady = true;
    this.reports.announce(report);
  }

  /** The engine process is gone: nobody will settle what is under way. */
  engineGone(): void {
    this.#isReady = false;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of lost) {
      waiting.cancelTimer();
      waiting.reject(new AppError('engine/not-running', `${waiting.type}: the engine went away`));
    }
  }

  #settle(report: Extract<EngineReport, { type: 'done' | 'failed' }>): void {
    const waiting = this.#waiting.get(report.commandId);
    if (!waiting) return this.log.debug(`late or unknown ${report.type} for command ${report.commandId}`);
    this.#waiting.delete(report.commandId);
    waiting.cancelTimer();
    if (report.type === 'done') waiting.resolve();
    else waiting.reject(new AppError(report.code, `${waiting.type}: ${report.message}`));
  }
}
