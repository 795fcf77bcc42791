import { maxDialLength } from './phone-number';

/** Schemes the desktop may hand us; the operating system registers `tel`, `sip` and `callto`. */
export const linkSchemes = ['tel', 'sip', 'callto'] as const;

/** What a link asks to call. Shown on a card and never dialled by itself. */
export interface PhoneLink {
  /** `[+]` then digits, `*` and `#`. */
  readonly number: string;
  /** RFC 3966 `ext`: to be keyed in by the person once somebody answers. */
  readonly extension: string | null;
  /** The host a `sip:` link names. The call goes through the agent's own centre all the same. */
  readonly host: string | null;
}

/** Why a link is refused; for the log, the person reads one sentence for all of them. */
export type PhoneLinkProblem =
  | 'too-long'
  | 'control-characters'
  | 'unknown-scheme'
  | 'headers'
  | 'password'
  | 'parameters'
  | 'several-targets'
  | 'not-a-number';
export type ParsedPhoneLink =
  | { readonly ok: true; readonly link: PhoneLink }
  | { readonly ok: false; readonly problem: PhoneLinkProblem };

/** Long enough for every honest link: 32 digits with separators, percent-encoded, and a host name. */
export const maxLinkLength = 512;

const refuse = (problem: PhoneLinkProblem): ParsedPhoneLink => ({ ok: false, problem });

/**
 * Reads a `tel:` (RFC 3966), `sip:` (RFC 3261 section 19.1) or `callto:` link. Structure is taken apart first and decoded second, once,
 * so that an encoded `?` or `@` is never structure. What could make the phone do more than call one number is refused, not ignored.
 */
export function parsePhoneLink(raw: string): ParsedPhoneLink {
  if (raw.length > maxLinkLength) return refuse('too-long');
  // Controls, line and paragraph separators, and marks that change the order of what is read.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(raw)) return refuse('control-characters');
  const colon = raw.indexOf(':');
  const scheme = raw.slice(0, Math.max(0, colon)).trim().toLowerCase();
  const rest = raw.slice(colon + 1).trim();
  if (rest.includes('?')) return refuse('headers');
  if (scheme === 'tel' || scheme === 'callto') return parseTelephone(scheme, rest.replace(/^\/\//, ''));
  if (scheme === 'sip' || scheme === 'sips') return parseSip(rest);
  return refuse('unknown-scheme');
}

function parseTelephone(scheme: 'tel' | 'callto', rest: string): ParsedPhoneLink {
  if (rest.includes('@')) return refuse('not-a-number');
  const [subscriber = '', ...parameters] = rest.split(';');
  // Skype's `callto:one;two` was a conference; a parameter of RFC 3966 never begins like a number.
  if (subscriber.includes(',') || (scheme === 'callto' && parameters.some(each => /^\s*[+\d(]/.test(each))))
    return refuse('several-targets');
  return withSubscriber(subscriber, parameters, null);
}

function parseSip(rest: string): ParsedPhoneLink {
  const parts = rest.split('@');
  if (parts.length > 2) return refuse('several-targets');
  const [userInfo = '', hostPart = ''] = parts;
  if (userInfo.includes(',') || hostPart.includes(',')) return refuse('several-targets');
  if (parts.length === 1) return withSubscriber(...split(userInfo), null);
  if (userInfo.includes(':')) return refuse('password');
  const [host = '', ...uriParameters] = hostPart.split(';');
  // Others (`method`, `maddr`, `lr`…) change where a request goes or what it is.
  if (!uriParameters.every(each => /^(user=phone|transport=(udp|tcp|tls|ws|wss))$/i.test(each)))
    return refuse('parameters');
  if (!/^(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?)(:\d{1,5})?$/i.test(host)) return refuse('not-a-number');
  return withSubscriber(...split(userInfo), host.toLowerCase());
}

function split(userInfo: string): [string, string[]] {
  const [subscriber = '', ...parameters] = userInfo.split(';');
  return [subscriber, parameters];
}

function withSubscriber(subscriber: string, parameters: readonly string[], host: string | null): ParsedPhoneLink {
  const number = digitsOf(subscriber);
  if (number === null || !new RegExp(`^\\+?[0-9*#]{1,${maxDialLength}}$`).test(number)) return refuse('not-a-number');
  let extension: string | null = null;
  for (const parameter of parameters) {
    // RFC 3966 section 3: `;name` or `;name=value`; every name but these may be ignored, except what says it must not be.
    const [, name, value = ''] = /^([a-z\d-]{1,64})(?:=(.*))?$/i.exec(parameter) ?? [];
    if (name === undefined || /^m-/i.test(name)) return refuse('parameters');
    if (name.toLowerCase() !== 'ext') continue;
    const digits = digitsOf(value);
    if (digits === null || extension !== null || !/^[0-9*#]{1,16}$/.test(digits)) return refuse('parameters');
    extension = digits;
  }
  return { ok: true, link: { number, extension, host } };
}

/** Decoded once and without visual separators (RFC 3966 section 5.1.1, and the blanks and slashes of real pages). */
function digitsOf(encoded: string): string | null {
  if (!/^(?:%[\da-f]{2}|[^%])*$/i.test(encoded)) return null;
  try {
    return decodeURIComponent(encoded).replace(/[-.()/ \u00a0]/g, '');
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
