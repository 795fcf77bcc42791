import { AsYouType, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** Shorter strings are extensions and service codes: they have no national format. */
const shortestPublicNumber = 7;

/** The country whose format is "local" here: that of the company's own number, else the computer's region. */
export function countryOf(ownNumber: string | undefined, computerLocale: string): CountryCode | undefined {
  const own = ownNumber === undefined ? undefined : parsePhoneNumberFromString(ownNumber)?.country;
  return own ?? (regionOf(computerLocale) as CountryCode | undefined);
}

function regionOf(locale: string): string | undefined {
  return /-([A-Z]{2})\b/.exec(locale)?.[1];
}

/** A number as people here write it: national at home, international abroad, untouched when it is an extension or a code. */
export function formatPhoneNumber(number: string, country: CountryCode | undefined): string {
  if (number.replace(/\D/g, '').length < shortestPublicNumber || /[*#•]/.test(number)) return number;
  const parsed =
    country === undefined ? parsePhoneNumberFromString(number) : parsePhoneNumberFromString(number, country);
  if (parsed === undefined || !parsed.isPossible()) return number;
  return parsed.country !== undefined && parsed.country === country
    ? parsed.formatNational()
    : parsed.formatInternational();
}

/** The dial field while somebody types: grouped where a format is known, otherwise as typed. */
export function formatWhileTyping(typed: string, country: CountryCode | undefined): string {
  if (/[^\d\s+().\-/]/.test(typed)) return typed;
  const digits = typed.replace(/[^\d+]/g, '');
  if (digits.length < shortestPublicNumber - 2) return digits;
  const formatted = new AsYouType(country).input(digits);
  return formatted.replace(/[^\d+]/g, '') === digits ? formatted : digits;
}
