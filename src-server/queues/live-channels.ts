import type { Clock } from '../../src-shared/base/clock';
import type { Channels } from '../../src-shared/queues/channels';
import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { RunningCalls } from '../calls/running-calls';
import type { TelephonyEvent } from '../telephony/telephony';

/** A number that is looked at now and then: twice a second is live enough. */
const tellEveryMs = 500;

export interface LiveChannelsParts {
  readonly directory: AgentDirectory;
  readonly runningCalls: Pick<RunningCalls, 'outsideLegs'>;
  /** How many lines the centre has outside; null: not known. */
  readonly configuredChannels: number | null;
  readonly clock: Clock;
  readonly isSignedIn: (personId: string) => boolean;
  /** Tells a person; of several the newest is enough. */
  readonly publish: (personId: string, event: LiveEvent) => void;
}

/** How many lines to the outside are in use, for who leads. */
export class LiveChannels {
  private cancel: (() => void) | null = null;
  private told = 0;
  constructor(private readonly parts: LiveChannelsParts) {}

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  /** To be called after `runningCalls` has heard the same. */
  hear(event: TelephonyEvent): void {
    if (event.type !== 'leg-started' && event.type !== 'leg-ended' && event.type !== 'call-ended') return;
    this.cancel ??= this.parts.clock.after(tellEveryMs, () => this.tell());
  }

  /** What somebody who starts from nothing must be told. */
  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    return person === undefined || person.role === 'agent' ? [] : [{ type: 'channels', channels: this.now() }];
  }

  private tell(): void {
    this.cancel = null;
    const { directory, isSignedIn, publish } = this.parts;
    const channels = this.now();
    if (channels.inUse === this.told) return;
    this.told = channels.inUse;
    for (const { id, role } of directory.everybody())
      if (role !== 'agent' && isSignedIn(id)) publish(id, { type: 'channels', channels });
  }

  private now(): Channels {
    return { inUse: this.parts.runningCalls.outsideLegs(), configured: this.parts.configuredChannels };
  }
}
