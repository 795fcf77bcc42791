// Every language has the same text keys, with the same {{parameters}}, and none is empty.
import fs from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'src-shared', 'text');
const flatten = (value, key = '') =>
  typeof value === 'string'
    ? [[key, value]]
    : Object.entries(value).flatMap(([name, inner]) => flatten(inner, key ? `${key}.${name}` : name));
const catalogues = fs
  .readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => ({ name, texts: new Map(flatten(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))) }));
const parameters = text =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)]
    .map(match => match[1])
    .toSorted((a, b) => a.localeCompare(b))
    .join(',');
/** Languages differ in their plural forms: `_one`, `_few` … count as one key. */
const stem = key => key.replace(/_(zero|one|two|few|many|other)$/, '');
const stems = texts => new Set([...texts.keys()].map(stem));

const referenceName = 'en.json';
const reference = catalogues.find(({ name }) => name === referenceName).texts;
const faults = [];
for (const { name, texts } of catalogues) {
  for (const key of stems(reference)) if (!stems(texts).has(key)) faults.push(`${name}: "${key}" is missing`);
  for (const key of stems(texts))
    if (!stems(reference).has(key)) faults.push(`${name}: "${key}" is not in ${referenceName}`);
  for (const [key, text] of texts) {
    if (text.trim() === '') faults.push(`${name}: "${key}" is empty`);
    const original = reference.get(key);
    if (original !== undefined && parameters(original) !== parameters(text))
      faults.push(`${name}: "${key}" has other parameters than ${referenceName}`);
  }
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`text keys: ${reference.size} keys in ${catalogues.length} languages`);
