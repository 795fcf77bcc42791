import { askAndTell } from '../bridge/ask-and-tell';
import type { MenuEntry } from '../components/Menu/Menu';
import type { Translate } from '../text/text';

const formats = ['xlsx', 'csv'] as const;
export const exportEntries = (t: Translate): readonly MenuEntry[] =>
  formats.map(id => ({ id, label: t(`records.export-${id}`) }));

/** Everything that was found, as a file with these columns. */
export async function startExport(
  what: 'records' | 'recordings',
  format: string,
  searchId: string,
  columns: readonly { readonly id: string; readonly label: string }[],
): Promise<void> {
  const wanted = formats.find(each => each === format);
  if (wanted === undefined) return;
  await askAndTell('transfers.export', {
    what,
    format: wanted,
    searchId,
    columns: columns.map(({ id, label }) => ({ id, label })),
  });
}
