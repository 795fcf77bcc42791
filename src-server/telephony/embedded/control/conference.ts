import { AppError } from '../../../../src-shared/errors/app-error';
import type { CentralCall } from '../call/central-call';

const largestRoom = 6;

/**
 * Brings the parties of the consultation call into the room of the first. The agent who talks in both keeps the leg of the first.
 * @throws AppError `call/not-allowed` when they do not talk or have no agent in common, `conference/full` when they would be too many
 */
export function merge(call: CentralCall, consult: CentralCall): void {
  const extensions = new Set(call.talking.map(leg => call.infoOf(leg)?.extension ?? null));
  const isHere = (extension: string | null): boolean => extension !== null && extensions.has(extension);
  const others = consult.talking.filter(leg => !isHere(consult.infoOf(leg)?.extension ?? null));
  const isTalk = [call, consult].every(({ talking }) => talking.length > 1 && talking.every(isAnswered));
  const hasCommonAgent = others.length < consult.talking.length;
  if (call === consult || !isTalk || !hasCommonAgent)
    throw new AppError('call/not-allowed', `call ${consult.id} cannot be merged into ${call.id}`);
  if (call.talking.length + others.length > largestRoom)
    throw new AppError('conference/full', `more than ${largestRoom} parties`);
  for (const leg of call.talking) call.setHeld(leg, false); // in a room nobody is on hold
  for (const leg of others) {
    const info = consult.release(leg);
    if (info === null) continue;
    call.adopt(leg, info);
    call.join(leg);
  }
  consult.end('transferred');
  call.recordIfWanted();
}

const isAnswered = ({ state }: { readonly state: string }): boolean => state === 'confirmed';
