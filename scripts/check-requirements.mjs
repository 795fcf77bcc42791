// test/requirements.json: which test proves which requirement row. Rows must be real and files must exist.
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const rows = Object.entries(JSON.parse(fs.readFileSync(path.join(root, 'test', 'requirements.json'), 'utf8')));
const faults = rows.flatMap(([row, files]) => [
  ...(/^S(\d{3})$/.test(row) && Number(row.slice(1)) >= 1 && Number(row.slice(1)) <= 484
    ? []
    : [`${row} is no requirement`]),
  ...(files.length > 0 ? [] : [`${row} names no test`]),
  ...files
    .filter(file => !/\.(test|spec)\.tsx?$/.test(file) || !fs.existsSync(path.join(root, file)))
    .map(file => `${row}: ${file} is not a test here`),
]);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`requirements: ${rows.length} rows proven by tests`);
