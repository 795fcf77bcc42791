import type { Party } from '../../../src-shared/call/call';
import type { Translate } from '../../text/text';

/** How a person at the other end is called on screen: the name, else the number, else a word. */
export function partyName(party: Party, t: Translate, formatNumber: (number: string) => string): string {
  if (party.name !== null && party.name !== '') return party.name;
  return party.number === '' ? t('common.unknown-caller') : formatNumber(party.number);
}

/** Would be cut off on one line of the card. */
export const isLongName = (name: string): boolean => name.length > 22;
