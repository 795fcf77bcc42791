import { AppError } from '../../../src-shared/errors/app-error';
import type { ErrorCode } from '../../../src-shared/errors/app-error';
import type { JsSipSession } from '../jssip/jssip-internals';

interface Reoffer {
  readonly isHeld: boolean;
  readonly isIceRestart?: boolean;
}
type ReofferFailure = 'line-lost' | 'timed-out' | 'ended' | 'refused' | 'busy';

/** A re-INVITE that changed nothing; the call goes on as it was. */
class ReofferError extends Error {
  override readonly name = 'ReofferError';
  constructor(
    readonly why: ReofferFailure,
    readonly sipCode: number | null = null,
  ) {
    super(sipCode === null ? why : `${why} ${sipCode}`);
  }
}

const codes: Readonly<Record<ReofferFailure, ErrorCode>> = {
  'line-lost': 'line/down-in-call',
  'timed-out': 'line/timed-out',
  ended: 'call/unknown',
  refused: 'call/failed',
  busy: 'call/failed',
};

/** What a command says when its re-INVITE failed. */
export function commandError(error: unknown): unknown {
  return error instanceof ReofferError ? new AppError(codes[error.why], error.message) : error;
}

const maxAttempts = 5;
const busyForMs = 5_000;
const busyPauseMs = 100;

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/**
 * RFC 3261 section 14.1: after a 491 the owner of the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.
 * @param random a number in [0, 1)
 */
export function glareWaitMs(isCallIdOwner: boolean, random: number): number {
  const span = isCallIdOwner ? 190 : 200;
  return (isCallIdOwner ? 2_100 : 0) + Math.floor(random * (span + 1)) * 10;
}

/**
 * Sends re-INVITEs for one session. Used instead of JsSIP's `hold()`, `unhold()` and `renegotiate()`, which end the call when the other
 * side says no.
 */
export class Reoffering {
  readonly #session: JsSipSession;
  #abandon: ((error: ReofferError) => void) | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(session: JsSipSession) {
    this.#session = session;
    session.on('ended', () => this.lost('ended'));
    session.on('failed', () => this.lost('ended'));
  }

  /** The re-INVITE on its way will get no answer. */
  lost(why: ReofferFailure): void {
    this.#abandon?.(new ReofferError(why));
  }

  /** One after the other, in the order asked. Rejects with {@link ReofferError}. */
  send(reoffer: Reoffer): Promise<void> {
    const result = this.#last.then(() => this.#withRetries(reoffer));
    this.#last = result.catch(() => undefined); // the next one does not depend on this one; the caller gets the error
    return result;
  }

  async #withRetries(reoffer: Reoffer): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.#whenReady();
      try {
        return await this.#once(reoffer);
      } catch (error) {
        const isGlare = error instanceof ReofferError && error.sipCode === 491;
        if (!isGlare || attempt === maxAttempts) throw error;
        await pause(glareWaitMs(this.#session.direction === 'outgoing', Math.random()));
      }
    }
  }

  /** The other side may be in the middle of a re-INVITE of its own. */
  async #whenReady(): Promise<void> {
    const giveUpAt = performance.now() + busyForMs;
    while (!this.#session.isReadyToReOffer()) {
      if (this.#session.isEnded()) throw new ReofferError('ended');
      if (performance.now() > giveUpAt) throw new ReofferError('busy');
      await pause(busyPauseMs);
    }
  }

  async #once({ isHeld, isIceRestart = false }: Reoffer): Promise<void> {
    const session = this.#session;
    const wasHeld = session._localHold;
    session._localHold = isHeld; // JsSIP writes the direction of the offer from it
    if (isHeld) session._setLocalMediaStatus(); // the agent's voice stops with the click, not with the answer
    try {
      await new Promise<void>((resolve, reject) => {
        this.#abandon = reject;
        session._sendReinvite({
          ...(isIceRestart ? { rtcOfferConstraints: { iceRestart: true } } : {}),
          eventHandlers: {
            succeeded: resolve,
            failed: response => reject(new ReofferError('refused', response?.status_code ?? null)),
          },
        });
      });
    } catch (error) {
      session._localHold = wasHeld;
      this.#rollBack();
      throw error;
    } finally {
      this.#abandon = null;
      if (!session.isEnded()) session._setLocalMediaStatus();
    }
  }

  /** Our offer came to nothing (RFC 8829 section 4.1.10.2). */
  #rollBack(): void {
    const session = this.#session;
    session._connectionPromiseQueue = session._connectionPromiseQueue.then(async () => {
      if (session._connection?.signalingState === 'have-local-offer')
        await session._connection.setLocalDescription({ type: 'rollback' });
    });
  }
}
