// npm run e2e: the Playwright specs on real Electron, on a private desktop. Arguments go to Playwright.
// ENGINE=asterisk: the same specs with a real Asterisk as the telephony engine.
import { spawn } from 'node:child_process';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
delete process.env.DATABASE_URL; // specs have their own databases
const { setUp } = await import('./setup.mjs');
await setUp(['app', 'desktop', 'build', 'tests']);
const { demandAsteriskIfAsked } = await import('./asterisk-root.mjs');
demandAsteriskIfAsked();
const { startDesktop } = await import('./desktop.mjs');
const desktop = await startDesktop();
try {
  process.exitCode = await new Promise(resolve => {
    const run = spawn('playwright', ['test', ...process.argv.slice(2)], { stdio: 'inherit', env: desktop.env });
    run.once('exit', status => resolve(status ?? 1));
  });
} finally {
  await desktop.stop();
}
