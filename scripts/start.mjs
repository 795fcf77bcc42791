// npm start: the whole product on this machine. With a display: the app, for you. Without: a scripted shift that
// leaves screenshots and a recording under demo-out/ and ends with 0 or 1.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const { setUp } = await import('./setup.mjs');
await setUp(hasDisplay ? ['app', 'build'] : ['app', 'build', 'desktop']);

const root = path.join(import.meta.dirname, '..');
const data = path.join(root, '.data');
fs.mkdirSync(data, { recursive: true, mode: 0o700 });
process.exitCode = hasDisplay ? await runForPerson() : await (await import('./demo-shift.mjs')).playShift(root);

async function runForPerson() {
  const { startCentralServer } = await import('./central-server.mjs');
  const support = ['--support-email', 'support@softphone.example', '--support-phone', '+33145550100'];
  const server = await startCentralServer({
    args: ['--demo', '--channels', '30', '--port', '0', '--data', path.join(data, 'server'), ...support],
  });
  console.log(`[start] central server at ${server.url}`);
  console.log('[start] sign in as alice.martin with the password demo-1001; customers will call');
  const { default: electron } = await import('electron');
  const isRoot = process.getuid?.() === 0;
  const app = spawn(electron, [root, ...(isRoot ? ['--no-sandbox'] : [])], {
    stdio: 'inherit',
    env: { ...process.env, SOFTPHONE_SERVER_URL: server.url, SOFTPHONE_USER_DATA: path.join(data, 'app') },
  });
  const status = await new Promise(resolve => app.once('exit', resolve));
  await server.stop();
  return status ?? 1;
}
