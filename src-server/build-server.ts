import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { fastify, type FastifyInstance, LogController } from 'fastify';
import type { Clock } from '../src-shared/base/clock';
import type { LiveEvent } from '../src-shared/server-api/live-messages';
import type { ServerInfo } from '../src-shared/server-api/rest-routes';
import type { AgentDesk } from './agents/agent-desk';
import { AgentDirectory } from './agents/agent-directory';
import type { AgentRoster } from './agents/agent-roster';
import { AgentStateLog } from './agents/agent-state-log';
import { createAgents } from './agents/create-agents';
import type { DirectoryWatch } from './agents/directory-watch';
import type { CallJournal } from './calls/call-journal';
import type { ConsultDesk } from './calls/consult-desk';
import { createCalls } from './calls/create-calls';
import type { DeskCalls } from './calls/desk-calls';
import type { PhoneMutes } from './calls/phone-mutes';
import { RecordFiller } from './calls/record-filler';
import type { OwnCalls } from './calls/own-calls';
import { RunningCalls } from './calls/running-calls';
import { latestAgentState } from './database/agent-state-table';
import { openDatabase } from './database/open-database';
import type { WritableDb } from './database/tables';
import { addDemo } from './demo/add-demo';
import { seedDemo } from './demo/seed';
import { LiveDestinations } from './destinations/live-destinations';
import { LiveHub } from './live/live-hub';
import type { SendMail } from './mail/mailer';
import { answerFailures } from './plugins/failures';
import { guardRoutes } from './plugins/guard';
import { isLoopbackHost } from './plugins/origin-rules';
import { routeUpgrades } from './plugins/route-upgrades';
import { PolicyDesk } from './policy/policy-desk';
import { createQueues } from './queues/create-queues';
import type { LiveChannels } from './queues/live-channels';
import type { LiveQueues } from './queues/live-queues';
import type { QueueMoves } from './queues/queue-moves';
import { addRoutes } from './routes/add-routes';
import { PeaksDesk } from './recordings/peaks-desk';
import { RecordingLibrary } from './recordings/recording-library';
import { RetentionDesk } from './recordings/retention-desk';
import type { ServerLog } from './server-log';
import { defaultPasswordCost, type PasswordCost } from './sign-in/password-hash';
import { SessionDesk } from './sign-in/session-desk';
import { ForgottenPasswords } from './sign-in/forgotten-passwords';
import { SignInActions } from './sign-in/sign-in-actions';
import { engineDirectory } from './wrap-up/engine-directory';
import { WrapUpDesk } from './wrap-up/wrap-up-desk';
import type { Telephony, TelephonyDirectory } from './telephony/telephony';
import type { TelephonyWatch } from './telephony/telephony-watch';

const bodyLimitBytes = 64 * 1024;
/** Who sends a request drop by drop is cut off; an idle connection is kept longer than the apps pause between requests. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 72_000,
};

interface EngineParts {
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
  /** How many lines the centre has outside; without it nobody knows. */
  readonly channels?: number;
  /** How mails are sent; without it only the administrator helps who has forgotten a password. */
  readonly sendMail?: SendMail;
  readonly demo: { readonly key: string | null; readonly isScheduled: boolean } | null;
  readonly createTelephony: (parts: EngineParts) => Telephony;
  readonly passwordCost?: PasswordCost;
}

/** Everything that lives in a running server, wired to each other. */
export interface Centre {
  readonly options: ServerOptions;
  readonly recordingsFolder: string;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly db: WritableDb;
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
  readonly sessions: SessionDesk;
  readonly signInActions: SignInActions;
  readonly forgottenPasswords: ForgottenPasswords;
  readonly hub: LiveHub;
  readonly stateLog: AgentStateLog;
  readonly agentDesk: AgentDesk;
  readonly agentRoster: AgentRoster;
  readonly policyDesk: PolicyDesk;
  readonly journal: CallJournal;
  readonly recordFiller: RecordFiller;
  readonly retentionDesk: RetentionDesk;
  readonly library: RecordingLibrary;
  readonly peaksDesk: PeaksDesk;
  readonly tellRecordings: () => void;
  readonly runningCalls: RunningCalls;
  readonly deskCalls: DeskCalls;
  readonly consultDesk: ConsultDesk;
  readonly phoneMutes: PhoneMutes;
  readonly ownCalls: OwnCalls;
  readonly liveDestinations: LiveDestinations;
  readonly liveQueues: LiveQueues;
  readonly liveChannels: LiveChannels;
  readonly wrapUpDesk: WrapUpDesk;
  readonly queueMoves: QueueMoves;
  readonly directoryWatch: DirectoryWatch;
  readonly telephonyWatch: TelephonyWatch;
}

