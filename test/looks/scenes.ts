import type { TimedBreak } from '../../src-shared/agent/timed-break';
import { type AgentStatus, signedOutStatus } from '../../src-shared/agent/agent-state';
import type { Call } from '../../src-shared/call/call';
import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import type { Interaction } from '../../src-shared/interaction/interaction-state';
import type { AudioDevices } from '../../src-shared/audio/audio-device';
import { ok } from '../../src-shared/ipc/result';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { defaultSettings, type Settings } from '../../src-shared/settings/settings';
import { suggestedGlobalShortcuts } from '../../src-shared/shortcuts/shortcut-names';
import { refuse, type FakeAnswers } from '../fakes/fake-agent-bridge';
import { aCall } from '../builders/a-call';
import { someFigures } from '../builders/some-figures';
import { busyDay, missedToday } from './scene-figures';
import { asked, consultation, firstTime, here, longStory } from './scene-consult';
import { fingerprint, policy, serverInfo } from './scene-policy';
import { audio, recent } from './scene-past';
import { recordScenes } from './scene-records';
import { crowdedQueues, quietQueues } from './scene-queues';
import { destinations, twoLineScenes } from './scene-two-lines';

/** One state of the window to be looked at. `act` are clicks by test id, button name or text key, done by look.mjs. */
export interface Scene {
  readonly notices: readonly AgentNotice[];
  readonly answers?: FakeAnswers;
}
type Part<T extends AgentNotice['type']> = Partial<Omit<Extract<AgentNotice, { type: T }>, 'type' | 'revision'>>;
export interface Parts {
  readonly session?: Part<'session.changed'>['session'];
  readonly calls?: readonly Call[];
  readonly interactions?: readonly Interaction[];
  readonly line?: Part<'line.changed'>['line'];
  readonly idleEndsAt?: number;
  readonly problems?: Part<'gate.changed'>['problems'];
  /** How far the server's clock is ahead. */
  readonly aheadMs?: number;
  readonly isTelephonyGone?: boolean;
  readonly status?: Part<'agent.changed'>['status'];
  readonly audio?: AudioDevices;
  readonly recent?: readonly RecentCall[] | null;
  readonly figures?: Part<'figures.changed'>['view'];
  readonly toast?: Part<'toast'>['toast'];
  readonly window?: Part<'window.changed'>['window'];
  readonly link?: Part<'link.changed'>['link'];
  readonly queues?: Part<'queues.changed'>['queues'];
  readonly channels?: Part<'channels.changed'>['channels'];
  readonly breaks?: Part<'breaks.changed'>['breaks'];
  readonly wrapUp?: Part<'wrap-up.changed'>['wrapUp'];
  readonly consulted?: Part<'consulted.changed'>['customers'];
  readonly taken?: Part<'global-shortcuts.changed'>['taken'];
  readonly settings?: Partial<Settings>;
}

const now = Date.now();
const minute = 60_000;
const signedIn = {
  agent: {
    id: 'a1',
    identifier: 'maya',
    displayName: 'Maya Lindqvist',
    role: 'agent' as const,
    extension: '1001',
    extensionKind: 'web' as const,
    account: { company: 'Northwind Travel', accountNumber: '40021877', billingNumber: '+15145550100' },
    queues: [
      { id: 'q1', name: 'Support' },
      { id: 'q2', name: 'Réservations' },
    ],
  },
  server: 'online' as const,
  serverName: 'Northwind contact centre',
  support: { email: 'help@northwind.example', phone: '+1 514 555 0100' },
  endedBecause: null,
};
const onDesk = { ...signedIn, agent: { ...signedIn.agent, extensionKind: 'sip' as const } };
const aRingingCall = (part: Partial<Call>): Call =>
  aCall({
    id: 'c1',
    state: 'ringing',
    remote: { number: '+15145550142', name: 'Étienne Beaulieu' },
    queueName: 'Réservations',
    startedAt: now - 4000,
    ...part,
  });
