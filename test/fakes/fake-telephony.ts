import { AppError } from '../../src-shared/errors/app-error';
import type { LineCredential } from '../../src-shared/line/line-state';
import type {
  SimulatedCaller,
  SimulatedCallerOptions,
} from '../../src-server/telephony/embedded/scenario/simulated-caller';
import type {
  CallControl,
  Speaking,
  Telephony,
  TelephonyEvent,
  WaitingCaller,
} from '../../src-server/telephony/telephony';

/** A telephony engine without telephones: the test says what happens. */
export class FakeTelephony implements Telephony, CallControl {
  readonly name = 'embedded';
  readonly registered = new Set<string>();
  readonly credentials = new Map<string, LineCredential>();
  /** Everything the centre asked for, in order. */
  readonly asked: string[] = [];
  readonly statistics = new Map<string, { packetsBeforeAnswer: number; firstPacketAfterAnswerAt: number }>();
  readonly callers: (SimulatedCallerOptions & SimulatedCaller & { state: SimulatedCaller['state'] })[] = [];
  private readonly listeners = new Set<(event: TelephonyEvent) => void>();
  private readonly speakingListeners = new Set<(speaking: Speaking) => void>();
  /** Who waits in each queue, first in line first. */
  readonly waiting = new Map<string, { callId: string; number: string }[]>();
  /** What happens before a pause is taken: an engine may refuse, or take its time. */
  whenPausing: (extension: string) => Promise<void> = async () => undefined;
  /** What the centre gave it for asking apps. */
  isThere: (extension: string, withinMs: number) => Promise<boolean | null> = async () => null;
  /** By extension and queue; null stands for all queues that are not named. */
  private readonly pauses = new Map<string, Map<string | null, boolean>>();
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

  onSpeaking(listener: (speaking: Speaking) => void): () => void {
    this.speakingListeners.add(listener);
    return () => this.speakingListeners.delete(listener);
  }

  tellSpeaking(speaking: Speaking): void {
    for (const listener of this.speakingListeners) listener(speaking);
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
    this.registered.delete(extension);
    this.asked.push(`revoke ${extension}`);
  }

  async setMemberPaused(
    extension: string,
    isPaused: boolean,
    reason: string | null,
    queueId: string | null = null,
  ): Promise<void> {
    const where = queueId === null ? '' : ` in ${queueId}`;
    this.asked.push(`${isPaused ? 'pause' : 'unpause'} ${extension}${reason === null ? '' : ` ${reason}`}${where}`);
    await this.whenPausing(extension);
    const pauses = queueId === null ? new Map<string | null, boolean>() : (this.pauses.get(extension) ?? new Map());
    this.pauses.set(extension, pauses.set(queueId, isPaused));
  }

  /** As the queues see it. */
  isPaused(extension: string, queueId: string): boolean {
    const pauses = this.pauses.get(extension);
    return pauses?.get(queueId) ?? pauses?.get(null) ?? true;
  }

  async withdrawOffers(extension: string): Promise<void> {
    this.asked.push(`withdraw ${extension}`);
  }

  isRegistered(extension: string): boolean {
    return this.registered.has(extension);
  }

  async waitingCallers(queueId: string): Promise<readonly WaitingCaller[]> {
    return this.line(queueId).map((caller, index) => ({ ...caller, position: index + 1 }));
  }

  async moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    const line = this.line(queueId);
    const from = line.findIndex(caller => caller.callId === callId);
    const [moved] = from < 0 ? [] : line.splice(from, 1);
    if (moved === undefined) throw new AppError('not-found');
    line.splice(position - 1, 0, moved);
    this.asked.push(`move ${callId} ${position}`);
    return this.waitingCallers(queueId);
  }

  async dial(extension: string, number: string): Promise<string> {
    if (!this.registered.has(extension)) throw new AppError('line/not-ready');
    this.asked.push(`dial ${extension} ${number}`);
    return `dialled-by-${extension}`;
  }

  async mergeCalls(callId: string, consultCallId: string): Promise<void> {
    this.asked.push(`merge ${callId} ${consultCallId}`);
  }

  async completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void> {
    this.asked.push(`complete ${callId} with ${consultCallId} for ${extension}`);
  }

  async hangUpFor(callId: string, extension: string): Promise<void> {
    this.asked.push(`hang up ${callId} for ${extension}`);
  }

  async transferCall(callId: string, extension: string, number: string): Promise<void> {
    this.asked.push(`transfer ${callId} ${extension} ${number}`);
  }

  async sendOn(callId: string, extension: string, number: string): Promise<void> {
    this.asked.push(`send ${callId} on from ${extension} to ${number}`);
  }

  async setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    this.asked.push(`${isHeld ? 'hold' : 'resume'} ${callId} for ${extension}`);
  }

  async setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    this.asked.push(`${isMuted ? 'mute' : 'unmute'} ${callId} ${legId}`);
  }

  async dropParty(callId: string, legId: string): Promise<void> {
    this.asked.push(`drop ${callId} ${legId}`);
  }

  async setRecordingPaused(callId: string, isPaused: boolean): Promise<void> {
    this.asked.push(`${isPaused ? 'pause' : 'resume'} recording ${callId}`);
  }

  private line(queueId: string): { callId: string; number: string }[] {
    const line = this.waiting.get(queueId);
    if (line === undefined) throw new AppError('not-found');
    return line;
  }

  punctuality(): { ticks: number; late: number; skipped: number; byLateMs: number[] } {
    return { ticks: 0, late: 0, skipped: 0, byLateMs: [] };
  }

  legStatistics(legId: string): { packetsBeforeAnswer: number; firstPacketAfterAnswerAt: number } | null {
    return this.statistics.get(legId) ?? null;
  }

  simulateCaller(options: SimulatedCallerOptions): SimulatedCaller {
    const heard = { rms: () => 1200, level: (hz: number) => hz / 10_000, samples: 0 };
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
