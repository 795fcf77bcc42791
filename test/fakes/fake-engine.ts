import { AppError, type ErrorCode } from '../../src-shared/errors/app-error';
import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import { Announcer } from '../../src-main/base/announcer';
import type { PhoneEngine } from '../../src-main/phone/phone-engine-port';

interface Ordered {
  readonly command: EngineCommand;
  readonly done: () => void;
  readonly failed: (code: ErrorCode) => void;
}

/** A phone engine that does only what the test says: remembers orders, settles and reports on demand. */
export class FakeEngine implements PhoneEngine {
  readonly reports = new Announcer<EngineReport>();
  readonly orders: Ordered[] = [];
  isReady = true;
  /** Orders of these types succeed at once; the others wait for the test. */
  readonly obeys = new Set<EngineCommand['type']>([
    'ringer',
    'line.connect',
    'line.disconnect',
    'line.probe',
    'line.renew',
    'audio.choose',
    'audio.warm-up',
  ]);
  timesGone = 0;

  order(command: EngineCommand): Promise<void> {
    if (!this.isReady) return Promise.reject(new AppError('engine/not-running'));
    return new Promise((resolve, reject) => {
      this.orders.push({ command, done: resolve, failed: code => reject(new AppError(code)) });
      if (this.obeys.has(command.type)) resolve();
    });
  }

  engineGone(): void {
    this.isReady = false;
    this.timesGone += 1;
  }

  report(report: EngineReport): void {
    if (report.type === 'ready') this.isReady = true;
    this.reports.announce(report);
  }

  types(): EngineCommand['type'][] {
    return this.orders.map(({ command }) => command.type);
  }

  /** The newest order of this type. */
  last(type: EngineCommand['type']): Ordered {
    const found = this.orders.findLast(({ command }) => command.type === type);
    if (!found) throw new Error(`no ${type} among ${this.types().join(', ')}`);
    return found;
  }
}
