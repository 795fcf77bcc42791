import type { LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { TelephonyEvent } from './telephony';

/** Whether the telephone system answers this server, told to everybody who is at work: what they see of calls is old while it does not. */
export class TelephonyWatch {
  private isReachable = true;

  constructor(
    private readonly parts: {
      readonly directory: AgentDirectory;
      readonly isSignedIn: (personId: string) => boolean;
      readonly publish: (personId: string, event: LiveEvent) => void;
    },
  ) {}

  hear({ type }: TelephonyEvent): void {
    if (type !== 'engine-lost' && type !== 'engine-back') return;
    this.isReachable = type === 'engine-back';
    const { directory, isSignedIn, publish } = this.parts;
    for (const { id } of directory.everybody()) if (isSignedIn(id)) publish(id, this.state);
  }

  get state(): LiveEvent {
    return { type: 'telephony.changed', isReachable: this.isReachable };
  }
}
