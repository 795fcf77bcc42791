// npm run check: types, lint with layer rules, format, dead code, texts, documents, unit tests. No Electron needed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode } from './node-runtime.mjs';

/** @type {[name: string, program: string, args: string[]][]} */
export const steps = [
  ['types', 'tsc', ['-b']],
  [
    'lint',
    'oxlint',
    [
      '--type-aware',
      '--deny-warnings',
      'src-shared',
      'src-main',
      'src-renderer',
      'src-server',
      'test',
      'bench',
      'scripts',
    ],
  ],
  ['format', 'oxfmt', ['--check']],
  ['dead code', 'knip', []],
  ['text keys', 'node', ['scripts/check-text-keys.mjs']],
  ['doc paths', 'node', ['scripts/check-doc-paths.mjs']],
  ['requirements', 'node', ['scripts/check-requirements.mjs']],
];

/** Runs one step; resolves with whether it passed. Its output is shown only when it did not. */
export function runStep([name, program, args]) {
  return new Promise(resolve => {
    const started = Date.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.once('close', status => {
      console.log(
        `[check] ${name}: ${status === 0 ? 'good' : 'NOT GOOD'} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
      );
      if (status !== 0) console.log(Buffer.concat(output).toString());
      resolve(status === 0);
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureNode();
  process.chdir(path.join(import.meta.dirname, '..'));
  const unit = ['unit tests', 'vitest', ['run', '--project', 'unit']];
  let isGood = true;
  for (const step of [...steps, unit]) isGood = (await runStep(step)) && isGood;
  process.exitCode = isGood ? 0 : 1;
}
