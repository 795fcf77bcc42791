import { useCallback } from 'react';
import { useSessionStore } from '../stores/session-store';
import { countryOf, formatPhoneNumber, formatWhileTyping } from './format-phone-number';

/** Number formats of the signed-in company. */
export function usePhoneFormat(): {
  readonly formatNumber: (number: string) => string;
  readonly formatTyped: (typed: string) => string;
} {
  const ownNumber = useSessionStore(state => state.session?.agent?.account.billingNumber);
  const country = countryOf(ownNumber, navigator.language);
  const formatNumber = useCallback((number: string) => formatPhoneNumber(number, country), [country]);
  const formatTyped = useCallback((typed: string) => formatWhileTyping(typed, country), [country]);
  return { formatNumber, formatTyped };
}
