import type { Call } from '../../src-shared/call/call';
import type { Logger } from '../base/logger';
import { reasonOf } from '../base/logger';
import type { CallDesk } from './call-desk';
import type { PhoneEngine } from './phone-engine-port';

export type RingerMode = 'off' | 'ring' | 'knock';

/** What must be heard: the full ring when the agent is free, a short knock while somebody else is on the line. A desk phone rings itself. */
export function ringerModeFor(calls: readonly Call[]): RingerMode {
  const live = calls.filter(call => call.device === 'app' && call.state !== 'ended' && call.state !== 'ending');
  const isRinging = (call: Call): boolean => call.direction === 'inbound' && call.state === 'ringing';
  if (!live.some(isRinging)) return 'off';
  return live.every(isRinging) ? 'ring' : 'knock';
}

/** Keeps the ringer in step with the calls; after a restart of the engine it starts silent. */
export function followWithRinger(desk: CallDesk, engine: PhoneEngine, log: Logger): void {
  let mode: RingerMode = 'off';
  engine.reports.hear(report => {
    if (report.type === 'ready') mode = 'off';
  });
  desk.changes.hear(calls => {
    const wanted = ringerModeFor(calls);
    if (wanted === mode) return;
    mode = wanted;
    engine.order({ type: 'ringer', mode }).catch((error: unknown) => log.warn(`ringer ${wanted}: ${reasonOf(error)}`));
  });
}
