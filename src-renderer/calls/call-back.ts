import type { Call } from '../../src-shared/call/call';
import { type CallRecord, recordIdOf } from '../../src-shared/calls/call-record';
import { hasHiddenDigits } from '../../src-shared/customers/phone-number';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { askAndTell } from '../bridge/ask-and-tell';
import { dial } from '../phone/use-call-actions';
import { useSessionStore } from '../stores/session-store';

/** Calls the number of a record; one that is hidden is called by the centre. */
export const callBack = (record: CallRecord): void =>
  record.isNumberHidden
    ? void askAndTell('records.call-back', { recordId: record.id })
    : void dial(record.remoteNumber);

/** The same for a line of "recent calls", which is the person's own part of a call. */
export function callBackRecent({ callId, remoteNumber }: Pick<RecentCall, 'callId' | 'remoteNumber'>): void {
  const personId = useSessionStore.getState().session?.agent?.id ?? null;
  if (hasHiddenDigits(remoteNumber)) void askAndTell('records.call-back', { recordId: recordIdOf(callId, personId) });
  else void dial(remoteNumber);
}

/** A hidden number is known to the centre alone, which knows it by the call. */
export const canCallBack = ({ remote, centralCallId }: Call): boolean =>
  remote.number !== '' && (!hasHiddenDigits(remote.number) || centralCallId !== null);

/** The same for the call that has just ended. */
export const callBackEnded = ({ remote, centralCallId }: Call): void =>
  callBackRecent({ callId: centralCallId ?? '', remoteNumber: remote.number });
