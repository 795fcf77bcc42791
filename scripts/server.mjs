// npm run server: the central server alone. Options: npm run server -- --help
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const { setUp } = await import('./setup.mjs');
await setUp(['build']);
const entry = path.join(import.meta.dirname, '..', 'out', 'server', 'server.js');
const server = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
process.exitCode = await new Promise(resolve => server.once('exit', status => resolve(status ?? 1)));
