import type { CallRecord } from '../../src-shared/calls/call-record';
import { askAndTell } from '../bridge/ask-and-tell';
import { dial } from '../phone/use-call-actions';

/** Calls the number of a record; one that is hidden is called by the centre. */
export const callBack = (record: CallRecord): void =>
  record.isNumberHidden
    ? void askAndTell('records.call-back', { recordId: record.id })
    : void dial(record.remoteNumber);
