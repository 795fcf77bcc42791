import { mkdirSync } from 'node:fs';
import { AppError } from '../../../src-shared/errors/app-error';
import type { LineCredential } from '../../../src-shared/line/line-state';
import type { Speaking, Telephony, TelephonyEvent, WaitingCaller } from '../telephony';
import { orUnreachable } from './ami/or-unreachable';
import { AsteriskParts } from './asterisk-parts';
import { completeTransfer } from './calls/complete-transfer';
import { hangUpFor } from './calls/hang-up-for';
import { orderTransfer } from './calls/order-transfer';
import { withdrawOffers } from './calls/withdraw-offers';
import type { AsteriskTelephonyOptions } from './engine-options';
import { Reachability } from './reachability';

/** The directory has no bell: how often a change of people or queues is looked for. */
const directoryLookMs = 2000;
/** A server whose Asterisk is down starts all the same, after this time. */
const startPatienceMs = 5000;

/**
 * Asterisk 22 as the telephony engine: told what to do over AMI and ARI, heard over AMI. Calls live in Asterisk and outlive
 * this process; what happens while there is no connection is read back and told afterwards.
 */
export class AsteriskTelephony implements Telephony {
  readonly name = 'asterisk';
  private readonly parts: AsteriskParts;
  private readonly reachability: Reachability;
  private cancelLook: () => void = () => undefined;
  private onFirstUp: () => void = () => undefined;

  constructor(private readonly options: AsteriskTelephonyOptions) {
    this.parts = new AsteriskParts(options, { onUp: () => this.cameUp(), onDown: () => this.wentDown() });
    this.reachability = new Reachability({
      clock: options.clock,
      tell: isThere => this.parts.tell({ type: isThere ? 'engine-back' : 'engine-lost' }),
    });
  }

  async start(): Promise<void> {
    mkdirSync(this.options.recordingsFolder, { recursive: true, mode: 0o700 });
    const isUp = new Promise<void>(resolve => (this.onFirstUp = resolve));
    this.reachability.away();
    this.parts.ami.start();
    let cancel: () => void = () => undefined;
    const patience = new Promise<void>(resolve => {
      cancel = this.options.clock.after(startPatienceMs, () => {
        this.options.log.warn('asterisk: not reached yet; nobody can call until it is');
        resolve();
      });
    });
    await Promise.race([isUp, patience]);
    cancel();
    this.parts.silent.start();
    this.look();
  }

  /** Calls go on in Asterisk; for the journal they end here. */
  async stop(): Promise<void> {
    this.cancelLook();
    this.reachability.stop();
    this.parts.silent.stop();
    this.parts.queues.stop();
    this.parts.clicks.stop();
    const running = this.parts.calls.running;
    await Promise.all(running.map(call => this.parts.recordings.finish(call, true)));
    await Promise.all(running.map(call => this.parts.calls.end(call, 'failed')));
    this.parts.ami.stop();
  }

  onEvent(listener: (event: TelephonyEvent) => void): () => void {
    return this.parts.events.subscribe(listener);
  }

  onSpeaking(listener: (speaking: Speaking) => void): () => void {
    return this.parts.events.subscribeSpeaking(listener);
  }

  /** Phones connect to Asterisk itself, or to what leads them there, not to the central server. */
  issueLineCredential(extension: string, webSocketUrl: string): Promise<LineCredential> {
    return this.parts.lines.issue(extension, webSocketUrl);
  }

  revokeLineCredential(extension: string): Promise<void> {
    return this.parts.lines.revoke(extension);
  }

  async setMemberPaused(
    extension: string,
    isPaused: boolean,
    reason: string | null,
    queueId: string | null = null,
  ): Promise<void> {
    await this.parts.queues.setPaused(extension, { isPaused, reason }, queueId);
  }

  async waitingCallers(queueId: string): Promise<readonly WaitingCaller[]> {
    this.demandQueue(queueId);
    return orUnreachable(this.parts.order.waiting(queueId), this.parts.ami);
  }

  async moveWaitingCaller(queueId: string, callId: string, position: number): Promise<readonly WaitingCaller[]> {
    this.demandQueue(queueId);
    return orUnreachable(this.parts.order.move(queueId, callId, position), this.parts.ami);
  }

  dial(extension: string, number: string): Promise<string> {
    return orUnreachable(this.parts.clicks.dial(extension, number), this.parts.ami);
  }

  async mergeCalls(callId: string, consultCallId: string): Promise<void> {
    await this.parts.conferences.merge(callId, consultCallId);
  }

  transferCall(callId: string, extension: string, number: string): Promise<void> {
    return orderTransfer(this.parts.calls, this.parts.ami, { callId, extension, number });
  }

  completeTransfer(callId: string, consultCallId: string, extension: string): Promise<void> {
    const { calls, ami } = this.parts;
    return completeTransfer({ calls, ami, log: this.options.log }, { callId, consultCallId, extension });
  }

  sendOn(callId: string, extension: string, number: string): Promise<void> {
    return orUnreachable(this.parts.sendings.sendOn({ callId, extension, number }), this.parts.ami);
  }

  hangUpFor(callId: string, extension: string): Promise<void> {
    return hangUpFor(this.parts.calls, this.parts.ami, { callId, extension });
  }

  setHeld(callId: string, extension: string, isHeld: boolean): Promise<void> {
    return orUnreachable(this.parts.holds.setHeld(callId, extension, isHeld), this.parts.ami);
  }

  async setPartyMuted(callId: string, legId: string, isMuted: boolean): Promise<void> {
    await orUnreachable(this.parts.conferences.setMuted(callId, legId, isMuted), this.parts.ami);
  }

  async dropParty(callId: string, legId: string): Promise<void> {
    await orUnreachable(this.parts.conferences.drop(callId, legId), this.parts.ami);
  }

  withdrawOffers(extension: string): Promise<void> {
    return withdrawOffers(this.parts.calls, this.parts.ami, extension);
  }

  async setRecordingPaused(callId: string, isPaused: boolean): Promise<void> {
    await orUnreachable(this.parts.recordings.setPaused(callId, isPaused), this.parts.ami);
  }

  isRegistered(extension: string): boolean {
    return this.parts.lines.isRegistered(extension);
  }

  private async cameUp(): Promise<void> {
    await this.parts.readBack.read();
    this.reachability.there();
    this.onFirstUp();
  }

  private wentDown(): void {
    this.parts.readBack.away();
    this.reachability.away();
  }

  private look(): void {
    this.cancelLook = this.options.clock.after(directoryLookMs, () => {
      this.look();
      if (!this.parts.ami.isConnected || !this.parts.readBack.isListening) return;
      Promise.all([this.parts.queues.syncIfChanged(), this.parts.lines.keepUp()]).catch((error: unknown) =>
        this.options.log.warn(`asterisk: not as the directory has it: ${String(error)}`),
      );
    });
  }

  private demandQueue(queueId: string): void {
    if (!this.options.directory.queues().some(({ id }) => id === queueId))
      throw new AppError('not-found', `no queue ${queueId}`);
  }
}
