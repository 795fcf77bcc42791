import type { Party } from '../../src-shared/call/call';
import type { CallRecord } from '../database/call-table';

/** Whom a call is about: who is outside the centre, else whoever is not the one that asks. */
export function customerOf(call: CallRecord, extension: string | null): Party {
  const outside = call.legs.findLast(leg => leg.role === 'customer' && leg.endedAt === null);
  const number = (outside ?? call.legs.findLast(leg => leg.role === 'customer'))?.number;
  if (number === undefined) return call.from.number === extension ? call.to : call.from;
  return [call.from, call.to].find(each => each.number === number) ?? { number, name: null };
}