/** Builds everything in reading order and returns a server that does not listen yet. `close()` ends calls, sockets and files. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = createApp(options);
  const recordingsFolder = join(options.dataFolder, 'recordings');
  mkdirSync(recordingsFolder, { recursive: true, mode: 0o700 });
  if (!existsSync(options.assetsFolder)) app.log.warn(`no sounds at ${options.assetsFolder}: tones instead`);
  const db = openServerDatabase(app, options.dataFolder);
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

  // Sockets go first: an HTTP server waits for them. What the engine reports while it stops is still written.
  app.addHook('preClose', async () => {
    stopDemo();
    centre.sessions.stop();
    centre.directoryWatch.stop();
    centre.agentDesk.stop();
    centre.liveQueues.stop();
    centre.liveDestinations.stop();
    centre.liveChannels.stop();
    centre.wrapUpDesk.stop();
    await centre.telephony.stop();
    centre.recordFiller.stop();
    centre.retentionDesk.stop();
    await centre.recordFiller.settled();
    await centre.retentionDesk.settled();
    await centre.journal.settled();
    await centre.forgottenPasswords.settled();
    await centre.wrapUpDesk.settled();
    await centre.stateLog.settled();
    centre.hub.stop();
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

function openServerDatabase(app: FastifyInstance, dataFolder: string): WritableDb {
  const db = openDatabase({
    file: join(dataFolder, 'server.db'),
    onSlowStatement: (sql, durationMs) =>
      app.log.warn(`slow statement, ${Math.round(durationMs)} ms: ${sql.slice(0, 200)}`),
  });
  app.addHook('onClose', () => db.destroy());
  return db;
}

async function createCentre(given: Pick<Centre, 'options' | 'recordingsFolder' | 'db' | 'log'>): Promise<Centre> {
  const { options, recordingsFolder, db, log } = given;
  const { clock, assetsFolder, passwordCost = defaultPasswordCost } = options;
  if (options.demo !== null) await seedDemo({ db, clock, log, recordingsFolder, assetsFolder, passwordCost });
  const directory = new AgentDirectory();
  await directory.reload(db);
  const policyDesk = await PolicyDesk.open(db);
  const forEngine = engineDirectory(directory, () => policyDesk.policy);
  const telephony = options.createTelephony({ directory: forEngine, recordingsFolder, log });
  const sessions = new SessionDesk(db, clock, error => log.error(`sessions: ${String(error)}`));
  const doors = createSignIn({ ...options, db, sessions, clock, log, passwordCost });
  const authenticate = sessions.authenticate.bind(sessions);
  const stateFor = (personId: string): LiveEvent[] => [
    ...[agentRoster, deskCalls, ownCalls, consultDesk].flatMap(each => each.stateFor(personId)),
    ...[liveQueues, liveDestinations, liveChannels].flatMap(each => each.stateFor(personId)),
    { type: 'wrap-up.changed', wrapUp: wrapUpDesk.of(personId) },
    telephonyWatch.state,
  ];
  const hub: LiveHub = new LiveHub({ clock, log, authenticate, stateFor });
  const publish = hub.publish.bind(hub);
  const stateLog = new AgentStateLog(db, log);
  const runningCalls = new RunningCalls();
  const base = { db, directory, telephony, recordingsFolder, policyDesk, runningCalls, sessions, stateLog, clock, log };
  const { liveQueues, queueMoves, liveDestinations, liveChannels } = createQueues({
    ...base,
    configuredChannels: options.channels ?? null,
    agentDesk: () => agentDesk,
    publish: hub.publishNewest.bind(hub),
  });
  const wrapUpDesk: WrapUpDesk = new WrapUpDesk({
    ...base,
    publish,
    policy: () => policyDesk.policy,
    callsWritten: () => journal.settled(),
    onDone: person => agentDesk.wrapUpDone(person),
  });
  const { agentDesk, agentRoster, directoryWatch } = createAgents({
    ...base,
    publish,
    owesWrapUp: personId => wrapUpDesk.owes(personId),
    willOweWrapUp: person => wrapUpDesk.willOwe(person),
    onAgentChanged: (person, status) => {
      wrapUpDesk.stateChanged(person, status);
      [liveQueues, liveDestinations].forEach(each => each.agentChanged(person));
    },
    onEverythingChanged: () => [liveQueues, liveDestinations].forEach(each => each.everythingChanged()),
  });
  const calls: ReturnType<typeof createCalls> = createCalls({ ...base, agentDesk, liveQueues, hub });
  const { journal, deskCalls, ownCalls, consultDesk, telephonyWatch } = calls;
  const told = { liveQueues, queueMoves, liveDestinations, liveChannels, hub };
  const desks = { wrapUpDesk, agentRoster, directoryWatch, agentDesk };
  return { ...given, ...base, ...told, ...desks, ...calls, ...createLibrary({ ...base, hub }), ...doors };
}

type LibraryParts = Pick<Centre, 'db' | 'clock' | 'log' | 'directory' | 'recordingsFolder' | 'policyDesk' | 'hub'>;

/** Who comes in, and who has forgotten how. */
function createSignIn(
  parts: ConstructorParameters<typeof SignInActions>[0] & Pick<ServerOptions, 'sendMail'> & { readonly log: ServerLog },
) {
  const signInActions = new SignInActions(parts);
  return { signInActions, forgottenPasswords: new ForgottenPasswords({ ...parts, sendMail: parts.sendMail ?? null }) };
}

