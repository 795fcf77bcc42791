// npm run fault -- [NAME …] [--times N] [--seed N] [--json]: breaks what can break, and looks where the customers are. No name: all.
// ENGINE=asterisk: with a real Asterisk in the place of the embedded engine. Ends with 1 when anything was wrong.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const number = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: number, seed: number, json: { type: 'boolean', default: false } },
});
const times = wholeNumber('times', 300);
const seed = wholeNumber('seed', 20_261_128);
if (values.json) console.log = console.error; // set-up may talk; standard output is for the figures alone
const { setUp } = await import('./setup.mjs');
await setUp(['app']);
const { demandAsteriskIfAsked } = await import('./asterisk-root.mjs');
demandAsteriskIfAsked();
const { runnerImport } = await import('vite');

// Its ES build, as in the server's bundle: Node would take the other one.
const inlined = { environments: { inline: { resolve: { noExternal: ['alawmulaw'], mainFields: ['module'] } } } };
const { module } = await runnerImport(path.join(import.meta.dirname, '..', 'test', 'fault', 'faults.ts'), inlined);
const outcomes = await module.runFaults(positionals, { times, seed, say: line => console.log(line) });
if (values.json) process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
else for (const outcome of outcomes) for (const line of module.linesOf(outcome)) console.log(line);
process.exit(outcomes.every(({ wrong }) => wrong.length === 0) ? 0 : 1);

function wholeNumber(name, otherwise) {
  const value = Number(values[name] ?? otherwise);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} wants a whole number`);
  process.exit(2);
}
