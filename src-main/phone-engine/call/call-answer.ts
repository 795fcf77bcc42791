import { AppError } from '../../../src-shared/errors/app-error';
import { afterPictureMs } from '../after-picture';
import type { Microphone } from '../audio/microphone';
import type { JsSipSession, SipRequest } from '../jssip/jssip-internals';
import { sessionStatus } from '../jssip/jssip-internals';
import type { CallSound } from './call-sound';
import type { InviteHeaders } from './invite-headers';
import { PreparedAnswer } from './prepared-answer';

interface CallAnswerParts {
  readonly session: JsSipSession;
  readonly sound: CallSound;
  readonly microphone: Microphone;
  /** The offer cannot be answered. */
  readonly onOfferUnusable: (error: unknown) => void;
  /** No microphone: the caller goes on ringing; the agent may put it right and answer. */
  readonly onFailed: () => void;
}

/** From ringing to talking: what is prepared while an incoming call rings (A2), and how it is taken. */
export class CallAnswer {
  #prepared: PreparedAnswer | null = null;
  #prepareNow = (): void => undefined;
  #isSilent = false;

  constructor(private readonly parts: CallAnswerParts) {}

  /** Taken only to be sent on: nothing of it is heard. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Prepares the answer a moment after the call was told of: the picture comes first. */
  prepare(request: SipRequest, headers: InviteHeaders): void {
    this.#prepareNow = () => {
      this.#prepareNow = () => undefined;
      if (!this.parts.session.isEnded()) this.#start(request, headers);
    };
    setTimeout(() => this.#prepareNow(), afterPictureMs);
  }

  #start(request: SipRequest, headers: InviteHeaders): void {
    const { session, sound, onOfferUnusable } = this.parts;
    this.#prepared = PreparedAnswer.start(session, request, headers.isEarlyMediaWanted, onOfferUnusable);
    // The loudspeaker opens while it rings, silent: opening it on the click would cost some 30 ms (A2).
    if (!headers.isEarlyMediaWanted) return;
    void this.#prepared?.ready.then(() => {
      if (session.status === sessionStatus.waitingForAnswer) sound.listenIn({ isSilent: true });
    });
  }

  /** Sends the 200; both hear each other from now on. @throws AppError `call/unknown`: no longer ringing */
  async give(): Promise<void> {
    await this.#take(true);
    this.parts.sound.listenIn();
  }

  /** Takes the call without a sound in either direction for as long as `then` runs. @throws AppError as above, or what `then` throws */
  async giveSilently(then: () => Promise<void>): Promise<void> {
    const { session } = this.parts;
    this.#isSilent = true;
    try {
      const confirmed = new Promise<void>((resolve, reject) => {
        session.on('confirmed', resolve);
        for (const end of ['ended', 'failed'] as const)
          session.on(end, () => reject(new AppError('call/unknown', 'ended before it was sent on')));
      });
      confirmed.catch(() => undefined); // heard below, if it comes to that
      await this.#take(false);
      await confirmed;
      await then();
    } finally {
      this.#isSilent = false;
    }
  }

  async #take(isHeard: boolean): Promise<void> {
    const { session, sound, microphone } = this.parts;
    const track = microphone.takeNow() ?? (await this.#waitForMicrophone());
    if (session.status !== sessionStatus.waitingForAnswer) {
      track.stop();
      throw new AppError('call/unknown', 'no longer ringing');
    }
    if (!isHeard) track.enabled = false;
    sound.speakWith(track);
    this.#prepareNow();
    if (this.#prepared === null) session.answer({ mediaStream: new MediaStream([track]) });
    else await this.#prepared.answer(track);
    if (!isHeard) track.enabled = false;
  }

  async #waitForMicrophone(): Promise<MediaStreamTrack> {
    const { session, microphone, onFailed } = this.parts;
    try {
      return await microphone.take();
    } catch (error) {
      if (!session.isEnded()) onFailed();
      throw error;
    }
  }
}