const quality = { mos: 4.28, delayMs: 62, lossPercent: 0.1, jitterMs: 3, codec: 'PCMU' };
const talking = aRingingCall({ state: 'active', answeredAt: now - 252_000, quality });
/** A break of ten minutes. */
const coffeeBreak = (minutesAgo: number): AgentStatus => ({
  ...signedOutStatus(now - minutesAgo * minute),
  state: 'on-break',
  reason: 'coffee',
  breakUntil: now + (10 - minutesAgo) * minute,
});
const aBreak = (displayName: string, reason: string, minutesLeft: number): TimedBreak => ({
  personId: displayName,
  displayName,
  reason,
  reasonText: null,
  until: now + minutesLeft * minute,
});
const available: AgentStatus = { ...signedOutStatus(now - 761_000), state: 'available' };

const scene =
  (parts: Parts, answers: FakeAnswers = {}): ((settings: Partial<Settings>) => Scene) =>
  settings => ({
    notices: [
      { type: 'session.changed', revision: 1, session: parts.session ?? signedIn },
      { type: 'calls.changed', revision: 1, calls: [...(parts.calls ?? [])] },
      { type: 'interactions.changed', revision: 1, interactions: [...(parts.interactions ?? [])] },
      { type: 'destinations.changed', revision: 1, destinations },
      { type: 'line.changed', revision: 1, line: parts.line ?? { state: 'registered', isConfirmed: true } },
      { type: 'agent.changed', revision: 1, status: parts.status ?? available },
      { type: 'policy.changed', revision: 1, policy },
      { type: 'telephony.changed', revision: 1, isReachable: parts.isTelephonyGone !== true },
      { type: 'idle.changed', revision: 1, endsAt: parts.idleEndsAt ?? null },
      { type: 'gate.changed', revision: 1, problems: [...(parts.problems ?? [])] },
      { type: 'server-clock.changed', revision: 1, aheadMs: parts.aheadMs ?? 0 },
      { type: 'audio.changed', revision: 1, audio: parts.audio ?? audio },
      { type: 'settings.changed', revision: 1, settings: { ...defaultSettings, ...settings, ...parts.settings } },
      { type: 'window.changed', revision: 1, window: parts.window ?? { isCompact: false, isOnTop: false } },
      { type: 'queues.changed', revision: 1, queues: parts.queues === undefined ? [...quietQueues] : parts.queues },
      { type: 'channels.changed', revision: 1, channels: parts.channels ?? null },
      { type: 'breaks.changed', revision: 1, breaks: parts.breaks ?? null },
      { type: 'figures.changed', revision: 1, view: parts.figures ?? { figures: busyDay, failure: null } },
      { type: 'wrap-up.changed', revision: 1, wrapUp: parts.wrapUp ?? { forms: [], unsent: 0 } },
      { type: 'consulted.changed', revision: 1, customers: [...(parts.consulted ?? [])] },
      { type: 'link.changed', revision: 1, link: parts.link ?? null },
      { type: 'global-shortcuts.changed', revision: 1, taken: [...(parts.taken ?? [])] },
      ...(parts.recent === null
        ? []
        : [{ type: 'recent-calls.changed' as const, revision: 1, calls: [...(parts.recent ?? recent)] }]),
      ...(parts.toast === undefined ? [] : [{ type: 'toast' as const, revision: 1, toast: parts.toast }]),
      { type: 'levels', revision: 1, microphone: 0.42, speaker: 0 },
    ],
    answers: {
      'server.probe': () => ok(serverInfo),
      'figures.calls': () => ok({ figure: missedToday, calls: recent.slice(0, 6), nextCursor: '1.r9' }),
      ...answers,
    },
  });
