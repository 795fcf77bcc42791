// npm test: set-up, then every suite. Closes with what failed and why, and one line: N passed, N failed, N skipped.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureNode } from './node-runtime.mjs';
import { playwrightOutcome, vitestOutcome } from './test-report.mjs';

ensureNode();
delete process.env.DATABASE_URL; // tests make their own databases
const started = Date.now();
const { setUp } = await import('./setup.mjs');
await setUp(['app', 'desktop', 'build', 'tests']);
const { runStep, steps } = await import('./check.mjs');
const { startDesktop } = await import('./desktop.mjs');
const { whyNoAsterisk } = await import('./asterisk-root.mjs');
const { whyNoPostgres } = await import('./postgres-instance.mjs');

const root = path.join(import.meta.dirname, '..');
const results = path.join(root, 'test-results');
fs.mkdirSync(results, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const add = counts => Object.keys(total).forEach(key => (total[key] += counts[key]));
/** Told once more at the very end: whoever reads only the last page of an hour's output must find them. */
const failures = [];

for (const step of steps) {
  const isGood = await runStep(step);
  add({ passed: Number(isGood), failed: Number(!isGood), skipped: 0 });
  if (!isGood) failures.push({ name: `check: ${step[0]}`, reason: 'see the output of this step above' });
}
for (const project of ['unit', 'integration', 'telephony', 'engine', 'behaviour-embedded', 'fault-embedded'])
  await runVitest(project);
const noPostgres = whyNoPostgres();
if (noPostgres === null) await runVitest('integration-postgres');
const noAsterisk = whyNoAsterisk();
if (noAsterisk === null)
  for (const project of ['asterisk', 'behaviour-asterisk', 'fault-asterisk', 'journal-truth']) await runVitest(project);
await onDesktop({}, async env => {
  await runPlaywright('e2e', root, { ...env, ENGINE: 'embedded' });
  if (noAsterisk === null) await runPlaywright('e2e-asterisk', root, { ...env, ENGINE: 'asterisk' });
});
await smokeAsOrdinaryUser();

if (noPostgres !== null) console.log(`[test] nothing was tried on PostgreSQL. ${noPostgres}`);
if (noAsterisk !== null) console.log(`[test] nothing was tried on Asterisk. ${noAsterisk}`);
for (const { name, reason, said = '' } of failures)
  console.log(`[test] FAILED ${name.replace(`${root}/`, '')}\n${clipped(reason)}\n${said}\n`);
console.log(`[test] ${Math.round((Date.now() - started) / 1000)} s in all`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runVitest(project) {
  const file = path.join(results, `${project}.json`);
  fs.rmSync(file, { force: true });
  const status = await run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  account(project, status, vitestOutcome(file));
}

async function runPlaywright(name, cwd, env, options = {}) {
  const file = path.join(options.results ?? results, `${name}.json`);
  fs.rmSync(file, { force: true });
  const args = ['test', ...(options.args ?? [])];
  const status = await run(options.playwright ?? 'playwright', args, {
    cwd,
    env: { ...env, SOFTPHONE_E2E_RESULT: file },
    ...options.as,
  });
  account(name, status, playwrightOutcome(file));
}

/** A suite that ends badly without naming a failed test, or without running any, has failed too. */
function account(suite, status, outcome) {
  const { counts } = outcome;
  if (counts.failed === 0 && (status !== 0 || counts.passed === 0)) {
    counts.failed = 1;
    failures.push({ name: suite, reason: `ended with status ${status}: see its output above` });
  }
  console.log(`[test] ${suite}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  add(counts);
  failures.push(...outcome.failures.map(({ name, ...why }) => ({ name: `${suite} › ${name}`, ...why })));
}

function clipped(reason) {
  const lines = reason.split('\n');
  return lines.length > 30 ? [...lines.slice(0, 30), '…'].join('\n') : reason;
}

async function onDesktop(options, use) {
  const desktop = await startDesktop(options);
  try {
    await use(desktop.env);
  } finally {
    await desktop.stop();
  }
}

/** Root runs Electron without Chromium's sandbox, so once per run the smoke spec runs as somebody else, with it. */
async function smokeAsOrdinaryUser() {
  if (process.getuid?.() !== 0) return; // then the run above was the ordinary user's already
  const { stageForUser } = await import('./stage-for-user.mjs');
  const stage = stageForUser(root);
  try {
    await onDesktop({ as: stage.as, home: stage.home }, env =>
      runPlaywright(
        'smoke-sandboxed',
        stage.project,
        { ...env, PATH: stage.path, HOME: stage.home },
        {
          args: ['--grep', '@smoke'],
          as: stage.as,
          results: stage.home,
          playwright: stage.playwright,
        },
      ),
    );
  } finally {
    stage.remove();
  }
}

function run(program, args, options = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', error => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', status => resolve(status ?? 1));
  });
}
