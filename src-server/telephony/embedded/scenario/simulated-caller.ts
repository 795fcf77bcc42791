import type { Clock } from '../../../../src-shared/base/clock';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import { VirtualLeg, type VirtualParty } from '../legs/virtual-leg';
import { ToneMeter } from '../media/tone-meter';
import type { CustomerVoice, VoiceChoice } from './customer-voice';

export interface SimulatedCallerOptions {
  readonly queueId: string;
  readonly number: string;
  readonly name: string | null;
  readonly voice: VoiceChoice;
  /** Patience while waiting; null for ever. */
  readonly givesUpAfterMs: number | null;
  /** Hangs up this long after the answer; null never. */
  readonly hangsUpAfterMs: number | null;
  readonly whenHeld: 'waits' | { readonly hangsUpAfterMs: number };
}

export type SimulatedCallerState = 'waiting' | 'talking' | 'on-hold' | 'ended';

/** A customer who is not a person: what a test or a demonstration sees of it. */
export interface SimulatedCaller {
  readonly callId: string;
  readonly state: SimulatedCallerState;
  /** Why the call ended; null before. */
  readonly endCause: EndCause | null;
  /** What the customer heard in the last second. */
  readonly heard: Pick<ToneMeter, 'rms' | 'level' | 'samples'>;
  /** Hangs up. Does nothing after the end. */
  hangUp(): void;
}

/** Speaks, waits, loses patience, hangs up. */
export class CustomerOnThePhone implements VirtualParty, SimulatedCaller {
  readonly heard = new ToneMeter();
  readonly leg: VirtualLeg;
  callId = '';
  private phase: SimulatedCallerState = 'waiting';
  private cause: EndCause | null = null;
  private cancelPatience: (() => void) | null = null;
  private cancelTalk: (() => void) | null = null;

  constructor(
    private readonly options: SimulatedCallerOptions,
    private readonly voice: CustomerVoice,
    private readonly clock: Clock,
  ) {
    this.leg = new VirtualLeg(this);
    this.leg.once('answered', () => this.talk());
    if (options.givesUpAfterMs !== null) this.losePatienceAfter(options.givesUpAfterMs);
  }

  get state(): SimulatedCallerState {
    return this.phase;
  }

  get endCause(): EndCause | null {
    return this.cause;
  }

  pull(): Int16Array {
    return this.voice.pull();
  }

  push(frame: Int16Array): void {
    this.heard.write(frame);
  }

  hangUp(): void {
    this.leg.leave(this.phase === 'waiting' ? 'caller-cancelled' : 'completed');
  }

  onPeerHold(isHeld: boolean): void {
    if (this.phase === 'ended') return;
    this.phase = isHeld ? 'on-hold' : 'talking';
    this.cancelPatience?.();
    if (!isHeld) this.voice.comeBack();
    else {
      this.voice.fallSilent();
      if (this.options.whenHeld !== 'waits') this.losePatienceAfter(this.options.whenHeld.hangsUpAfterMs);
    }
  }

  onEnded(cause: EndCause): void {
    this.phase = 'ended';
    this.cause = cause;
    this.cancelPatience?.();
    this.cancelTalk?.();
  }

  private talk(): void {
    this.phase = 'talking';
    this.cancelPatience?.();
    this.voice.begin();
    if (this.options.hangsUpAfterMs !== null)
      this.cancelTalk = this.clock.after(this.options.hangsUpAfterMs, () => this.hangUp());
  }

  private losePatienceAfter(ms: number): void {
    this.cancelPatience = this.clock.after(ms, () => this.hangUp());
  }
}
