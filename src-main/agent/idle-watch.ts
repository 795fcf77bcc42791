import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { Clock } from '../../src-shared/base/clock';
import { Announcer } from '../base/announcer';

/** How often it is looked at: the countdown on screen counts by itself. */
const lookEveryMs = 1_000;

export interface IdleWatchNeeds {
  readonly clock: Clock;
  /** null: nobody is signed in, or nothing is known; nobody is signed out then. */
  readonly policy: () => AgentPolicy['session'] | null;
  /** Talking, ringing, work after a call, or waiting for calls: that is work, whatever the hands do. */
  readonly isWorking: () => boolean;
  /** Since the last key or movement in any program. */
  readonly systemIdleMs: () => number;
  readonly signOut: () => Promise<void>;
}

/**
 * Signs out who has left (S303), and warns before. Counts time that passes, not the clock of the wall, which may be set: sleep is told
 * by `slept`.
 */
export class IdleWatch {
  /** When the session will end, by this computer's clock; null when nobody needs to be warned. */
  readonly warnings = new Announcer<number | null>();
  #idleMs = 0;
  #lookedAt: number;
  #endsAt: number | null = null;
  #isEnding = false;
  #cancel = (): void => undefined;

  constructor(private readonly needs: IdleWatchNeeds) {
    this.#lookedAt = needs.clock.monotonic();
    this.#plan();
  }

  get endsAt(): number | null {
    return this.#endsAt;
  }

  /** The person did something in our window. Once warned, they must say that they stay. */
  active(): void {
    if (this.#endsAt === null) this.#idleMs = 0;
  }

  /** The person said that they stay. */
  stay(): void {
    this.#idleMs = 0;
    this.#warn(null);
  }

  /** The machine slept so long: nobody was there, and no time may have passed for us. Who comes back too late finds the session ended. */
  slept(ms: number): void {
    const limitMs = this.needs.policy()?.idleSignOutMs ?? null;
    if (limitMs !== null && !this.needs.isWorking() && this.#idleMs + ms >= limitMs) this.#end();
    else this.#look();
  }

  stop(): void {
    this.#cancel();
  }

  #plan(): void {
    this.#cancel = this.needs.clock.after(lookEveryMs, () => {
      this.#look();
      this.#plan();
    });
  }

  #look(): void {
    const { clock, policy, isWorking, systemIdleMs } = this.needs;
    const now = clock.monotonic();
    this.#idleMs += now - this.#lookedAt;
    this.#lookedAt = now;
    const session = policy();
    if (session === null || session.idleSignOutMs === null || isWorking()) return this.stay();
    // Before the warning every movement counts; after it only an answer, or the dialog would vanish under the hand.
    if (this.#endsAt === null) this.#idleMs = Math.min(this.#idleMs, systemIdleMs());
    const leftMs = session.idleSignOutMs - this.#idleMs;
    if (leftMs > session.warnBeforeMs) return this.#warn(null);
    if (leftMs > 0) return this.#warn(clock.now() + leftMs);
    this.#end();
  }

  #end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#warn(null);
    void this.needs.signOut().finally(() => {
      this.#isEnding = false;
      this.#idleMs = 0;
    });
  }

  /** A second more or less is no news. */
  #warn(endsAt: number | null): void {
    const isSame = endsAt !== null && this.#endsAt !== null && Math.abs(endsAt - this.#endsAt) < 1_500;
    if (isSame || endsAt === this.#endsAt) return;
    this.#endsAt = endsAt;
    this.warnings.announce(endsAt);
  }
}
