import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { fastify, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Clock } from '../src-shared/base/clock';
import { AppError } from '../src-shared/errors/app-error';
import type { ServerInfo } from '../src-shared/server-api/rest-routes';
import { AgentDesk } from './agents/agent-desk';
import { AgentDirectory } from './agents/agent-directory';
import { CallJournal } from './calls/call-journal';
import { openDatabase } from './database/open-database';
import { addDemo } from './demo/add-demo';
import { seedDemo } from './demo/seed';
import { LiveHub } from './live/live-hub';
import { answerFailures } from './plugins/failures';
import { guardRoutes } from './plugins/guard';
import { isLoopbackHost } from './plugins/origin-rules';
import { routeUpgrades } from './plugins/route-upgrades';
import { agentRoutes } from './routes/agent-routes';
import { answerRoutes, type RouteContext } from './routes/answer-routes';
import { callRoutes } from './routes/call-routes';
import { openApiDocument } from './routes/openapi-document';
import { answerRecordingAudio } from './routes/recording-audio';
import { signInRoutes } from './routes/sign-in-routes';
import type { ServerLog } from './server-log';
import { defaultPasswordCost, type PasswordCost } from './sign-in/password-hash';
import { SessionDesk } from './sign-in/session-desk';
import { SignInActions } from './sign-in/sign-in-actions';
import type { Telephony, TelephonyDirectory } from './telephony/telephony';

/** Kept equal to package.json by a test. */
export const serverVersion = '0.1.0';
const bodyLimitBytes = 64 * 1024;

export interface EngineParts {
  readonly directory: TelephonyDirectory;
  readonly recordingsFolder: string;
  readonly log: ServerLog;
}
export interface ServerOptions {
  /** Holds `server.db` and `recordings/`; made if it is missing. */
  readonly dataFolder: string;
  readonly assetsFolder: string;
  readonly clock: Clock;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Where it is going to listen; decides which Host names are answered. */
  readonly host: string;
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly name: string;
  readonly support: ServerInfo['support'];
  readonly demo: { readonly key: string | null; readonly isScheduled: boolean } | null;
  readonly createTelephony: (parts: EngineParts) => Telephony;
  readonly passwordCost?: PasswordCost;
}

/** Builds everything in reading order and returns a server that does not listen yet. `close()` ends calls, sockets and files. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { clock, tls, demo, passwordCost = defaultPasswordCost } = options;
  const recordingsFolder = join(options.dataFolder, 'recordings');
  mkdirSync(recordingsFolder, { recursive: true, mode: 0o700 });
  const app = fastify({
    serverFactory: handler => (tls === null ? createServer(handler) : createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, handler)),
    logger: { level: options.logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    requestTimeout: 30_000,
  });
  const log: ServerLog = app.log;
  const isLoopbackOnly = options.publicUrl === null && isLoopbackHost(options.host);

  const db = openDatabase({
    file: join(options.dataFolder, 'server.db'),
    onSlowStatement: (sql, durationMs) => log.warn(`slow statement, ${Math.round(durationMs)} ms: ${sql.slice(0, 200)}`),
  });
  app.addHook('onClose', () => db.destroy());
  if (demo !== null) await seedDemo({ db, clock, log, recordingsFolder, assetsFolder: options.assetsFolder, passwordCost });
  const directory = new AgentDirectory();
  await directory.reload(db);

  const telephony = options.createTelephony({ directory, recordingsFolder, log });
  const sessions = new SessionDesk(db, clock, error => log.error(`sessions: ${String(error)}`));
  const hub = new LiveHub({ clock, log, authenticate: token => sessions.authenticate(token) });
  const agentDesk = new AgentDesk({ directory, telephony, clock, log, publish: (personId, event) => hub.publish(personId, event) });
  const journal = new CallJournal({ db, directory, recordingsFolder, clock, log, onJournalled: (personId, call) => hub.publish(personId, { type: 'call.journalled', call }) });
  const signInActions = new SignInActions({ db, sessions, clock, passwordCost });

  telephony.onEvent(event => {
    agentDesk.hear(event);
    journal.hear(event);
  });
  sessions.onEnded(async (session, reason) => {
    const person = directory.person(session.personId);
    hub.endSession(session, reason === 'signed-out' ? null : { type: 'session.ended', reason });
    if (person === undefined) return;
    agentDesk.signedOut(person);
    await telephony.revokeLineCredential(person.extension);
  });

  await journal.start();
  await telephony.start();
  for (const session of await sessions.start()) {
    const person = directory.person(session.personId);
    if (person !== undefined) agentDesk.signedIn(person);
  }

  const contextOf = (request: FastifyRequest): RouteContext => ({
    remoteAddress: request.ip,
    webSocketOrigin: (options.publicUrl === null ? `${tls === null ? 'http' : 'https'}://${request.host}` : new URL(options.publicUrl).origin).replace(/^http/, 'ws'),
    signedIn: () => {
      const person = request.session === null ? undefined : directory.person(request.session.personId);
      if (request.session === null || person === undefined) throw new AppError('sign-in/not-signed-in');
      return { session: request.session, person };
    },
  });
  const info: ServerInfo = { product: 'agent-softphone-server', version: serverVersion, name: options.name, support: options.support };
  answerFailures(app);
  guardRoutes(app, { sessions, isLoopbackOnly, hasTls: tls !== null });
  answerRoutes(app, {
    'server.info': async () => info,
    ...signInRoutes({ signInActions, sessions, agentDesk, directory, telephony }),
    ...agentRoutes(agentDesk, directory),
    ...callRoutes(db, clock),
  }, contextOf);
  answerRecordingAudio(app, { db, recordingsFolder, clock, contextOf });
  app.get('/openapi.json', { config: { access: 'public' } }, async () => openApiDocument(serverVersion));
  routeUpgrades(app.server, { hub, telephony, isLoopbackOnly });
  const stopDemo = demo === null ? () => undefined : await addDemo(app, { ...demo, db, directory, agentDesk, telephony, clock, log, assetsFolder: options.assetsFolder });

  // Sockets go first: an HTTP server waits for them. What the engine reports while it stops is still written.
  app.addHook('preClose', async () => {
    stopDemo();
    sessions.stop();
    await telephony.stop();
    await journal.settled();
    hub.stop();
  });
  return app;
}
