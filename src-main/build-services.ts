import type { Clock } from '../src-shared/base/clock';
import type { SettingsChange, Settings } from '../src-shared/settings/settings';
import { AgentDesk } from './agent/agent-desk';
import { IdleWatch } from './agent/idle-watch';
import { isAtWork } from './agent/is-at-work';
import { ReadyGate } from './agent/ready-gate';
import { PolicyDesk } from './agent/policy-desk';
import { ServerClock } from './agent/server-clock';
import { Announcer } from './base/announcer';
import { buildTransfers } from './build-transfers';
import { reasonOf, type Logger } from './base/logger';
import { buildRecords } from './build-records';
import type { CacheDb, OpenedCache } from './cache/open-cache';
import { ConsultedDesk } from './consulted/consulted-desk';
import { FigureDesk } from './figures/figure-desk';
import { CallJournal } from './history/call-journal';
import { tellMutes } from './history/tell-mutes';
import { hideCaller } from './phone/hide-caller';
import { applyEngineReport } from './phone/apply-engine-reports';
import { AudioDesk } from './phone/audio-desk';
import { CallActions } from './phone/call-actions';
import { CallDesk } from './phone/call-desk';
import { lookUpCallers } from './phone/caller-lookup';
import { EngineSupervisor, type EngineHost } from './phone/engine-supervisor';
import { InteractionDesk } from './phone/interaction-desk';
import { AgentLine } from './phone/line/agent-line';
import { DeskLine } from './phone/line/desk-line';
import { followDeskCalls } from './phone/line/follow-desk-calls';
import { LineMonitor } from './phone/line/line-monitor';
import { LinkDesk } from './phone/link-desk';
import type { PhoneEngine } from './phone/phone-engine-port';
import { refuseSecondCall } from './phone/refuse-second-call';
import { refuseWithoutDevice } from './phone/refuse-without-device';
import { followWithRinger } from './phone/ringer';
import { ChannelDesk } from './queues/channel-desk';
import { QueueDesk } from './queues/queue-desk';
import type { RecordingShelf } from './recordings/recording-shelf';
import type { CertificateTrust } from './server-link/certificate-trust';
import { httpTransport } from './server-link/http-transport';
import { LiveConnection } from './server-link/live-connection';
import { RestClient } from './server-link/rest-client';
import { SignIn, type EndReason } from './server-link/sign-in';
import { TelephonyWatch } from './server-link/telephony-watch';
import { ToastDesk, toastForEnding } from './toasts/toast-desk';
import { WrapUpDesk } from './wrap-up/wrap-up-desk';

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
  const { engine, settings, cache, clock, log } = needs;
  const toasts = new ToastDesk();

  // server link
  const { rest, live, signIn } = buildServerLink(needs, () => phone.line.end());

  const phone = buildPhone(rest, needs);

  // person and history
  const person = buildPerson({ rest, signIn, phone, toasts }, needs);
  const { policy } = person;
  const transfers = buildTransfers({ ...phone, rest, signIn, policy, toasts, engine, clock, log: log('transfer') });
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
  connectSession(services, clock, log('session'));
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
  return { queues, channels: new ChannelDesk(), wrapUp, consulted };
}

interface PersonNeeds {
  readonly rest: RestClient;
  readonly signIn: SignIn;
  readonly phone: ReturnType<typeof buildPhone>;
  readonly toasts: ToastDesk;
}

/** Who is signed in: their state, what keeps them from it, whether they are there, and what is decided for them. */
function buildPerson(
  { rest, signIn, phone, toasts }: PersonNeeds,
  { settings, systemIdleMs, clock, log }: ServicesNeeds,
) {
  const agent = new AgentDesk({
    changeAvailability: async wanted => {
      if (wanted.state === 'available') await gate.prove();
      return rest.call('agent.availability', wanted);
    },
    pauseQueue: pause => rest.call('agent.queue-pause', pause),
    fetch: async () => (await rest.call('agent.me', {})).status,
  });
  const gate = new ReadyGate({
    ...phone,
    settings,
    agent,
    clock,
    log: log('gate'),
    isPhoneHere: () => signIn.agent?.extensionKind === 'web',
    tell: what => toasts.show(what === 'device-back' ? 'info' : 'warning', what),
  });
  const policy = new PolicyDesk(() => rest.call('policy', {}), log('policy'));
  const idle = new IdleWatch({
    clock,
    policy: () => (signIn.agent === null ? null : (policy.policy?.session ?? null)),
    isWorking: () => phone.desk.live().length > 0 || isAtWork(agent.status, signIn.agent?.queues ?? []),
    systemIdleMs,
    signOut: () => signIn.signOut('idle'),
  });
  return { agent, gate, idle, policy };
}

