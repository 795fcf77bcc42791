import { connect } from 'node:net';
import type { AsteriskAccess } from '../../src-server/telephony/asterisk/config/config-options';
import { AsteriskTelephony } from '../../src-server/telephony/asterisk/asterisk-telephony';
import type { TelephonyEvent } from '../../src-server/telephony/telephony';
import { systemClock } from '../../src-server/system-clock';
import { extensionNumbers, extensions, queues } from './crowded-centre';

/** A moment of a call, as one of the two has it. */
export interface Sighting {
  readonly callId: string;
  readonly what: 'started' | 'joined' | 'connected' | 'ended';
  /** When this process knew it; ms since the epoch with fractions. */
  readonly knownAt: number;
  /** When Asterisk made the event; only who reads the bare events knows. */
  readonly madeAt: number | null;
}

/** What one of the two has seen since it was last asked. */
export interface Seen {
  readonly sightings: readonly Sighting[];
  readonly events: number;
  readonly queueEvents: number;
  readonly cpuMs: number;
}

export interface FollowerOptions {
  readonly who: 'ours' | 'bare';
  readonly access: AsteriskAccess;
  readonly recordingsFolder: string;
}

const now = (): number => performance.timeOrigin + performance.now();

class Notes {
  private sightings: Sighting[] = [];
  private cpu = process.cpuUsage();
  events = 0;
  queueEvents = 0;

  saw(what: Sighting['what'], callId: string, madeAt: number | null = null): void {
    this.sightings.push({ callId, what, knownAt: now(), madeAt });
  }

  take(): Seen {
    const { user, system } = process.cpuUsage(this.cpu);
    const seen = {
      sightings: this.sightings,
      events: this.events,
      queueEvents: this.queueEvents,
      cpuMs: (user + system) / 1000,
    };
    [this.sightings, this.events, this.queueEvents, this.cpu] = [[], 0, 0, process.cpuUsage()];
    return seen;
  }
}

/** A process that follows the calls of one Asterisk: the adapter, or a bare reader that only takes lines apart. */
export async function run({ who, access, recordingsFolder }: FollowerOptions): Promise<void> {
  const notes = new Notes();
  await (who === 'ours' ? adapter(access, recordingsFolder, notes) : bareReader(access, notes));
  process.on('message', () => process.send?.(notes.take()));
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}

async function adapter(access: AsteriskAccess, recordingsFolder: string, notes: Notes): Promise<void> {
  const log = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const directory = { extensions: () => extensions, queues: () => queues };
  const telephony = new AsteriskTelephony({ access, directory, recordingsFolder, clock: systemClock, log });
  telephony.onEvent((event: TelephonyEvent) => {
    if (event.type === 'call-started') notes.saw('started', event.callId);
    if (event.type === 'queue-joined') notes.saw('joined', event.callId);
    if (event.type === 'queue-left' && event.cause === 'connected') notes.saw('connected', event.callId);
    if (event.type === 'call-ended') notes.saw('ended', event.callId);
  });
  await telephony.start();
  for (const extension of extensionNumbers) await telephony.setMemberPaused(extension, false, null);
}

/** No product code: cut at the empty line, cut each line at its colon, look at five of the fields. */
function bareReader({ ami }: AsteriskAccess, notes: Notes): Promise<void> {
  return new Promise(resolve => {
    let pending = '';
    const socket = connect({ host: ami.host, port: ami.port, noDelay: true });
    socket.setEncoding('utf8');
    socket.write(`Action: Login\r\nUsername: ${ami.user}\r\nSecret: ${ami.secret}\r\n\r\n`);
    socket.on('data', (text: string) => {
      const blocks = (pending + text).split('\r\n\r\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const lines = block.split('\r\n').map(line => line.split(/: ?(.*)/s) as [string, string?]);
        readBare(notes, lines);
        if (lines.some(([name, value]) => name === 'Message' && value === 'Authentication accepted')) resolve();
      }
    });
  });
}

function readBare(notes: Notes, lines: readonly (readonly [string, string?])[]): void {
  const field = (name: string): string => lines.find(([each]) => each === name)?.[1] ?? '';
  const event = field('Event');
  if (event === '') return;
  notes.events++;
  if (/^(Queue|Agent)/.test(event)) notes.queueEvents++;
  const madeAt = Number(field('Timestamp')) * 1000;
  const variable = lines.find(([name, value]) => name === 'ChanVariable' && value?.startsWith('CENTRE_CALL='))?.[1];
  const callId = variable?.slice('CENTRE_CALL='.length) ?? '';
  if (event === 'UserEvent' && field('UserEvent') === 'CentreCall') notes.saw('started', callId, madeAt);
  if (event === 'QueueCallerJoin') notes.saw('joined', callId, madeAt);
  if (event === 'AgentConnect') notes.saw('connected', callId, madeAt);
  if (event === 'Hangup' && field('Uniqueid') === field('Linkedid')) notes.saw('ended', callId, madeAt);
}