const signedOut = { agent: null, server: 'signed-out' as const, serverName: null, support: null, endedBecause: null };
const running = { startedAt: now - 18_000, endsAt: now + 42_000, extensionsLeft: 2 };
const aForm = {
  callId: 'c1',
  queueId: 'q1',
  customerNumber: '+15145550142',
  customerName: 'Étienne Beaulieu',
  dispositionId: null,
  note: '',
  running,
};
const wrappingUp: AgentStatus = { ...signedOutStatus(now - 18_000), state: 'wrap-up' };
const onCall: AgentStatus = { ...signedOutStatus(now - 252_000), state: 'on-call' };

const compact = { isCompact: true, isOnTop: false };
const link = { id: 'l1', number: '+15145550142', name: 'Étienne Beaulieu', extension: '12', host: 'pbx.example.com' };

/** Every state worth looking at, by name. */
export const scenes: Record<string, (settings: Partial<Settings>) => Scene> = {
  'sign-in': scene({ session: signedOut }, { 'server.probe': () => ok(serverInfo) }),
  'sign-in-wrong': scene(
    { session: signedOut },
    { 'server.probe': () => ok(serverInfo), 'session.sign-in': () => refuse('sign-in/wrong-credentials') },
  ),
  'sign-in-unreachable': scene(
    { session: { ...signedOut, endedBecause: 'signed-in-elsewhere' } },
    { 'server.probe': () => refuse('server/unreachable') },
  ),
  'sign-in-certificate': scene(
    { session: signedOut },
    { 'server.probe': () => refuse('server/certificate-unknown', { fingerprint }) },
  ),
  idle: scene({}),
  'consult-ringing': scene({ calls: [consultation('ringing')], consulted: [asked] }),
  'consult-talking': scene({ status: onCall, calls: [consultation('active')], consulted: [firstTime] }),
  'consult-here': scene({ status: onCall, calls: [consultation('active')], consulted: [here] }),
  story: scene({}, { 'call.story': () => ok(longStory) }),
  'story-failed': scene({}, { 'call.story': () => refuse('server/unreachable') }),
  'wrap-up': scene({ status: wrappingUp, wrapUp: { forms: [aForm], unsent: 0 } }),
  'wrap-up-over': scene({
    wrapUp: {
      forms: [
        { ...aForm, dispositionId: 'solved', note: 'Wants the invoice again, by post.', running: null },
        { ...aForm, callId: 'c2', running: null },
      ],
      unsent: 2,
    },
    session: { ...signedIn, server: 'offline' },
  }),
  'queues-crowded': scene({ queues: [...crowdedQueues], channels: { inUse: 30, configured: 30 } }),
  'queues-long-breaks': scene({
    channels: { inUse: 12, configured: 30 },
    breaks: [
      aBreak('Bruno Keller', 'coffee', -2),
      aBreak('Maximiliana Featherstonehaugh-Cholmondeley', 'lunch', -17),
      aBreak('Chiara Conti', 'lunch', -75),
      aBreak('Still On Time', 'coffee', 5),
    ],
  }),
  'queues-none': scene({ queues: [] }),
  'figures-failed': scene({ figures: { figures: busyDay, failure: 'server/failed' } }),
  'figures-missing': scene({ figures: { figures: null, failure: 'server/failed' } }),
  'first-use': scene({
    recent: [],
    figures: { figures: someFigures({}), failure: null },
    status: { ...signedOutStatus(now - 21_000), state: 'on-break', reason: 'sign-in' },
  }),
  loading: scene({
    recent: null,
    queues: null,
    figures: { figures: null, failure: null },
    line: { state: 'registering' },
  }),
  'telephony-gone': scene({ isTelephonyGone: true }),
  'telephony-gone-in-call': scene({ isTelephonyGone: true, calls: [talking], status: onCall }),
  'compact-telephony-gone': scene({ isTelephonyGone: true, window: compact }),
  'line-lost': scene({
    line: { state: 'reconnecting', attempt: 3, retryAt: now + 60_000 },
    session: { ...signedIn, server: 'offline' },
  }),
  'line-refused': scene({ line: { state: 'refused', sipCode: 403 } }),
  ringing: scene({
    calls: [aRingingCall({})],
    status: { ...signedOutStatus(now - 4000), state: 'reserved' },
  }),
  talking: scene({ calls: [talking], status: onCall }),
  muted: scene({
    calls: [{ ...talking, isMuted: true, quality: { ...quality, mos: 2.9, lossPercent: 8.2 } }],
    status: { ...onCall, nextBreak: 'lunch' },
  }),
  held: scene({ calls: [{ ...talking, state: 'held', heldBy: ['agent'], pendingAction: 'resume' }], status: onCall }),
  dialing: scene({
    calls: [
      aRingingCall({
        direction: 'outbound',
        state: 'early-media',
        remote: { number: '+33142685300', name: null },
        queueName: null,
      }),
    ],
    status: onCall,
  }),
  'second-call': scene({
    calls: [
      talking,
      aRingingCall({ id: 'c2', remote: { number: '+14165550177', name: 'Priya Raman' }, queueName: 'Support' }),
    ],
    status: onCall,
  }),
  ...recordScenes({ scene, signedIn }),
  ...twoLineScenes({ scene, talking, aRingingCall, onCall, compact }),
  'line-lost-in-call': scene({
    calls: [{ ...talking, isMediaInterrupted: true }],
    status: onCall,
    line: { state: 'reconnecting', attempt: 1, retryAt: now + 500 },
  }),
  ended: scene({
    calls: [aRingingCall({ direction: 'outbound', state: 'ended', endedAt: now, endCause: 'busy', sipCode: 486 })],
    toast: { id: 't1', kind: 'error', text: { error: 'line/not-ready' }, params: {} },
  }),
  missed: scene({
    calls: [aRingingCall({ state: 'ended', endedAt: now, endCause: 'caller-cancelled' })],
    toast: { id: 't1', kind: 'info', text: { toast: 'missed-call' }, params: { name: 'Étienne Beaulieu' } },
  }),
  link: scene({ link }),
  'link-in-call': scene({ link: { ...link, name: null }, calls: [talking], status: onCall }),
  'link-signed-out': scene({ link, session: signedOut }),
  'shortcut-taken': scene({
    settings: { globalShortcuts: suggestedGlobalShortcuts, shortcuts: { pause: null } },
    taken: ['mute'],
  }),
  'compact-idle': scene({ window: compact }),
  'compact-ringing': scene({
    window: compact,
    calls: [aRingingCall({})],
    status: { ...signedOutStatus(now - 4000), state: 'reserved' },
  }),
  'compact-talking': scene({ window: { ...compact, isOnTop: true }, calls: [talking], status: onCall }),
  'compact-two-calls': scene({
    window: compact,
    calls: [
      talking,
      aRingingCall({ id: 'c2', remote: { number: '+14165550177', name: 'Priya Raman' }, queueName: 'Support' }),
    ],
    status: { ...onCall, nextBreak: 'training' },
    line: { state: 'reconnecting', attempt: 1, retryAt: now + 500 },
  }),
  'compact-link': scene({ window: compact, link }),
  'compact-sign-in': scene({ window: compact, session: { ...signedOut, endedBecause: 'signed-in-elsewhere' } }),
  'compact-toast': scene({
    window: compact,
    calls: [talking],
    status: onCall,
    toast: { id: 't1', kind: 'error', text: { error: 'line/not-ready' }, params: {} },
  }),
  'desk-phone': scene({
    session: onDesk,
    status: { ...signedOutStatus(now - 21_000), state: 'on-break', reason: 'sign-in' },
  }),
  'desk-phone-missing': scene({
    session: onDesk,
    line: { state: 'offline' },
    status: { ...signedOutStatus(now - 21_000), state: 'on-break', reason: 'sign-in' },
    toast: { id: 't1', kind: 'error', text: { error: 'line/phone-not-registered' }, params: {} },
  }),
  'desk-phone-ringing': scene({
    session: onDesk,
    calls: [aRingingCall({ device: 'desk-phone' })],
    status: { ...signedOutStatus(now - 4000), state: 'reserved' },
  }),
  'desk-phone-dialing': scene({
    session: onDesk,
    calls: [
      aRingingCall({
        device: 'desk-phone',
        direction: 'outbound',
        state: 'dialing',
        remote: { number: '+33142685300', name: null },
        queueName: null,
      }),
    ],
    status: onCall,
  }),
  'desk-phone-talking': scene({
    session: onDesk,
    calls: [
      { ...talking, device: 'desk-phone', quality: null },
      aRingingCall({
        id: 'c2',
        device: 'desk-phone',
        queueName: null,
        transferredBy: '2001',
        remote: { number: '+14165550177', name: 'Priya Raman' },
      }),
    ],
    status: onCall,
  }),
  'desk-phone-held': scene({
    session: onDesk,
    calls: [{ ...talking, device: 'desk-phone', quality: null, state: 'held', heldBy: ['agent'] }],
    status: onCall,
  }),
  'desk-phone-held-there': scene({
    session: onDesk,
    calls: [{ ...talking, device: 'desk-phone', quality: null, state: 'held', heldBy: ['agent', 'phone'] }],
    status: onCall,
  }),
  'desk-phone-asking': scene({
    session: onDesk,
    calls: [
      { ...talking, device: 'desk-phone', quality: null, state: 'held', heldBy: ['agent'] },
      {
        ...talking,
        id: 'c2',
        device: 'desk-phone',
        quality: null,
        direction: 'outbound',
        remote: { number: '2001', name: 'Nora Winter' },
        queueName: null,
        startedAt: now - 9000,
        answeredAt: now - 4000,
      },
    ],
    interactions: [
      {
        id: 'i1',
        state: 'consulting',
        customerCallId: talking.id,
        consult: { callId: 'c2', number: '2001', reason: '', completesWhenAnswered: false },
        beforeTransfer: null,
      },
    ],
    status: onCall,
  }),
  'state-timed-break': scene({ status: coffeeBreak(4) }),
  'state-overrun': scene({ status: coffeeBreak(12) }),
  'state-clock-wrong': scene({
    status: { ...coffeeBreak(4), since: coffeeBreak(4).since + 60 * minute, breakUntil: now + 66 * minute },
    aheadMs: 60 * minute,
  }),
  'state-device': scene({
    status: { ...coffeeBreak(1), reason: 'device', breakUntil: null },
    problems: ['microphone-gone', 'speaker-gone'],
  }),
  'state-device-back': scene({ status: { ...coffeeBreak(1), reason: 'device', breakUntil: null } }),
  'session-idle': scene({ idleEndsAt: now + 47_000 }),
  'state-forced': scene({
    status: { ...coffeeBreak(4), reason: 'inventory', breakUntil: null, changedBy: { displayName: 'Anna Kowalska' } },
    toast: {
      id: 't',
      kind: 'warning',
      text: { toast: 'paused-by' },
      params: { name: 'Anna Kowalska', reason: 'Inventory' },
    },
  }),
  'state-queue-pause': scene({ status: { ...available, queuePauses: [{ queueId: 'q2', reason: 'lunch' }] } }),
  'state-offline': scene({ session: { ...signedIn, server: 'offline' } }),
  'state-next-break': scene({
    calls: [talking],
    status: { ...onCall, nextBreak: 'lunch', changedBy: { displayName: 'Anna Kowalska' } },
  }),
  'compact-state-overrun': scene({ status: coffeeBreak(12), window: { isCompact: true, isOnTop: false } }),
  'microphone-denied': scene({ audio: { ...audio, devices: [], microphone: 'denied', speaker: 'missing' } }),
};