/** Calls, lines and sound. Which of the two lines counts is said by the sign-in. */
function buildPhone(rest: RestClient, { engine, engineHost, settings, clock, log }: ServicesNeeds) {
  const desk = new CallDesk(clock, log('call'));
  const appLine = new LineMonitor({
    engine,
    clock,
    log: log('line'),
    random: Math.random,
    renewCredential: () => rest.call('line.renew', {}),
  });
  const isLineRegistered = (): boolean => appLine.isRegistered;
  const calls = new CallActions({ desk, engine, clock, log: log('call'), isLineRegistered });
  const deskLine = new DeskLine(number => rest.call('calls.dial', { number }));
  const line = new AgentLine(appLine, deskLine, calls);
  const interactions = new InteractionDesk(desk);
  const audio = new AudioDesk(engine, () => settings.value, log('audio'));
  const supervisor = new EngineSupervisor(engineHost, engine, clock, log('engine'));
  return { desk, appLine, line, calls, interactions, audio, supervisor };
}

/** Engine reports to the desks; what the loss of the engine means to each. */
function connectPhone(
  { desk, appLine, audio, gate, policy, destinations, supervisor, journal, settings, rest, serverClock }: Services,
  { engine, clock }: ServicesNeeds,
  log: Logger,
): void {
  engine.reports.hear(report => {
    const isRefused =
      refuseWithoutDevice(report, gate.problems.length > 0, { engine, log }) ||
      refuseSecondCall(report, {
        engine,
        log,
        policy: () => policy.policy?.secondCall ?? null,
        isInCall: () => desk.liveHere().length > 0,
      });
    if (isRefused) return;
    const isInside = (number: string): boolean =>
      destinations.destinations?.some(each => each.number === number) === true;
    applyEngineReport(desk, hideCaller(report, { numbers: policy.policy?.numbers ?? null, isInside }));
  });
  engine.reports.hear(report => {
    if (report.type === 'log') log[report.level](report.message);
  });
  followWithRinger(desk, engine, log);
  tellMutes({
    changes: desk.changes,
    tell: mute => rest.call('calls.phone-mute', mute),
    clock,
    aheadMs: () => serverClock.aheadMs,
    onFailure: error => log.warn(`mute not told: ${reasonOf(error)}`),
  });
  lookUpCallers(desk, journal, error => log.warn(`caller not looked up: ${reasonOf(error)}`));
  settings.changes.hear(() => audio.choose());
  supervisor.losses.hear(() => {
    engine.engineGone();
    desk.engineLost();
    appLine.engineLost();
  });
}

