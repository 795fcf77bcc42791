import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { fastify, type FastifyInstance, LogController } from 'fastify';
import { openCentreDatabase } from './database/open-database';
import type { WritableDb } from './database/tables';
import { addDemo } from './demo/add-demo';
import { answerFailures } from './plugins/failures';
import { guardRoutes } from './plugins/guard';
import { isLoopbackHost } from './plugins/origin-rules';
import { routeUpgrades } from './plugins/route-upgrades';
import { addRoutes } from './routes/add-routes';
import type { ServerOptions } from './centre';
import { StallWatch } from './stall-watch';
import { createCentre } from './create-centre';
import { startCentre, stopCentre } from './start-centre';

const bodyLimitBytes = 64 * 1024;
/** Who sends a request drop by drop is cut off; an idle connection is kept longer than the apps pause between requests. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 72_000,
};

/** Builds everything in reading order and returns a server that does not listen yet. `close()` ends calls, sockets and files. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = createApp(options);
  const recordingsFolder = join(options.dataFolder, 'recordings');
  mkdirSync(recordingsFolder, { recursive: true, mode: 0o700 });
  if (!existsSync(options.assetsFolder)) app.log.warn(`no sounds at ${options.assetsFolder}: tones instead`);
  const db = await openServerDatabase(app, options);
  const centre = await createCentre({ options, recordingsFolder, db, log: app.log });
  await startCentre(centre);

  const isLoopbackOnly = options.publicUrl === null && isLoopbackHost(options.host);
  answerFailures(app);
  guardRoutes(app, { sessions: centre.sessions, isLoopbackOnly, hasTls: options.tls !== null });
  addRoutes(app, centre);
  routeUpgrades(app.server, { hub: centre.hub, telephony: centre.telephony, isLoopbackOnly });
  const stopDemo =
    options.demo === null
      ? () => undefined
      : await addDemo(app, { ...centre, ...options.demo, assetsFolder: options.assetsFolder });

  const stallWatch = new StallWatch({ clock: options.clock, log: app.log });
  stallWatch.start();
  // Sockets go first: an HTTP server waits for them.
  app.addHook('preClose', async () => {
    stallWatch.stop();
    stopDemo();
    await stopCentre(centre);
  });
  return app;
}

function createApp({ tls, logLevel, publicUrl }: ServerOptions): FastifyInstance {
  return fastify({
    serverFactory: handler =>
      tls === null
        ? createServer(timeouts, handler)
        : createTlsServer({ ...timeouts, ...tls, minVersion: 'TLSv1.2' }, handler),
    logger: { level: logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    // Closing takes as long as writing takes: the usual ten seconds would close the file before the last facts are in it.
    pluginTimeout: 0,
    // Behind a public address something on this machine speaks TLS for us and tells who asked.
    trustProxy: publicUrl === null ? false : 'loopback',
  });
}

async function openServerDatabase(
  app: FastifyInstance,
  { dataFolder, databaseUrl }: ServerOptions,
): Promise<WritableDb> {
  const db = await openCentreDatabase({
    dataFolder,
    url: databaseUrl ?? null,
    onSlowStatement: (sql, durationMs) =>
      app.log.warn(`slow statement, ${Math.round(durationMs)} ms: ${sql.slice(0, 200)}`),
  });
  app.addHook('onClose', () => db.destroy());
  return db;
}
