import type { Clock } from '../src-shared/base/clock';
import type { ServerInfo } from '../src-shared/server-api/rest-routes';
import type { AgentDesk } from './agents/agent-desk';
import type { AgentDirectory } from './agents/agent-directory';
import type { AgentRoster } from './agents/agent-roster';
import type { AgentStateLog } from './agents/agent-state-log';
import type { DirectoryWatch } from './agents/directory-watch';
import type { CallJournal } from './calls/call-journal';
import type { ConsultDesk } from './calls/consult-desk';
import type { DeskCalls } from './calls/desk-calls';
import type { PhoneMutes } from './calls/phone-mutes';
import type { RecordFiller } from './calls/record-filler';
import type { OwnCalls } from './calls/own-calls';
import type { RunningCalls } from './calls/running-calls';
import type { WritableDb } from './database/tables';
import type { LiveDestinations } from './destinations/live-destinations';
import type { LiveHub } from './live/live-hub';
import type { SendMail } from './mail/mailer';
import type { PolicyDesk } from './policy/policy-desk';
import type { LiveChannels } from './queues/live-channels';
import type { LiveQueues } from './queues/live-queues';
import type { QueueMoves } from './queues/queue-moves';
import type { PeaksDesk } from './recordings/peaks-desk';
import type { RecordingLibrary } from './recordings/recording-library';
import type { RetentionDesk } from './recordings/retention-desk';
import type { ServerLog } from './server-log';
import type { PasswordCost } from './sign-in/password-hash';
import type { SessionDesk } from './sign-in/session-desk';
import type { ForgottenPasswords } from './sign-in/forgotten-passwords';
import type { SignInActions } from './sign-in/sign-in-actions';
import type { WrapUpDesk } from './wrap-up/wrap-up-desk';
import type { Telephony, TelephonyDirectory } from './telephony/telephony';
import type { TelephonyWatch } from './telephony/telephony-watch';

interface EngineParts {
  readonly directory: TelephonyDirectory;
  readonly recordingsFolder: string;
  readonly log: ServerLog;
  /** Whether the app of this extension gives a sign of life in time; null while it has no connection over which it could be asked. */
  readonly isThere: (extension: string, withinMs: number) => Promise<boolean | null>;
}
export interface ServerOptions {
  /** Holds `recordings/`, and `server.db` where the database is no other; made if it is missing. */
  readonly dataFolder: string;
  /** A database of PostgreSQL instead of SQLite's file. */
  readonly databaseUrl?: string | null;
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
