import type { CountryCode } from 'libphonenumber-js/min';
import { useSessionStore } from '../stores/session-store';
import { countryOf, formatPhoneNumber, formatWhileTyping } from './format-phone-number';

interface PhoneFormat {
  readonly formatNumber: (number: string) => string;
  readonly formatTyped: (typed: string) => string;
}

/** Reading a number costs a tenth of a millisecond, and every row of a list asks: both answers are kept. */
const formats = new Map<string | undefined, PhoneFormat>();
const rememberedNumbers = 500;

/** Number formats of the signed-in company. */
export function usePhoneFormat(): PhoneFormat {
  const ownNumber = useSessionStore(state => state.session?.agent?.account.billingNumber);
  const known = formats.get(ownNumber);
  if (known !== undefined) return known;
  const format = formatFor(countryOf(ownNumber, navigator.language));
  formats.set(ownNumber, format);
  return format;
}

function formatFor(country: CountryCode | undefined): PhoneFormat {
  const formatted = new Map<string, string>();
  return {
    formatNumber: number => {
      const known = formatted.get(number);
      if (known !== undefined) return known;
      if (formatted.size >= rememberedNumbers) formatted.clear();
      const text = formatPhoneNumber(number, country);
      formatted.set(number, text);
      return text;
    },
    formatTyped: typed => formatWhileTyping(typed, country),
  };
}
