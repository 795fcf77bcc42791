import { readFile } from 'node:fs/promises';
import { asteriskConfigUsage, runAsteriskConfig } from './asterisk-config-command';
import { buildServer } from './build-server';
import type { ServerOptions } from './centre';
import { type Config, databaseUrlIn, readConfig, usage } from './config';
import { deskPhoneUsage, runDeskPhone } from './desk-phone-command';
import { mailAccount, mailer } from './mail/mailer';
import { policyUsage, runPolicy } from './policy-command';
import { systemClock } from './system-clock';
import { AsteriskTelephony } from './telephony/asterisk/asterisk-telephony';
import { accessFile, knownAccess } from './telephony/asterisk/config/asterisk-config';
import { EmbeddedTelephony } from './telephony/embedded/embedded-telephony';
import { sipRealm } from './telephony/telephony';

function engineOf(config: Config): ServerOptions['createTelephony'] {
  if (config.asterisk === undefined)
    return parts =>
      new EmbeddedTelephony({
        ...parts,
        domain: sipRealm,
        assetsFolder: config.assets,
        clock: systemClock,
        digestAlgorithms: config['allow-md5'] ? ['SHA-256', 'MD5'] : ['SHA-256'],
      });
  const access = knownAccess(config.asterisk);
  if (access === null) throw new Error(`no ${accessFile} in ${config.asterisk}: run asterisk-config first`);
  return parts =>
    new AsteriskTelephony({
      ...parts,
      access,
      sipUrl: config['sip-url'] ?? null,
      allowMd5: config['allow-md5'],
      clock: systemClock,
    });
}

async function mailAccountIn(file: string): ReturnType<typeof mailAccount.parseAsync> {
  const read = mailAccount.safeParse(JSON.parse(await readFile(file, 'utf8')));
  // What is wrong is said without what stands there: a password may be part of it.
  if (!read.success) throw new Error(`${file}: ${read.error.issues.map(issue => issue.path.join('.')).join(', ')}`);
  return read.data;
}

/** Command line of the central server. stdout carries the ready line and nothing else. */
async function run(config: Config): Promise<void> {
  const { 'tls-cert': certFile, 'tls-key': keyFile, 'demo-key': demoKey } = config;
  const tls =
    certFile === undefined || keyFile === undefined
      ? null
      : { cert: await readFile(certFile), key: await readFile(keyFile) };
  const app = await buildServer({
    dataFolder: config.data,
    databaseUrl: databaseUrlIn(process.env),
    assetsFolder: config.assets,
    clock: systemClock,
    logLevel: config.log,
    host: config.host,
    publicUrl: config['public-url'] ?? null,
    tls,
    name: config.name,
    support: { email: config['support-email'] ?? null, phone: config['support-phone'] ?? null },
    ...(config.channels === undefined ? {} : { channels: config.channels }),
    ...(config.smtp === undefined ? {} : { sendMail: mailer(await mailAccountIn(config.smtp)) }),
    createTelephony: engineOf(config),
    demo: config.demo ? { key: demoKey ?? null, isScheduled: !config['no-schedule'] } : null,
  });
  let isStopping = false;
  // Told again while it stops, it goes on writing: only a kill loses what is not written yet.
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    app.log.info(`${signal}: stopping`);
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // Fastify's own answer is not used: with a server factory it does not know of TLS.
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const url = config['public-url'] ?? `${tls === null ? 'http' : 'https'}://${name}:${address.port}`;
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

function start(args: readonly string[]): void {
  const read = readConfig(args);
  if (read.kind === 'help') process.stdout.write(usage);
  else if (read.kind === 'wrong') {
    process.stderr.write(`${read.problem}\n\n${usage}`);
    process.exitCode = 2;
  } else
    run(read.config).catch((error: unknown) => {
      process.stderr.write(`the server did not start: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    });
}

/** A command beside the server: does its work, says so, ends. */
async function runCommand(
  { usage: help, run: work }: { usage: string; run: typeof runDeskPhone },
  args: readonly string[],
): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(help);
    return;
  }
  const { isGood, text } = await work(args);
  (isGood ? process.stdout : process.stderr).write(text);
  if (!isGood) process.exitCode = 2;
}

const commands = {
  'asterisk-config': { usage: asteriskConfigUsage, run: runAsteriskConfig },
  'desk-phone': { usage: deskPhoneUsage, run: runDeskPhone },
  policy: { usage: policyUsage, run: (args: readonly string[]) => runPolicy(args) },
} as const;
const [name, ...rest] = process.argv.slice(2);
if (name === 'asterisk-config' || name === 'desk-phone' || name === 'policy') await runCommand(commands[name], rest);
else start(process.argv.slice(2));
