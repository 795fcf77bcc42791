import { z } from 'zod';

/**
 * What keeps the phone in this app from being heard and hearing. `gone`: the device that was chosen is not there, though another one is;
 * `missing`: there is none at all. The words are under `gate.`.
 */
export const gateProblems = [
  'microphone-missing',
  'microphone-gone',
  'microphone-denied',
  'microphone-busy',
  'speaker-missing',
  'speaker-gone',
  'ringer-gone',
] as const;
export const gateProblem = z.enum(gateProblems);
export type GateProblem = z.infer<typeof gateProblem>;
