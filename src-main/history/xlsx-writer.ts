import { crc32, deflateRawSync } from 'node:zlib';

/** What stands in a cell; its kind decides how a table program reads it. */
export type ExportCell =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** A moment, as clocks here show it. */
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'empty' };

const rowsPerSheet = 1_048_576;
const dayMs = 86_400_000;
/** Day 0 of table programs, as if the clocks here were those of UTC. */
const dayZero = Date.UTC(1899, 11, 30);
const styles = { text: 1, moment: 2, duration: 3, head: 4 } as const;

/** What reads like an escape of the format (ECMA-376 22.9.2.19) is meant as it is. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** As written in a cell: text is never a formula, because it stands in a cell for text. */
function cellXml(cell: ExportCell): string {
  switch (cell.kind) {
    case 'text':
      return textXml(cell.value, styles.text);
    case 'number':
      return `<c><v>${cell.value}</v></c>`;
    case 'moment': {
      const local = cell.at - new Date(cell.at).getTimezoneOffset() * 60_000;
      return `<c s="${styles.moment}"><v>${(local - dayZero) / dayMs}</v></c>`;
    }
    case 'duration':
      return `<c s="${styles.duration}"><v>${cell.ms / dayMs}</v></c>`;
    case 'empty':
      return '<c/>';
  }
}
const textXml = (text: string, style: number): string =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, 32_767))}</t></is></c>`;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const stylesXml = `${head}<styleSheet xmlns="${sheetMl}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** Bytes of an Excel file (ECMA-376), some rows at a time: no more than those are in memory. */
export async function* xlsxOf(
  labels: readonly string[],
  rows: AsyncIterable<readonly (readonly ExportCell[])[]>,
): AsyncGenerator<Buffer> {
  const zip = new ZipWriter();
  const headRow = `<row>${labels.map(label => textXml(label, styles.head)).join('')}</row>`;
  const sheetHead = `${head}<worksheet xmlns="${sheetMl}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>${headRow}`;
  const sheetFoot = '</sheetData></worksheet>';
  let sheets = 1;
  let inSheet = 1;
  yield zip.begin('xl/worksheets/sheet1.xml');
  yield zip.add(sheetHead);
  for await (const some of rows) {
    if (inSheet + some.length > rowsPerSheet) {
      yield zip.add(sheetFoot);
      yield zip.finish();
      sheets += 1;
      inSheet = 1;
      yield zip.begin(`xl/worksheets/sheet${sheets}.xml`);
      yield zip.add(sheetHead);
    }
    inSheet += some.length;
    yield zip.add(some.map(row => `<row>${row.map(cellXml).join('')}</row>`).join(''));
  }
  yield zip.add(sheetFoot);
  yield zip.finish();
  for (const [name, content] of bookFiles(sheets)) {
    yield zip.begin(name);
    yield zip.add(content);
    yield zip.finish();
  }
  yield zip.directory();
}

function bookFiles(sheets: number): readonly (readonly [name: string, content: string])[] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const override = (part: string, type: string): string =>
    `<Override PartName="${part}" ContentType="${types}.${type}+xml"/>`;
  return [
    ['xl/styles.xml', stylesXml],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${sheetMl}" xmlns:r="${office}"><sheets>${numbers.map(n => `<sheet name="${n}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${relations}">${numbers.map(n => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)).join('')}${relation('rIdStyles', 'styles', 'styles.xml')}</Relationships>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${relations}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/styles.xml', 'styles')}${numbers.map(n => override(`/xl/worksheets/sheet${n}.xml`, 'worksheet')).join('')}</Types>`,
    ],
  ];
}

interface ZipEntry {
  readonly name: Buffer;
  readonly at: number;
  crc: number;
  packed: number;
  size: number;
}

/**
 * A ZIP archive written from front to back (APPNOTE 4.3): lengths follow the content, so nothing is kept back. Each piece is packed by itself
 * with a full flush between them, which joins them into one stream.
 */
class ZipWriter {
  readonly #entries: ZipEntry[] = [];
  #at = 0;

  begin(name: string): Buffer {
    const bytes = Buffer.from(name);
    this.#entries.push({ name: bytes, at: this.#at, crc: 0, packed: 0, size: 0 });
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(0x0808, 6); // lengths follow; names in UTF-8
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(0x21, 12); // 1 January 1980
    header.writeUInt16LE(bytes.length, 26);
    return this.#passed(Buffer.concat([header, bytes]));
  }

  add(text: string): Buffer {
    const content = Buffer.from(text);
    const entry = this.#last();
    entry.crc = crc32(content, entry.crc);
    entry.size += content.length;
    const packed = deflateRawSync(content, { finishFlush: fullFlush });
    entry.packed += packed.length;
    return this.#passed(packed);
  }

  finish(): Buffer {
    const entry = this.#last();
    const end = Buffer.from([0x03, 0x00]); // an empty last block
    entry.packed += end.length;
    const lengths = Buffer.alloc(16);
    lengths.writeUInt32LE(0x08074b50, 0);
    lengths.writeUInt32LE(entry.crc, 4);
    lengths.writeUInt32LE(entry.packed, 8);
    lengths.writeUInt32LE(entry.size, 12);
    return this.#passed(Buffer.concat([end, lengths]));
  }

  directory(): Buffer {
    const begin = this.#at;
    const parts = this.#entries.map(({ name, at, crc, packed, size }) => {
      const part = Buffer.alloc(46);
      part.writeUInt32LE(0x02014b50, 0);
      part.writeUInt16LE(20, 4);
      part.writeUInt16LE(20, 6);
      part.writeUInt16LE(0x0808, 8);
      part.writeUInt16LE(8, 10);
      part.writeUInt16LE(0x21, 14);
      part.writeUInt32LE(crc, 16);
      part.writeUInt32LE(packed, 20);
      part.writeUInt32LE(size, 24);
      part.writeUInt16LE(name.length, 28);
      part.writeUInt32LE(at, 42);
      return Buffer.concat([part, name]);
    });
    const directory = Buffer.concat(parts);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(parts.length, 8);
    end.writeUInt16LE(parts.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(begin, 16);
    return this.#passed(Buffer.concat([directory, end]));
  }

  #last(): ZipEntry {
    const entry = this.#entries.at(-1);
    if (entry === undefined) throw new Error('no entry begun');
    return entry;
  }

  #passed(bytes: Buffer): Buffer {
    this.#at += bytes.length;
    return bytes;
  }
}
/** `Z_FULL_FLUSH`: the next piece needs nothing of this one. */
const fullFlush = 3;
