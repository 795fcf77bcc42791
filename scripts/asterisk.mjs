// npm run asterisk -- up | down | status: a real Asterisk 22 on this machine, on loopback, for tests and development.
//   up [--config DIR]   DIR: files of `npm run server -- asterisk-config`; without it they are made for the default ports
//   --name NAME         one of several (default main)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureNode } from './node-runtime.mjs';

ensureNode();
const { whyNoAsterisk } = await import('./asterisk-root.mjs');
const { insideAsterisk, instanceFolders, instanceState, startInstance, stopInstance } =
  await import('./asterisk-instance.mjs');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { config: { type: 'string' }, name: { type: 'string', default: 'main' } },
});
const { name } = values;
const { folder, config, recordings } = instanceFolders(name);
const commands = { up, down, status };
const command = commands[positionals[0]];
const reason = whyNoAsterisk();
if (command === undefined) {
  console.error('npm run asterisk -- up [--config DIR] | down | status   [--name NAME]');
  process.exitCode = 2;
} else if (reason !== null) {
  console.error(reason);
  process.exitCode = 1;
} else await command();

async function up() {
  if (instanceState(name)?.isRunning) return status();
  await stopInstance(name); // what a crash left
  if (values.config === undefined) await makeConfig();
  else fs.cpSync(path.resolve(values.config), config, { recursive: true });
  await startInstance(name);
  status();
}

async function down() {
  const wasRunning = await stopInstance(name);
  console.log(wasRunning ? 'Asterisk is down' : 'Asterisk was not running');
}

function status() {
  const state = instanceState(name);
  if (!state?.isRunning) {
    console.log('Asterisk is down');
    process.exitCode = positionals[0] === 'status' ? 1 : 0;
    return;
  }
  console.log(`Asterisk is up: process ${state.pid}, since ${new Date(state.startedAt).toISOString()}`);
  console.log(`configuration and log: ${folder}`);
  console.log(`with the central server: npm run server -- --engine asterisk --asterisk ${config}`);
}

async function makeConfig() {
  const { setUp } = await import('./setup.mjs');
  await setUp(['build']);
  const server = path.join(import.meta.dirname, '..', 'out', 'server', 'server.js');
  const places = {
    'recordings-in-asterisk': insideAsterisk.recordings,
    'recordings-here': recordings,
    music: insideAsterisk.music,
  };
  const args = Object.entries(places).flatMap(([option, value]) => [`--${option}`, value]);
  execFileSync(process.execPath, [server, 'asterisk-config', '--out', config, '--trunk', '127.0.0.2:5070', ...args], {
    stdio: 'inherit',
  });
}
