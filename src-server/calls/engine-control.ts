import { AppError } from '../../src-shared/errors/app-error';
import type { CallControl, Telephony } from '../telephony/telephony';

/** Call control of an engine that may not have all of it yet. What it lacks is refused. */
export function engineControl(engine: Telephony & Partial<CallControl>): CallControl {
  const refused = async (): Promise<never> => {
    throw new AppError('call/not-allowed', `the ${engine.name} engine cannot do this`);
  };
  return {
    waitingCallers: (...given) => engine.waitingCallers?.(...given) ?? refused(),
    moveWaitingCaller: (...given) => engine.moveWaitingCaller?.(...given) ?? refused(),
    dial: (...given) => engine.dial?.(...given) ?? refused(),
    mergeCalls: (...given) => engine.mergeCalls?.(...given) ?? refused(),
    setPartyMuted: (...given) => engine.setPartyMuted?.(...given) ?? refused(),
    dropParty: (...given) => engine.dropParty?.(...given) ?? refused(),
    setRecordingPaused: (...given) => engine.setRecordingPaused?.(...given) ?? refused(),
  };
}
