import type { Clock } from '../../src-shared/base/clock';
import type { ServerLog } from '../server-log';
import type { Speaking, TelephonyEvent } from './telephony';

type WithoutAt<E> = E extends unknown ? Omit<E, 'at'> : never;
/** A fact before it is stamped. */
export type Fact = WithoutAt<TelephonyEvent>;

/** Stamps facts and hands them out in order. A listener that throws hurts neither the engine nor the others. */
export class EventStream {
  private readonly listeners = new Set<(event: TelephonyEvent) => void>();
  private readonly speakingListeners = new Set<(speaking: Speaking) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Pick<ServerLog, 'error'>,
  ) {}

  tell(fact: Fact): void {
    const event: TelephonyEvent = { at: this.clock.now(), ...fact };
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.log.error(`listener failed on ${event.type}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  tellSpeaking(speaking: Speaking): void {
    for (const listener of this.speakingListeners) {
      try {
        listener(speaking);
      } catch (error) {
        this.log.error(`listener failed on who speaks: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  subscribeSpeaking(listener: (speaking: Speaking) => void): () => void {
    this.speakingListeners.add(listener);
    return () => void this.speakingListeners.delete(listener);
  }

  subscribe(listener: (event: TelephonyEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
