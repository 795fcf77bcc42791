// npm run bench -- [NAME …] [--json] [--pairs N] [--rows N]: benchmarks beside a peer, both in one run, in turns. No name: all.
// ENGINE=asterisk: ring, dial, answer and transfer with a real Asterisk in the place of the embedded engine.
// DATABASE=postgres: server-search on PostgreSQL instead of SQLite.
// They print ratio and verdict; they are not tests and fail nothing.
import path from 'node:path';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const args = process.argv.slice(2);
const isJson = args.includes('--json');
const say = isJson ? () => undefined : console.log;
if (isJson) console.log = console.error; // set-up may talk; standard output is for the figures alone
const { setUp } = await import('./setup.mjs');
const options = ['--pairs', '--rows'];
// Alone it needs neither Electron nor a desktop.
const isServerOnly = namesIn(args).length > 0 && namesIn(args).every(name => name === 'server-search');
if (!isServerOnly) await setUp(['app', 'desktop', 'build']);
if (args.includes('--rows')) process.env.BENCH_ROWS = String(numberAfter('--rows'));
const { demandAsteriskIfAsked } = await import('./asterisk-root.mjs');
demandAsteriskIfAsked();
const { startDesktop } = await import('./desktop.mjs');
const { runnerImport } = await import('vite');

const desktop = isServerOnly ? null : await startDesktop();
if (desktop !== null) Object.assign(process.env, desktop.env);
try {
  const { module } = await runnerImport(path.join(import.meta.dirname, '..', 'bench', 'benchmarks.ts'));
  const outcomes = await module.runBenchmarks(namesIn(args), { pairs: numberAfter('--pairs'), say });
  if (isJson) process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
} finally {
  await desktop?.stop();
}

function namesIn(words) {
  return words.filter((word, index) => !word.startsWith('--') && !options.includes(words[index - 1]));
}

function numberAfter(flag) {
  const index = args.indexOf(flag);
  return index === -1 ? undefined : Number(args[index + 1]);
}
