import type { Party } from '../../../src-shared/call/call';
import { cleanCallerText } from '../../../src-shared/customers/phone-number';
import type { NameAddress, SipMessage, SipRequest } from '../jssip/jssip-internals';

export interface InviteHeaders {
  readonly remote: Party;
  readonly queueName: string | null;
  readonly centralCallId: string | null;
  /** The server feeds the caller itself, so our media may come up while it rings here (A2). */
  readonly isEarlyMediaWanted: boolean;
}

/** The part of a request that is read here. */
export interface InviteLike extends Pick<SipRequest, 'getHeader'> {
  readonly from: Pick<NameAddress, 'display_name' | 'uri'>;
}

/** What an INVITE says about the caller, made safe to show. Everything in it was written by a stranger. */
export function readInvite(request: InviteLike): InviteHeaders {
  const name = cleanCallerText(request.from.display_name ?? '');
  const user = decodePercent(request.from.uri.user ?? '');
  return {
    remote: { number: cleanCallerText(user), name: name === '' ? null : name },
    queueName: headerText(request, 'X-Queue'),
    centralCallId: centralCallIdOf(request),
    isEarlyMediaWanted: request.getHeader('X-Media-While-Ringing')?.trim().toLowerCase() === 'yes',
  };
}

/** The call's id in the central journal, also found in answers to our own INVITE. */
export function centralCallIdOf(message: Pick<SipMessage, 'getHeader'>): string | null {
  return headerText(message, 'X-Call-Id');
}

function headerText(message: Pick<SipMessage, 'getHeader'>, name: string): string | null {
  const text = cleanCallerText(decodePercent(message.getHeader(name) ?? ''));
  return text === '' ? null : text;
}

/** Wrong escapes stay as they are: a damaged name is better than a lost call. */
function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, escaped => {
    const bytes = Uint8Array.from(escaped.slice(1).split('%'), pair => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}
