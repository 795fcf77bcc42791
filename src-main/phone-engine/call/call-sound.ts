import type { CallQuality } from '../../../src-shared/call/call';
import { watchCallQuality } from '../audio/call-quality';
import type { CallQualityWatch } from '../audio/call-quality';
import type { Microphone } from '../audio/microphone';
import type { Speaker } from '../audio/speaker';
import type { JsSipSession } from '../jssip/jssip-internals';
import type { Log } from '../report';

export interface CallSoundParts {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  onMuted(isMuted: boolean): void;
  onQuality(quality: CallQuality): void;
  onInterrupted(isInterrupted: boolean): void;
  log: Log;
}

/** Microphone and loudspeaker of one call. */
export class CallSound {
  readonly #callId: string;
  readonly #session: JsSipSession;
  readonly #parts: CallSoundParts;
  #track: MediaStreamTrack | null = null;
  #quality: CallQualityWatch | null = null;
  #isClosed = false;

  constructor(callId: string, session: JsSipSession, parts: CallSoundParts) {
    this.#callId = callId;
    this.#session = session;
    this.#parts = parts;
  }

  /** The track that is sent; null before. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get remoteTrack(): MediaStreamTrack | null {
    return this.#session.connection?.getReceivers().find(({ track }) => track.kind === 'audio')?.track ?? null;
  }

  /** The sender of our track. */
  get sender(): RTCRtpSender | undefined {
    return this.#session.connection?.getSenders().find(({ track }) => track !== null && track === this.#track);
  }

  get isFlowing(): boolean {
    return this.#quality?.isFlowing ?? false;
  }

  /** The agent speaks with this track from now on. */
  speakWith(track: MediaStreamTrack): void {
    this.#track = track;
    if (this.#isClosed) track.stop();
  }

  /** The remote track is the same for the whole call, so it is attached once (JsSIP says "track" again at every resume). */
  listenIn({ isSilent }: { readonly isSilent: boolean } = { isSilent: false }): void {
    const track = this.remoteTrack;
    if (track !== null && !this.#isClosed) this.#parts.speaker.play(this.#callId, track, isSilent);
  }

  watchQuality(): void {
    const { connection } = this.#session;
    if (connection === null || this.#isClosed || this.#quality !== null) return;
    this.#quality = watchCallQuality(connection, {
      isPaused: () => this.#isOnHold,
      onQuality: quality => this.#parts.onQuality(quality),
      onInterrupted: isInterrupted => this.#parts.onInterrupted(isInterrupted),
      log: this.#parts.log,
    });
  }

  /** Held or resumed: the quality measured across the change would be a lie. */
  startQualityOver(): void {
    this.#quality?.startOver();
  }

  mute(isMuted: boolean): void {
    if (isMuted) this.#session.mute();
    else this.#session.unmute();
    this.tellMute();
  }

  /** Read back from the track that is really sent; while on hold it is silent anyway, so then the wish counts. */
  tellMute(): void {
    this.#parts.onMuted(this.#isOnHold || this.#track === null ? this.#session.isMuted().audio : !this.#track.enabled);
  }

  /** Another microphone in the middle of a call; mute and hold stay as they are. */
  async replaceMicrophone(): Promise<void> {
    const old = this.#track;
    const { sender } = this;
    if (old === null || sender === undefined) return;
    const track = await this.#parts.microphone.take();
    if (this.#isClosed) {
      track.stop();
      return;
    }
    track.enabled = old.enabled;
    await sender.replaceTrack(track);
    this.speakWith(track);
    old.stop();
    this.tellMute();
  }

  close(): void {
    this.#isClosed = true;
    this.#quality?.stop();
    this.#track?.stop();
    this.#parts.speaker.stop(this.#callId);
  }

  get #isOnHold(): boolean {
    const { local, remote } = this.#session.isOnHold();
    return local || remote;
  }
}
