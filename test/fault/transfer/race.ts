import type { Customer, EngineName } from '../../behaviour/rig/behaviour-centre';
import type { RaceLane } from './race-lane';

/** Where a customer may be found after a race. `queue`: at the head of it, labelled as come back. */
export type Place = 'target' | 'sender' | 'queue' | 'other queue' | 'left';

/** What a race has done, and where its customer may be now. */
export interface Aim {
  readonly customer: Customer;
  readonly mayBe: readonly Place[];
  /** When it went wrong, ms since the epoch; null where nothing did. The customer is to be back within three seconds of it. */
  readonly failedAt: number | null;
}

/** One way in which a transfer can be disturbed. Moments are drawn from the lane's seed. */
export interface RaceKind {
  readonly title: string;
  /** Where the network of a customer is the engine's own there is none to be lost. Absent: both. */
  readonly only?: EngineName;
  run(lane: RaceLane): Promise<Aim>;
}

/** What became of one race. */
export interface RaceResult {
  readonly kind: string;
  readonly seed: number;
  /** Null when the customer was lost or the race could not be played. */
  readonly place: Place | null;
  /** From the failure until the customer was back. */
  readonly returnedAfterMs: number | null;
  /** The longest stretch in which the customer heard nothing. */
  readonly silenceMs: number;
  /** What was wrong, in words; null when nothing was. */
  readonly wrong: string | null;
}
