import { endCause } from '../../src-shared/call/end-cause';
import { callDisposition, callRecordType } from '../../src-shared/calls/call-record';
import { askAndTell } from '../bridge/ask-and-tell';
import type { MenuEntry } from '../components/Menu/Menu';
import type { Translate } from '../text/text';

const formats = ['xlsx', 'csv'] as const;
export const exportEntries = (t: Translate): readonly MenuEntry[] =>
  formats.map(id => ({ id, label: t(`records.export-${id}`) }));

interface ExportedList {
  readonly what: 'records' | 'recordings';
  readonly searchId: string;
  readonly columns: readonly { readonly id: string; readonly label: string }[];
}

/** Everything that was found, as a file with these columns. */
export async function startExport(
  { what, searchId, columns }: ExportedList,
  format: string,
  t: Translate,
): Promise<void> {
  const wanted = formats.find(each => each === format);
  if (wanted === undefined) return;
  await askAndTell('transfers.export', {
    what,
    format: wanted,
    searchId,
    columns: columns.map(({ id, label }) => ({ id, label })),
    words: wordsFor(t),
  });
}

/** A file has the words of the list. */
const wordsFor = (t: Translate) => ({
  type: Object.fromEntries(callRecordType.options.map(type => [type, t(`records.type-${type}`)])),
  disposition: Object.fromEntries(
    callDisposition.options.map(disposition => [disposition, t(`records.${disposition}`)]),
  ),
  endCause: Object.fromEntries(endCause.options.map(cause => [cause, t(`outcome.${cause}`)])),
});
