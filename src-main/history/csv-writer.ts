import type { ExportCell } from './xlsx-writer';

/**
 * A table program would take it for a formula (CWE-1236, ASVS 1.2.10), also after blanks that it drops and in the wide letters of East Asia. A plain
 * international number is none.
 */
const isFormula = (text: string): boolean => /^(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])/u.test(text) && !/^\+\d+$/.test(text);

function quoted(text: string): string {
  const harmless = (isFormula(text) ? `'${text}` : text).replaceAll('\0', '');
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const two = (value: number): string => String(value).padStart(2, '0');

function textOf(cell: ExportCell): string {
  switch (cell.kind) {
    case 'text':
      return quoted(cell.value);
    case 'number':
      return String(cell.value);
    case 'moment': {
      const at = new Date(cell.at);
      return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
    }
    case 'duration': {
      const seconds = Math.round(cell.ms / 1000);
      return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    }
    case 'empty':
      return '';
  }
}

/** Bytes of a CSV file (RFC 4180), with the mark by which table programs know UTF-8. */
export async function* csvOf(
  labels: readonly string[],
  rows: AsyncIterable<readonly (readonly ExportCell[])[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${labels.map(quoted).join(',')}\r\n`);
  for await (const some of rows) yield Buffer.from(some.map(row => `${row.map(textOf).join(',')}\r\n`).join(''));
}
