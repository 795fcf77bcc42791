import type { EngineCommand } from '../../src-shared/ipc/engine-commands';
import type { EngineReport } from '../../src-shared/ipc/engine-reports';
import type { Announcer } from '../base/announcer';

/** The phone engine as the services see it. In the app this is `ipc/engine-link.ts`, in a test a fake. */
export interface PhoneEngine {
  readonly isReady: boolean;
  readonly reports: Announcer<EngineReport>;
  /** @throws AppError with the code the engine reported, `engine/not-running` or `engine/timed-out` */
  order(command: EngineCommand, timeoutMs?: number): Promise<void>;
}
