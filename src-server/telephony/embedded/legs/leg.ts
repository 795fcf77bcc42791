import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { AudioPort, AudioSource } from '../media/audio-frame';
import type { AudioTap, BridgeParty } from '../media/bridge';

export interface Dtmf {
  readonly digit: string;
  readonly durationMs: number;
  readonly via: 'rfc4733' | 'info';
}

interface LegEvents {
  ringing: [];
  answered: [];
  held: [];
  resumed: [];
  dtmf: [Dtmf];
  /** Exactly once. `sipStatus` when a final SIP response ended it. */
  ended: [cause: EndCause, sipStatus: number | null];
}

/** One party of a call: a phone behind SIP or a simulated person. */
export abstract class Leg extends EventEmitter<LegEvents> implements BridgeParty {
  abstract readonly port: AudioPort;
  treatment: AudioSource | null = null;
  tap: AudioTap | null = null;
  isMuted = false;
  /** The centre holds for it: whoever is alone with it hears music, and it hears nothing. */
  isHeldByOrder = false;
  private currentId: string = randomUUID();
  private phase: 'early' | 'confirmed' | 'ended' = 'early';

  constructor() {
    super();
    this.setMaxListeners(0); // every call it was in listens
  }

  /** Names this leg in the facts of the call in which it is now. */
  get id(): string {
    return this.currentId;
  }

  get state(): 'early' | 'confirmed' | 'ended' {
    return this.phase;
  }

  get isHolding(): boolean {
    return this.isHeldByOrder || this.isHeldAtPhone;
  }

  /** Its own phone holds. */
  get isHeldAtPhone(): boolean {
    return false;
  }

  /** Nothing comes from it, and it did not say that it would be silent. */
  get isAway(): boolean {
    return false;
  }

  /** Ends the leg from our side in the way its state demands: refuse, CANCEL or BYE. */
  abstract hangUp(cause: EndCause, sipStatus?: number): void;

  /** The party at the other end put this one on hold, or took it off. */
  onPeerHold(_isHeld: boolean): void {
    // Phones hear the music; only simulated people react.
  }

  /** A leg that goes to another call is a new one in its facts. */
  takeNewId(): void {
    this.currentId = randomUUID();
  }

  /** It takes the place of another leg of its phone, under that one's name. */
  takeIdOf(legId: string): void {
    this.currentId = legId;
  }

  protected confirm(): void {
    if (this.phase !== 'early') return;
    this.phase = 'confirmed';
    this.emit('answered');
  }

  protected finish(cause: EndCause, sipStatus: number | null = null): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    this.emit('ended', cause, sipStatus);
  }
}