/** What is done with calls that are over. */
function createLibrary(parts: LibraryParts) {
  const { db, directory, recordingsFolder, policyDesk, hub } = parts;
  const accountIdOf = (personId: string): string | null => directory.person(personId)?.accountId ?? null;
  const tellRecordings = (): void => {
    for (const { id } of directory.everybody()) hub.publishNewest(id, { type: 'recordings.changed' });
  };
  const library = new RecordingLibrary(db, recordingsFolder);
  const keepDays = (): number | null => policyDesk.policy.recordings.keepDays;
  return {
    library,
    tellRecordings,
    peaksDesk: new PeaksDesk(),
    recordFiller: new RecordFiller({ ...parts, accountIdOf }),
    retentionDesk: new RetentionDesk({ ...parts, library, keepDays, onDeleted: tellRecordings }),
  };
}

/** From here on facts flow: engine → availability and journal, session's end → phone and live connection. */
async function startCentre(centre: Centre): Promise<void> {
  const { db, telephony, agentDesk, journal, runningCalls, sessions, directory, hub } = centre;
  telephony.onEvent(event => {
    runningCalls.hear(event);
    centre.deskCalls.hear(event);
    centre.consultDesk.hear(event);
    centre.ownCalls.hear(event);
    centre.liveQueues.hear(event);
    centre.liveDestinations.hear(event);
    centre.liveChannels.hear(event);
    centre.wrapUpDesk.hear(event);
    agentDesk.hear(event);
    journal.hear(event);
    centre.telephonyWatch.hear(event);
  });
  telephony.onSpeaking(speaking => centre.ownCalls.hearSpeaking(speaking));
  sessions.onEnded(async (session, reason) => {
    hub.endSession(session, reason === 'signed-out' ? null : { type: 'session.ended', reason });
    const person = directory.person(session.personId);
    if (person === undefined) return;
    if (reason === 'signed-in-elsewhere') await agentDesk.movesElsewhere(person);
    else await agentDesk.signedOut(person);
    // A desk phone stays registered: it belongs to the desk, not to the session.
    if (person.deskPhone === null) await telephony.revokeLineCredential(person.extension);
  });
  await journal.start();
  centre.recordFiller.start();
  centre.retentionDesk.start();
  await centre.wrapUpDesk.start();
  await telephony.start();
  centre.liveQueues.start();
  await centre.directoryWatch.start();
  for (const session of await sessions.start()) {
    const person = directory.person(session.personId);
    if (person !== undefined) await agentDesk.resume(person, await latestAgentState(db, person.id));
  }
}
