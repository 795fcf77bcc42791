import type { Punctuality } from '../telephony/embedded/media/media-clock';
import type { SimulatedCaller, SimulatedCallerOptions } from '../telephony/embedded/scenario/simulated-caller';
import type { Telephony } from '../telephony/telephony';

/** What the demonstration needs of an engine beyond the common interface: callers who are not people. */
export interface CallerSimulator {
  simulateCaller(options: SimulatedCallerOptions): SimulatedCaller;
  /** Figures of a phone's living leg; null when there is none. */
  legStatistics(
    legId: string,
  ): { readonly packetsBeforeAnswer: number; readonly firstPacketAfterAnswerAt: number | null } | null;
  /** How punctually everybody's sound is mixed. */
  punctuality(): Punctuality;
}

/** The engine as a simulator, if it is one; a real PBX is not. */
export function callerSimulatorOf(telephony: Telephony): CallerSimulator | null {
  return isSimulator(telephony) ? telephony : null;
}

const isSimulator = (telephony: Telephony): telephony is Telephony & CallerSimulator =>
  'simulateCaller' in telephony && typeof telephony.simulateCaller === 'function';
