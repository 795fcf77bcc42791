import type { DialogName } from '../legs/sip-leg';
import { NameAddrHeader, type IncomingRequestMessage } from '../transport/sip-core';

export interface ReferTarget {
  readonly number: string;
  /** The consultation call that is to be taken over; null for a blind transfer. */
  readonly replaces: DialogName | null;
}

const diallable = /^\+?\d{1,20}$/;

/** Refer-To of a REFER (RFC 3515 section 2.1), with Replaces in its URI (RFC 3891). Null when it cannot be used. */
export function readReferTo(message: IncomingRequestMessage): ReferTarget | null {
  if (!message.hasHeader('refer-to')) return null;
  try {
    const referTo: unknown = message.parseHeader('refer-to');
    if (!(referTo instanceof NameAddrHeader)) return null;
    const { uri } = referTo;
    const [replaces] = uri.getHeader('Replaces') ?? [];
    const number = decodeURIComponent(uri.user ?? '');
    if (replaces === undefined) return diallable.test(number) ? { number, replaces: null } : null;
    const dialog = readReplaces(decodeURIComponent(replaces));
    return dialog === null ? null : { number, replaces: dialog };
  } catch {
    return null; // neither parseable nor decodable: as unusable as the rest, and the phone is told so
  }
}

function readReplaces(text: string): DialogName | null {
  const [callId = '', ...parameters] = text.split(';').map(part => part.trim());
  const tagOf = (name: string): string | undefined =>
    parameters.find(parameter => parameter.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const [toTag, fromTag] = [tagOf('to-tag'), tagOf('from-tag')];
  return callId === '' || toTag === undefined || fromTag === undefined ? null : { callId, tags: [toTag, fromTag] };
}
