// Every path that a README names exists.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const faults = [];
let count = 0;
for (const readme of listed.trim().split('\n').filter(Boolean)) {
  const text = fs.readFileSync(path.join(root, readme), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(match => match[1]);
  const named = [...text.matchAll(/`((?:src-|test\/|scripts\/|assets\/|bench\/)[\w./-]*\w\/?)`/g)].map(
    match => match[1],
  );
  for (const target of links) count += check(readme, target, [path.dirname(readme)]);
  for (const target of named) count += check(readme, target, ['.', path.dirname(readme)]);
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`doc paths: ${count} paths`);

function check(readme, target, bases) {
  if (!bases.some(base => fs.existsSync(path.join(root, base, target))))
    faults.push(`${readme}: ${target} does not exist`);
  return 1;
}
