import type { LineCredential } from '../../src-shared/line/line-state';
import type {
  SimulatedCaller,
  SimulatedCallerOptions,
} from '../../src-server/telephony/embedded/scenario/simulated-caller';
import type { Telephony, TelephonyEvent } from '../../src-server/telephony/telephony';

/** A telephony engine without telephones: the test says what happens. */
export class FakeTelephony implements Telephony {
  readonly name = 'embedded';
  readonly registered = new Set<string>();
  readonly credentials = new Map<string, LineCredential>();
  /** Everything the centre asked for, in order. */
  readonly asked: string[] = [];
  readonly statistics = new Map<string, { packetsBeforeAnswer: number; firstPacketAfterAnswerAt: number }>();
  readonly callers: (SimulatedCallerOptions & SimulatedCaller & { state: SimulatedCaller['state'] })[] = [];
  private readonly listeners = new Set<(event: TelephonyEvent) => void>();
  private serial = 0;

  async start(): Promise<void> {
    this.asked.push('start');
  }

  async stop(): Promise<void> {
    this.asked.push('stop');
  }

  onEvent(listener: (event: TelephonyEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(...events: readonly TelephonyEvent[]): void {
    for (const event of events) for (const listener of this.listeners) listener(event);
  }

  async issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential> {
    this.serial += 1;
    const credential: LineCredential = {
      webSocketUrl,
      sipUri: `sip:${extension}@centre.local`,
      authorizationUser: extension,
      secret: `fake-secret-number-${this.serial}`,
      displayName: extension,
      expiresAt: 0,
      allowMd5: false,
    };
    this.credentials.set(extension, credential);
    this.asked.push(`credential ${extension}`);
    return credential;
  }

  async revokeLineCredential(extension: string): Promise<void> {
    this.credentials.delete(extension);
    this.asked.push(`revoke ${extension}`);
  }

  async setMemberPaused(extension: string, isPaused: boolean, reason: string | null): Promise<void> {
    this.asked.push(`${isPaused ? 'pause' : 'unpause'} ${extension}${reason === null ? '' : ` ${reason}`}`);
  }

  isRegistered(extension: string): boolean {
    return this.registered.has(extension);
  }

  legStatistics(legId: string): { packetsBeforeAnswer: number; firstPacketAfterAnswerAt: number } | null {
    return this.statistics.get(legId) ?? null;
  }

  simulateCaller(options: SimulatedCallerOptions): SimulatedCaller {
    const heard = { rms: () => 1200, level: (hz: number) => hz / 10_000 };
    const caller = {
      ...options,
      callId: `simulated-${this.callers.length + 1}`,
      state: 'waiting' as SimulatedCaller['state'],
      endCause: null,
      heard,
      hangUp: () => {
        caller.state = 'ended';
      },
    };
    this.callers.push(caller);
    return caller;
  }
}
