// Starts the built central server on a free port and waits until it listens.
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '..');
const entry = path.join(root, 'out', 'server', 'server.js');

/**
 * @param {{ args: string[], env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<{ url: string, stop(): Promise<void>, kill(): Promise<void>, said(): string, process: import('node:child_process').ChildProcess }>}
 */
export async function startCentralServer({ args, env = process.env, onLine = () => {} }) {
  const child = spawn(process.execPath, ['--enable-source-maps', entry, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = [];
  readline.createInterface({ input: child.stderr }).on('line', line => {
    tail.push(line);
    if (tail.length > 200) tail.shift();
    onLine(line);
  });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    child.once('error', reject);
    void exited.then(status =>
      reject(new Error(`the central server ended with ${status}\n${tail.slice(-40).join('\n')}`)),
    );
    readline.createInterface({ input: child.stdout }).on('line', line => {
      onLine(line);
      if (!line.startsWith('{"ready":true')) return;
      resolve(JSON.parse(line).url);
    });
  });
  const end = async signal => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    // It writes down all that it knows before it ends.
    const hard = setTimeout(() => child.kill('SIGKILL'), 60_000);
    await exited;
    clearTimeout(hard);
  };
  return { url, process: child, said: () => tail.join('\n'), stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/**
 * Runs one of the server's own commands, for example `desk-phone`.
 * @param {string[]} args
 * @returns {Promise<string>} what it says; rejects when it fails
 */
export async function runServerCommand(args) {
  return (await promisify(execFile)(process.execPath, [entry, ...args], { cwd: root })).stdout;
}
