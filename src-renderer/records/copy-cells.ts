import { ask } from '../bridge/ask';
import { failureFrom } from '../bridge/failure-from';
import type { CopyOrder, TableColumn } from '../components/Table/Table';
import { showFailure, showToast } from '../stores/toast-store';

/** A tab or a line end in a cell would be a cell or a row more. */
const flat = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
/** Cells that say of themselves that they are text, unless they are figures: what a caller wrote is no formula (CWE-1236), and a number keeps its zeros. */
const tableOf = (
  lines: readonly (readonly string[])[],
  columns: readonly { readonly isNumber?: boolean }[],
): string => {
  const cell = (text: string, place: number): string => {
    const isFigure = columns[place]?.isNumber === true;
    return `<td${isFigure ? '' : ` style="mso-number-format:'\\@'"`}>${escaped(text)}</td>`;
  };
  return `<table>${lines.map(line => `<tr>${line.map(cell).join('')}</tr>`).join('')}</table>`;
};
const blob = (text: string, type: string): Blob => new Blob([text], { type });

/**
 * The selected cells, for table programs as a table and for everything else as lines with tabs. The centre writes down that they were taken;
 * without its word nothing is.
 */
export async function copyCells<T>(
  what: 'records' | 'recordings',
  order: CopyOrder,
  columns: readonly TableColumn<T>[],
  rowsOf: (first: number, last: number) => Promise<readonly T[]>,
): Promise<void> {
  try {
    const chosen = columns.slice(order.firstColumn, order.lastColumn + 1);
    const lastRow = Math.min(order.lastRow, order.firstRow + mostRows - 1);
    const rows = await rowsOf(order.firstRow, lastRow);
    await ask('exports.copied', { what, rows: rows.length });
    const cells = rows.map(row => chosen.map(({ text }) => flat(text(row))));
    const lines = order.withHeaders ? [chosen.map(({ label }) => label), ...cells] : cells;
    const text = lines.map(line => line.join('\t')).join('\n');
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': blob(text, 'text/plain'),
        'text/html': blob(tableOf(lines, chosen), 'text/html'),
      }),
    ]);
    if (lastRow < order.lastRow) tellPart(lastRow - order.firstRow + 1, order.lastRow - order.firstRow + 1);
  } catch (error) {
    showFailure(failureFrom(error));
  }
}
const mostRows = 10_000;

function tellPart(number: number, total: number): void {
  const { lang } = document.documentElement;
  const params = { number: number.toLocaleString(lang), total: total.toLocaleString(lang) };
  showToast({ id: 'copied-part', kind: 'warning', text: { toast: 'copied-part' }, params });
}
