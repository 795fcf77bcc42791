import type { Call } from '../../src-shared/call/call';
import type { AudioDevices } from '../../src-shared/audio/audio-device';
import type { RecentCall, AgentProfile } from '../../src-shared/server-api/rest-routes';
import type { Settings } from '../../src-shared/settings/settings';
import { redactLog, type KnownSecrets } from './redact';

export interface ReportFacts {
  readonly at: Date;
  /** Program, runtime, system: one line each. */
  readonly versions: Readonly<Record<string, string>>;
  readonly agent: AgentProfile | null;
  readonly settings: Settings;
  readonly lineState: string;
  readonly server: string;
  readonly audio: AudioDevices;
  readonly calls: readonly Call[];
  readonly recent: readonly RecentCall[];
  /** Of this computer: its name, the account's name. */
  readonly computer: { readonly host: string; readonly account: string };
  readonly log: string;
}

/** The text of "report a problem": what support needs to see what happened, and nothing that says to whom. */
export function problemReport(facts: ReportFacts): string {
  const { at, versions, settings, audio, calls } = facts;
  const sections: [string, readonly string[]][] = [
    ['Program', Object.entries(versions).map(([name, value]) => `${name}: ${value}`)],
    [
      'State',
      [`line: ${facts.lineState}`, `server: ${facts.server}`, `role: ${facts.agent?.role ?? 'nobody signed in'}`],
    ],
    ['Sound', soundOf(audio)],
    ['Settings', settingsOf(settings)],
    ['Calls on screen', calls.map(callLine)],
    ['Log', [redactLog(facts.log, knownSecrets(facts))]],
  ];
  const head = `Agent Softphone: problem report of ${at.toISOString()}\nNames, numbers, identifiers, addresses and secrets were taken out.`;
  return `${[head, ...sections.map(([title, lines]) => `== ${title}\n${lines.length === 0 ? 'none' : lines.join('\n')}`)].join('\n\n')}\n`;
}

/** Devices by kind and state only: their names carry the names of people ("Maya's AirPods"). */
const soundOf = ({ devices, microphone, speaker }: AudioDevices): readonly string[] => [
  `microphones: ${devices.filter(({ kind }) => kind === 'microphone').length}, ${microphone}`,
  `speakers: ${devices.filter(({ kind }) => kind === 'speaker').length}, ${speaker}`,
];

/** A list of what may be told, not of what may not: a setting that comes later stays out until somebody has thought about it. */
function settingsOf(settings: Settings): readonly string[] {
  const told = [
    'language',
    'theme',
    'ringVolume',
    'ringTone',
    'autoGainControl',
    'noiseSuppression',
    'echoCancellation',
    'shortcuts',
    'globalShortcuts',
  ] as const;
  const chosen = (['microphoneId', 'speakerId', 'ringerId'] as const).map(
    name => `${name}: ${settings[name] === null ? 'system default' : 'chosen'}`,
  );
  return [
    ...told.map(name => `${name}: ${JSON.stringify(settings[name])}`),
    ...chosen,
    `trusted certificates: ${Object.keys(settings.trustedCertificates).length}`,
  ];
}

const callLine = (call: Call): string =>
  `${call.id}: ${call.direction} ${call.state}, muted ${call.isMuted}, held by ${call.heldBy.join('+') || 'nobody'}, ` +
  `cause ${call.endCause ?? 'none'}, SIP ${call.sipCode ?? 'none'}, quality ${call.quality?.mos ?? 'unknown'}`;

function knownSecrets({ agent, settings, calls, recent, computer }: ReportFacts): KnownSecrets {
  const words = (name: string | null | undefined): readonly string[] =>
    // Each word of a name too: a log line may have the family name alone. Two letters ("de") would mask half of the text.
    name == null ? [] : [name, ...name.split(/[\s,-]+/u).filter(word => word.length > 2)];
  const host = URL.canParse(settings.serverUrl) ? new URL(settings.serverUrl).host : '';
  return {
    names: [
      ...words(agent?.displayName),
      ...words(agent?.account.company),
      ...calls.flatMap(({ remote }) => words(remote.name)),
      ...recent.flatMap(({ remoteName }) => words(remoteName)),
    ],
    numbers: [
      agent?.extension,
      agent?.account.accountNumber,
      agent?.account.billingNumber,
      ...calls.map(({ remote }) => remote.number),
      ...recent.map(({ remoteNumber }) => remoteNumber),
    ].filter(number => number !== undefined),
    identifiers: [agent?.id, agent?.identifier, settings.rememberedIdentifier, computer.account].filter(
      each => each !== undefined,
    ),
    hosts: [host, host.replace(/:\d+$/, ''), computer.host, ...Object.keys(settings.trustedCertificates)],
  };
}
