import { readFile } from 'node:fs/promises';
import { buildServer } from './build-server';
import { type Config, readConfig, usage } from './config';
import { systemClock } from './system-clock';
import { EmbeddedTelephony } from './telephony/embedded/embedded-telephony';

/** SIP domain and digest realm; a name inside the phone, not in any DNS. */
const sipDomain = 'centre.local';

/** Command line of the central server. stdout carries the ready line and nothing else. */
async function run(config: Config): Promise<void> {
  const { 'tls-cert': certFile, 'tls-key': keyFile, 'demo-key': demoKey } = config;
  const tls =
    certFile === undefined || keyFile === undefined
      ? null
      : { cert: await readFile(certFile), key: await readFile(keyFile) };
  const app = await buildServer({
    dataFolder: config.data,
    assetsFolder: config.assets,
    clock: systemClock,
    logLevel: config.log,
    host: config.host,
    publicUrl: config['public-url'] ?? null,
    tls,
    name: config.name,
    support: { email: config['support-email'] ?? null, phone: config['support-phone'] ?? null },
    createTelephony: parts =>
      new EmbeddedTelephony({
        ...parts,
        domain: sipDomain,
        assetsFolder: config.assets,
        clock: systemClock,
        digestAlgorithms: config['allow-md5'] ? ['SHA-256', 'MD5'] : ['SHA-256'],
      }),
    demo: config.demo ? { key: demoKey ?? null, isScheduled: !config['no-schedule'] } : null,
  });
  let isStopping = false;
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
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  // Fastify's own answer is not used: with a server factory it does not know of TLS.
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const url = config['public-url'] ?? `${tls === null ? 'http' : 'https'}://${name}:${address.port}`;
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
}

const read = readConfig(process.argv.slice(2));
if (read.kind === 'help') process.stdout.write(usage);
else if (read.kind === 'wrong') {
  process.stderr.write(`${read.problem}\n\n${usage}`);
  process.exitCode = 2;
} else
  run(read.config).catch((error: unknown) => {
    process.stderr.write(`the server did not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
