import { crc32, inflateRawSync } from 'node:zlib';

/** Files of a ZIP archive, read from its directory as other programs do (APPNOTE 4.3); every length and sum is compared. */
export function unzipped(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 !== zip.length) throw new Error('no end of the directory');
  const [count, size, begin] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)];
  if (begin + size !== end) throw new Error('the directory is not where it is said to be');
  const files = new Map<string, string>();
  let at = begin;
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('no entry');
    const [crc, packed, length] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== 0x04034b50) throw new Error(`${name}: no header`);
    if (zip.toString('utf8', local + 30, local + 30 + zip.readUInt16LE(local + 26)) !== name)
      throw new Error(`${name}: another name`);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = inflateRawSync(zip.subarray(data, data + packed));
    if (content.length !== length || crc32(content) !== crc) throw new Error(`${name}: another content`);
    const after = data + packed;
    if (zip.readUInt32LE(after) !== 0x08074b50 || zip.readUInt32LE(after + 4) !== crc)
      throw new Error(`${name}: no lengths behind it`);
    if (files.has(name)) throw new Error(`${name}: twice`);
    files.set(name, new TextDecoder('utf-8', { fatal: true }).decode(content));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (at !== end) throw new Error('more in the directory than was counted');
  return files;
}

interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Xml[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what XML 1.0 has no place for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text)) throw new Error('no XML character');
  return text.replace(/&(\w*;?)/g, (_all, name: string) => {
    const sign = name.endsWith(';') ? entities[name.slice(0, -1)] : undefined;
    if (sign === undefined) throw new Error(`&${name}`);
    return sign;
  });
}

/** The root of a document, or an error: what is not well-formed is refused. */
export function xmlOf(document: string): Xml {
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8" standalone="yes"\?>\n/, '');
  if (body === document) throw new Error('no declaration');
  const top: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  for (const [, tag, text] of body.matchAll(/<([^<>]*)>|([^<]+)/g)) {
    const parent = open.at(-1) ?? top;
    if (tag === undefined) parent.text += plain(text ?? '');
    else if (tag.startsWith('/')) {
      if (open.pop()?.name !== tag.slice(1)) throw new Error(`</${tag}> closes another`);
    } else {
      const element = /^([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*\/?$/.exec(tag);
      if (element === null) throw new Error(`<${tag}>`);
      const pairs = [...(element[2] ?? '').matchAll(/([\w:]+)="([^"]*)"/g)];
      const attributes = Object.fromEntries(pairs.map(([, name, value]) => [name ?? '', plain(value ?? '')]));
      const made: Xml = { name: element[1] ?? '', attributes, children: [], text: '' };
      parent.children.push(made);
      if (!tag.endsWith('/')) open.push(made);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || root === undefined || top.text !== '')
    throw new Error('not one root');
  return root;
}

interface ReadCell {
  readonly type: 'text' | 'number' | 'empty';
  readonly value: string | number;
  /** Number format of its style. */
  readonly format: string;
}

/** The sheets of a book, as a table program opens it: from the package's root along its relations. */
export function sheetsOf(zip: Buffer): ReadCell[][][] {
  const files = unzipped(zip);
  const part = (name: string): Xml => xmlOf(files.get(name) ?? missing(name));
  const types = part('[Content_Types].xml').children.map(({ attributes }) => attributes['PartName']);
  const formats = formatsIn(part('xl/styles.xml'));
  const relations = new Map(
    part('xl/_rels/workbook.xml.rels').children.map(({ attributes }) => [attributes['Id'], attributes['Target']]),
  );
  if (part('_rels/.rels').children[0]?.attributes['Target'] !== 'xl/workbook.xml') throw new Error('no book');
  const sheets = part('xl/workbook.xml').children.find(({ name }) => name === 'sheets')?.children ?? [];
  return sheets.map(({ attributes }) => {
    const name = `xl/${relations.get(attributes['r:id'] ?? '') ?? missing('relation')}`;
    if (!types.includes(`/${name}`)) missing(`type of ${name}`);
    const rows = part(name).children.find(child => child.name === 'sheetData')?.children ?? missing('sheetData');
    return rows.map(row => row.children.map(cell => read(cell, formats)));
  });
}

function formatsIn({ children }: Xml): string[] {
  const of = (name: string): Xml[] => children.find(child => child.name === name)?.children ?? missing(name);
  const own = new Map(of('numFmts').map(({ attributes }) => [attributes['numFmtId'], attributes['formatCode']]));
  return of('cellXfs').map(({ attributes: { numFmtId = '' } }) => own.get(numFmtId) ?? (numFmtId === '49' ? '@' : ''));
}

function read({ attributes, children, name }: Xml, formats: readonly string[]): ReadCell {
  if (name !== 'c') throw new Error(`<${name}> in a row`);
  const format = formats[Number(attributes['s'] ?? 0)] ?? missing('style');
  const [content] = children;
  if (content === undefined) return { type: 'empty', value: '', format };
  if (attributes['t'] === 'inlineStr' && content.name === 'is') {
    const value = (content.children[0]?.text ?? '').replace(/_x([0-9a-f]{4})_/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return { type: 'text', value, format };
  }
  if (attributes['t'] !== undefined || content.name !== 'v' || !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(content.text))
    throw new Error(`cell ${JSON.stringify(attributes)} ${content.name} ${content.text}`);
  return { type: 'number', value: Number(content.text), format };
}

function missing(what: string): never {
  throw new Error(`missing: ${what}`);
}
