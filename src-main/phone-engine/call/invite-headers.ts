import type { Party } from '../../../src-shared/call/call';
import type { ReturnedTransfer } from '../../../src-shared/call/call-party';
import { endCause } from '../../../src-shared/call/end-cause';
import { cleanCallerText } from '../../../src-shared/customers/phone-number';
import type { NameAddress, SipMessage, SipRequest } from '../jssip/jssip-internals';

export interface InviteHeaders {
  readonly remote: Party;
  readonly queueName: string | null;
  readonly centralCallId: string | null;
  /** It was sent on from here and comes back. */
  readonly returnedTransfer: ReturnedTransfer | null;
  /** Extension of the colleague who sent it here. */
  readonly transferredBy: string | null;
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
    returnedTransfer: returnedTransferOf(headerText(request, 'X-Transfer-Returned')),
    transferredBy: headerText(request, 'X-Transferred-By')?.slice(0, 64) ?? null,
    isEarlyMediaWanted: request.getHeader('X-Media-While-Ringing')?.trim().toLowerCase() === 'yes',
  };
}

/** `busy;to=1002`; a reason nobody knows is a failure like any other. */
function returnedTransferOf(value: string | null): ReturnedTransfer | null {
  const [why = '', ...rest] = value?.split(';') ?? [];
  if (why.trim() === '') return null;
  const outcome = endCause.safeParse(why.trim());
  const to = rest.map(part => /^\s*to=(.*)$/.exec(part)?.[1] ?? '').find(part => part !== '') ?? '';
  return { outcome: outcome.success ? outcome.data : 'failed', to: to.trim().slice(0, 64) };
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
