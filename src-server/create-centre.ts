import type { LiveEvent } from '../src-shared/server-api/live-messages';
import { AgentDirectory } from './agents/agent-directory';
import { AgentStateLog } from './agents/agent-state-log';
import { createAgents } from './agents/create-agents';
import { createCalls } from './calls/create-calls';
import { RecordFiller } from './calls/record-filler';
import { RunningCalls } from './calls/running-calls';
import { seedDemo } from './demo/seed';
import { LiveHub } from './live/live-hub';
import { PolicyDesk } from './policy/policy-desk';
import { createQueues } from './queues/create-queues';
import { PeaksDesk } from './recordings/peaks-desk';
import { RecordingLibrary } from './recordings/recording-library';
import { RetentionDesk } from './recordings/retention-desk';
import type { ServerLog } from './server-log';
import { defaultPasswordCost } from './sign-in/password-hash';
import { SessionDesk } from './sign-in/session-desk';
import { ForgottenPasswords } from './sign-in/forgotten-passwords';
import { SignInActions } from './sign-in/sign-in-actions';
import { engineDirectory } from './wrap-up/engine-directory';
import { WrapUpDesk } from './wrap-up/wrap-up-desk';
import type { Centre, ServerOptions } from './centre';

/** Makes everything, in reading order; nothing runs yet. */
export async function createCentre(
  given: Pick<Centre, 'options' | 'recordingsFolder' | 'db' | 'log'>,
): Promise<Centre> {
  const { options, recordingsFolder, db, log } = given;
  const { clock, assetsFolder, passwordCost = defaultPasswordCost } = options;
  if (options.demo !== null) await seedDemo({ db, clock, log, recordingsFolder, assetsFolder, passwordCost });
  const directory = new AgentDirectory();
  await directory.reload(db);
  const policyDesk = await PolicyDesk.open(db);
  const forEngine = engineDirectory(directory, () => policyDesk.policy);
  const isThere = async (extension: string, withinMs: number): Promise<boolean | null> =>
    hub.isThere(directory.personAt(extension)?.id ?? '', withinMs);
  const telephony = options.createTelephony({ directory: forEngine, recordingsFolder, log, isThere });
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
  const stateLog = new AgentStateLog({ db, clock, log });
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
