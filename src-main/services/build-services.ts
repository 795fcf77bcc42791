import type { TimedBreak } from '../../src-shared/agent/timed-break';
import type { Clock } from '../../src-shared/base/clock';
import type { Channels } from '../../src-shared/queues/channels';
import type { SettingsChange, Settings } from '../../src-shared/settings/settings';
import { ServerClock } from '../agent/server-clock';
import { Announcer } from '../base/announcer';
import { ToldValue } from '../base/told-value';
import { buildTransfers } from './build-transfers';
import type { Logger } from '../base/logger';
import { buildRecords } from './build-records';
import type { CacheDb, OpenedCache } from '../cache/open-cache';
import { ConsultedDesk } from '../consulted/consulted-desk';
import { FigureDesk } from '../figures/figure-desk';
import { CallJournal } from '../history/call-journal';
import type { EngineHost } from '../phone/engine-supervisor';
import { LinkDesk } from '../phone/link-desk';
import type { PhoneEngine } from '../phone/phone-engine-port';
import { QueueDesk } from '../queues/queue-desk';
import type { RecordingShelf } from '../recordings/recording-shelf';
import type { CertificateTrust } from '../server-link/certificate-trust';
import { httpTransport } from '../server-link/http-transport';
import { LiveConnection } from '../server-link/live-connection';
import { RestClient } from '../server-link/rest-client';
import { SignIn } from '../server-link/sign-in';
import { TelephonyWatch } from '../server-link/telephony-watch';
import { ToastDesk } from '../toasts/toast-desk';
import { WrapUpDesk } from '../wrap-up/wrap-up-desk';
import { buildPerson } from './build-person';
import { buildPhone } from './build-phone';
import { connectDashboard } from './connect-dashboard';
import { connectPhone } from './connect-phone';
import { connectSession } from './connect-session';
import { connectToasts } from './connect-toasts';

/** The settings as the services see them; in the app `os/settings-store.ts`. */
interface SettingsPort {
  readonly value: Settings;
  readonly changes: Announcer<Settings>;
  change(change: SettingsChange | Partial<Settings>): Settings;
}

export interface ServicesNeeds {
  /** Also told when its process is gone, so that nobody waits for its answers. */
  readonly engine: PhoneEngine & { engineGone(): void };
  readonly engineHost: EngineHost;
  readonly settings: SettingsPort;
  readonly cache: OpenedCache;
  /** outbox.db: what the server does not have yet. */
  readonly outbox: CacheDb;
  /** The played recordings on this computer. */
  readonly shelf: RecordingShelf;
  /** Where the system puts downloads. */
  readonly downloadFolder: () => string;
  readonly openFolder: (folder: string) => void;
  readonly trust: CertificateTrust;
  readonly machine: string;
  /** Since the last key or movement in any program. */
  readonly systemIdleMs: () => number;
  readonly clock: Clock;
  readonly log: (module: string) => Logger;
}

/** Everything that matters, built in reading order and free of Electron: runs under plain Node in a test. */
export function buildServices(needs: ServicesNeeds) {
  const { settings, cache, clock, log } = needs;
  const toasts = new ToastDesk();

  // server link
  const { rest, live, signIn } = buildServerLink(needs, () => phone.line.end());

  const phone = buildPhone(rest, needs);

  // person and history
  const person = buildPerson({ rest, signIn, phone, toasts }, needs);
  const { policy } = person;
  const transfers = buildTransfers({ ...phone, rest, signIn, policy, toasts, clock, log: log('transfer') });
  const serverClock = new ServerClock(live);
  const telephonyWatch = new TelephonyWatch(live);
  signIn.endings.hear(() => telephonyWatch.forget());
  const journal = new CallJournal(
    cache.db,
    async limit => (await rest.call('calls.recent', { limit })).calls,
    () => settings.value.recentCallsShown,
  );

  const work = buildWork(rest, serverClock, needs);
  const figures = new FigureDesk({
    centre: {
      mine: input => rest.call('statistics.mine', input),
      calls: input => rest.call('statistics.calls', input),
    },
    clock,
    log: log('figures'),
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    isWorking: () => ['on-call', 'wrap-up'].includes(person.agent.status.state),
  });

  const links = new LinkDesk({
    clock,
    log: log('link'),
    isSignedIn: () => signIn.agent !== null,
    dial: number => phone.line.dial(number),
    nameOf: number => journal.nameOf(number),
  });

  const past = buildRecords({ ...needs, rest, live, signIn, db: cache.db });

  const services = {
    toasts,
    rest,
    live,
    signIn,
    ...phone,
    ...person,
    ...transfers,
    serverClock,
    telephonyWatch,
    journal,
    ...work,
    figures,
    links,
    ...past,
    settings,
  };
  connectPhone(services, needs, log('engine'));
  connectSession(services, { db: cache.db, clock, log: log('session') });
  connectDashboard(services, log('dashboard'));
  connectToasts(services);
  return services;
}
export type Services = ReturnType<typeof buildServices>;

/** Requests, live news and the session. */
function buildServerLink({ settings, trust, machine, clock, log }: ServicesNeeds, leaveLine: () => Promise<void>) {
  const rest = new RestClient(httpTransport(trust), clock);
  const live = new LiveConnection({
    trust,
    clock,
    log: log('live'),
    random: Math.random,
    accessToken: how => rest.accessToken(how),
  });
  const signIn = new SignIn({
    rest,
    live,
    machine,
    log: log('sign-in'),
    leaveLine,
    remember: (serverUrl, identifier) => settings.change({ serverUrl, rememberedIdentifier: identifier ?? '' }),
  });
  return { rest, live, signIn };
}

/** What surrounds the calls: who waits, and what is written down afterwards. */
function buildWork(rest: RestClient, serverClock: ServerClock, { outbox, clock, log }: ServicesNeeds) {
  const queues = new QueueDesk({
    move: move => rest.call('queues.move', move),
    undo: move => rest.call('queues.undo', move),
  });

  const wrapUp = new WrapUpDesk({
    centre: {
      send: outcome => rest.call('calls.outcome', outcome),
      extend: () => rest.call('wrap-up.extend', {}),
    },
    db: outbox,
    clock,
    aheadMs: () => serverClock.aheadMs,
    log: log('wrap-up'),
  });

  const consulted = new ConsultedDesk(callId => rest.call('calls.customer', { callId }), log('consult'));
  const told = { channels: new ToldValue<Channels>(), breaks: new ToldValue<readonly TimedBreak[]>() };
  return { queues, ...told, wrapUp, consulted };
}