/** What a session brings and what the server says during it. */
function connectSession(services: Services, clock: Clock, log: Logger): void {
  const { signIn, rest, live, line, agent, policy, audio, journal, queues, wrapUp, consulted, links, desk } = services;
  const { destinations, ownCalls } = services;
  const refresh = (): void => {
    journal.refresh().catch((error: unknown) => log.warn(`recent calls not refreshed: ${reasonOf(error)}`));
  };
  /** What is kept here was told under another policy. */
  let numbers = policy.policy?.numbers;
  policy.changes.hear(now => {
    if (now !== null && numbers !== undefined && now.numbers !== numbers) refresh();
    numbers = now?.numbers ?? numbers;
  });
  const fetchAnew = (): void => {
    refresh();
    void policy.refresh();
    agent.refresh().catch((error: unknown) => log.warn(`agent state not fetched: ${reasonOf(error)}`));
  };
  /** A call that runs is not cut because the session ended somewhere else. */
  const endWhenIdle = (reason: EndReason): void => {
    if (desk.liveHere().length === 0) return signIn.end(reason);
    const stop = desk.changes.hear(() => {
      if (desk.liveHere().length > 0) return;
      stop();
      signIn.end(reason);
    });
  };
  signIn.beginnings.hear(({ agent: profile, status, line: credential }) => {
    line.begin(credential);
    agent.confirm(status);
    void policy.refresh();
    audio.warmUp(credential !== null);
    const owner = `${rest.origin ?? ''} ${profile.id}`;
    journal.begin(owner);
    wrapUp.begin(owner);
    refresh();
    links.signedIn();
  });
  signIn.endings.hear(() => {
    links.signedOut();
    audio.warmUp(false);
    journal.end();
    agent.signedOut(clock.now());
    policy.told(null);
    queues.told(null);
    services.channels.told(null);
    consulted.end();
    destinations.told(null);
    ownCalls.told(null);
    wrapUp.end();
    desk.deskPhoneLeft();
    void line.end();
  });
  rest.sessionLosses.hear(() => endWhenIdle('expired'));
  live.gaps.hear(fetchAnew);
  live.changes.hear(isUp => {
    if (!isUp) ownCalls.told(null); // what is true at the centre is not known now
    if (isUp && signIn.agent !== null && policy.policy === null) void policy.refresh();
    if (isUp) void wrapUp.sendKept();
  });
  followEvents(services, clock, endWhenIdle);
}

function followEvents(
  { live, agent, policy, line, desk, journal, queues, channels, wrapUp, consulted, destinations, ownCalls }: Services,
  clock: Clock,
  end: (reason: EndReason) => void,
): void {
  live.events.hear(event => {
    switch (event.type) {
      case 'agent.status':
        return void agent.confirm(event.status);
      case 'policy.changed':
        return policy.told(event.policy);
      case 'queues.live':
        return queues.told(event.queues);
      case 'channels':
        return channels.told(event.channels);
      case 'calls.mine':
        return ownCalls.told(event.calls);
      case 'destinations':
        return destinations.told(event.destinations);
      case 'wrap-up.changed':
        return wrapUp.told(event.wrapUp);
      case 'consult.contexts':
        return consulted.told(event.contexts);
      case 'line.registration':
        return line.confirmByServer(event.isRegistered);
      case 'desk.calls':
        return followDeskCalls(desk, event.calls, clock.now());
      case 'call.journalled':
        return journal.journalled(event.call);
      case 'session.ended':
        return end(event.reason);
      default:
        return undefined;
    }
  });
}

/** What the dashboard shows follows the session, the calls and the person's wish. */
function connectDashboard({ signIn, live, figures, journal, settings }: Services, log: Logger): void {
  signIn.beginnings.hear(() => figures.begin());
  signIn.endings.hear(() => figures.end());
  live.gaps.hear(() => figures.outdated());
  live.changes.hear(isUp => isUp && figures.outdated());
  live.events.hear(({ type }) => {
    if (type === 'call.journalled' || type === 'wrap-up.changed') figures.outdated();
  });
  let shown = settings.value.recentCallsShown;
  settings.changes.hear(({ recentCallsShown }) => {
    if (recentCallsShown === shown) return;
    shown = recentCallsShown;
    journal.resize().catch((error: unknown) => log.warn(`recent calls not fetched: ${reasonOf(error)}`));
  });
}

function connectToasts({ toasts, desk, appLine, audio, supervisor, signIn, links, wrapUp }: Services): void {
  desk.endings.hear(call => {
    const toast = toastForEnding(call);
    if (toast) toasts.show(toast.kind, toast.text, toast.params);
  });
  wrapUp.refusals.hear(({ code }) => toasts.show('error', { error: code }));
  links.refusals.hear(() => toasts.show('error', { error: 'link/refused' }));
  appLine.recoveries.hear(() => toasts.show('info', 'line-back'));
  audio.fallbacks.hear(name => toasts.show('warning', 'device-changed', name === null ? {} : { name }));
  supervisor.losses.hear(() => {
    if (signIn.agent) toasts.show('warning', 'engine-restarted');
  });
}
