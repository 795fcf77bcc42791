import { ask } from '../bridge/ask';
import { failureFrom } from '../bridge/failure-from';
import type { CopyOrder, TableColumn } from '../components/Table/Table';
import { showFailure } from '../stores/toast-store';

/** A tab or a line end in a cell would be a cell or a row more. */
const flat = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

/** The selected cells as lines with tabs, which every table takes. The centre writes down that they were taken; without its word nothing is. */
export async function copyCells<T>(
  what: 'records' | 'recordings',
  order: CopyOrder,
  columns: readonly TableColumn<T>[],
  rowsOf: (first: number, last: number) => Promise<readonly T[]>,
): Promise<void> {
  try {
    const chosen = columns.slice(order.firstColumn, order.lastColumn + 1);
    const rows = await rowsOf(order.firstRow, Math.min(order.lastRow, order.firstRow + mostRows - 1));
    await ask('exports.copied', { what, rows: rows.length });
    const lines = rows.map(row => chosen.map(({ text }) => flat(text(row))).join('\t'));
    const heads = order.withHeaders ? [chosen.map(({ label }) => label).join('\t')] : [];
    await navigator.clipboard.writeText([...heads, ...lines].join('\n'));
  } catch (error) {
    showFailure(failureFrom(error));
  }
}
const mostRows = 10_000;
