import { conferenceRaces } from './conference-races';
import { consultRaces, customerRaces, senderRaces } from './consult-races';
import { networkRaces } from './network-races';
import type { RaceKind } from './race';
import { targetRaces } from './target-races';

/** Every way in which a transfer is disturbed. */
export const raceKinds: readonly RaceKind[] = [
  ...consultRaces,
  ...targetRaces,
  ...senderRaces,
  ...customerRaces,
  ...networkRaces,
  ...conferenceRaces,
];
