import type { CallEvent } from '../../../src-shared/call/call-event';
import { AppError } from '../../../src-shared/errors/app-error';
import type { Microphone } from '../audio/microphone';
import type { Speaker } from '../audio/speaker';
import type { EndOfSession, JsSipSession, SipRequest, SipResponse } from '../jssip/jssip-internals';
import { sessionStatus } from '../jssip/jssip-internals';
import { isInDialog, tameSession } from '../jssip/jssip-taming';
import type { LineGate } from '../line/line-gate';
import type { Log, Report } from '../report';
import { messageOf } from '../report';
import { CallAnswer } from './call-answer';
import { CallEnding } from './call-ending';
import { CallSound } from './call-sound';
import { centralCallIdOf } from './invite-headers';
import type { InviteHeaders } from './invite-headers';
import { callEventOfProgress } from './jssip-to-call-event';
import { Reoffering, commandError } from './re-offer';
import { refer } from './referral';

interface SipCallParts {
  readonly gate: LineGate;
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  readonly report: Report;
  readonly log: Log;
  onRingBack(isOn: boolean): void;
  onEnded(call: SipCall): void;
}

/** How long an action inside a call waits for a line that is away. */
const waitForLineMs = 10_000;
const mediaUpWithinMs = 15_000;
const mediaBackWithinMs = 20_000;

/**
 * One RTCSession: the only file that knows JsSIP's event names. Says what happened as reports; decides nothing that main decides.
 */
export class SipCall {
  readonly id: string;
  readonly sound: CallSound;
  readonly #session: JsSipSession;
  readonly #parts: SipCallParts;
  readonly #reoffering: Reoffering;
  readonly #answer: CallAnswer;
  readonly #ending: CallEnding;
  #isMediaConfirmed = false;
  #centralCallId: string | null = null;

  constructor(id: string, session: JsSipSession, parts: SipCallParts) {
    this.id = id;
    this.#session = session;
    this.#parts = parts;
    tameSession(session, {
      isLineUp: () => parts.gate.isUp,
      isMediaFlowing: () => this.sound.isFlowing,
      sendWhenUp: send => this.#ending.sendWhenUp(send),
      onMediaFailed: () => this.#mediaFailed(),
      onRequestLost: why => this.#reoffering.lost(why),
    });
    this.#reoffering = new Reoffering(session);
    this.sound = new CallSound(id, session, {
      ...parts,
      onMuted: isMuted => parts.report({ type: 'mute', callId: id, isMuted }),
      onQuality: quality => parts.report({ type: 'quality', callId: id, quality }),
      onInterrupted: isInterrupted => parts.report({ type: 'media', callId: id, isInterrupted }),
    });
    this.#answer = new CallAnswer({
      session,
      sound: this.sound,
      microphone: parts.microphone,
      onOfferUnusable: error => this.#refuseOffer(error),
      onFailed: () => this.#event({ type: 'answer-failed' }),
    });
    this.#ending = new CallEnding({
      callId: id,
      session,
      gate: parts.gate,
      log: parts.log,
      onEnded: ended => {
        this.#event(ended);
        parts.onEnded(this);
      },
    });
    this.#listen();
  }

  get isLive(): boolean {
    return !this.#ending.isOver;
  }

  /** Prepares the answer while it rings (A2). */
  prepare(request: SipRequest, headers: InviteHeaders): void {
    this.#centralCallId = headers.centralCallId;
    this.#answer.prepare(request, headers);
  }

  /**
   * Resolves when the INVITE is on the wire.
   * @param takeOffer gives the session an offer made in advance, and its sender; null lets the session write its own. Asked only when
   *   nothing can come between any more: a connection taken by a call that never starts would stay open for ever
   */
  async dial(target: string, takeOffer: () => RTCRtpSender | null): Promise<void> {
    const track = this.#parts.microphone.takeNow() ?? (await this.#parts.microphone.take());
    this.sound.speakWith(track);
    if (this.#session.isEnded()) throw new AppError('call/unknown', 'hung up before the INVITE was sent');
    const sender = takeOffer();
    await new Promise<void>((resolve, reject) => {
      this.#session.on('sending', resolve);
      this.#session.on('failed', () => reject(new AppError('call/failed', 'ended before the INVITE was sent')));
      this.#session.connect(target, { mediaStream: new MediaStream(sender === null ? [track] : []) });
    });
    // Putting the track in costs milliseconds of WebRTC's threads: after the INVITE, long before any answer.
    await sender?.replaceTrack(track);
  }

  async answer(): Promise<void> {
    if (!this.#parts.gate.isUp) await this.#lineUp();
    await this.#answer.give();
  }

  /** Sends the other party to a number; our part ends when the centre has taken over. @throws AppError `transfer/…`: nothing has changed */
  async transfer(target: string): Promise<void> {
    await this.#refer(target);
    this.#ending.leaveTransferred();
  }

  /** Joins the party of this call with the one of `consult`. @throws AppError as above */
  async completeTransfer(consult: SipCall): Promise<void> {
    if (!isInDialog(consult.#session)) throw new AppError('transfer/not-answered');
    await this.#refer(consult.#session.remote_identity.uri.user ?? '', consult);
    consult.#ending.leaveTransferred();
    this.#ending.leaveTransferred();
  }

  /** Takes the call without a sound in either direction, and sends it to a number. @throws AppError: it is up, or was not taken */
  async sendOn(target: string): Promise<void> {
    await this.#lineUp();
    await this.#answer.giveSilently(() => this.transfer(target));
  }

  async #refer(target: string, consult?: SipCall): Promise<void> {
    if (!isInDialog(this.#session)) throw new AppError('call/not-allowed', 'not talking');
    await this.#lineUp();
    await refer(this.#session, target, {
      ...(consult === undefined ? {} : { consult: consult.#session }),
      onLate: () => {
        this.#parts.log('warn', `call ${this.id}: the centre took the transfer over late`);
        if (consult !== undefined) consult.#ending.leaveTransferred();
        this.#ending.leaveTransferred();
      },
    });
  }

  /** Refuses with `sipCode`. */
  async decline(sipCode: number): Promise<void> {
    if (!this.#parts.gate.isUp) await this.#parts.gate.whenUp(waitForLineMs);
    this.#ending.refuse(sipCode);
  }

  /** Sound stops at once, whatever the line does. */
  hangUp(): void {
    this.#ending.hangUp();
  }

  hold(): Promise<void> {
    return this.#setHeld(true);
  }

  resume(): Promise<void> {
    return this.#setHeld(false);
  }

  /** RFC 4733 events inside the audio stream: they need no line. */
  dtmf(digits: string): void {
    if (this.sound.sender?.dtmf?.canInsertDTMF !== true)
      throw new AppError('call/not-allowed', 'no audio to send digits in');
    this.#session.sendDTMF(digits, { transportType: 'RFC2833', duration: 120, interToneGap: 80 });
  }

  lineLost(): void {
    this.#ending.lineLost();
  }

  /** Registered again: tells the other side where we are now and brings the hold state in line; 481 ends the call here as well. */
  async lineRestored(): Promise<void> {
    if (this.#session.status !== sessionStatus.confirmed) return;
    try {
      await this.#reoffering.send({ isHeld: this.#session.isOnHold().local });
      this.#parts.log('info', `call ${this.id} refreshed after the line came back`);
    } catch (error) {
      this.#parts.log('warn', `call ${this.id}: refresh failed: ${messageOf(error)}`);
    }
  }

  async #setHeld(isHeld: boolean): Promise<void> {
    if (!isInDialog(this.#session)) throw new AppError('call/not-allowed', 'not talking');
    await this.#lineUp();
    try {
      await this.#reoffering.send({ isHeld });
    } catch (error) {
      throw commandError(error);
    } finally {
      this.sound.tellMute();
    }
    this.#event({ type: isHeld ? 'held' : 'resumed', by: 'agent' });
  }

  async #lineUp(): Promise<void> {
    if (!(await this.#parts.gate.whenUp(waitForLineMs))) throw new AppError('line/down-in-call');
    if (this.#session.isEnded()) throw new AppError('call/unknown', 'ended meanwhile');
  }

  #listen(): void {
    const session = this.#session;
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('connectionstatechange', () => this.#checkMedia());
      // Not before the answer: the agent must not hear the caller while it rings.
      peerconnection.addEventListener(
        'track',
        () => session.isEstablished() && !this.#answer.isSilent && this.sound.listenIn(),
      );
    });
    session.on('sending', () => this.#parts.report({ type: 'invite-sent', callId: this.id, at: Date.now() }));
    session.on('progress', ({ originator, response }) => {
      if (originator === 'remote' && response !== null) this.#progress(response);
    });
    session.on('accepted', ({ originator, response }) => {
      if (originator !== 'remote') return;
      this.#parts.onRingBack(false);
      this.#learnCentralId(response);
      this.#event({ type: 'remote-answered' });
      this.sound.listenIn();
    });
    session.on('confirmed', () => {
      this.#ending.endUnless(() => this.#isMediaConfirmed, mediaUpWithinMs, 'RTP Timeout');
      this.#checkMedia();
    });
    session.on('hold', ({ originator }) => originator === 'remote' && this.#event({ type: 'held', by: 'remote' }));
    session.on('unhold', ({ originator }) => originator === 'remote' && this.#event({ type: 'resumed', by: 'remote' }));
    session.on('ended', end => this.#end(end));
    session.on('failed', end => this.#end(end));
  }

  #progress(response: SipResponse): void {
    this.#learnCentralId(response);
    const event = callEventOfProgress(response);
    if (event === null) return;
    this.#parts.onRingBack(event.type === 'remote-ringing');
    this.#event(event);
    if (event.type === 'early-media-started') this.sound.listenIn();
  }

  /** Both can hear each other: the dialog is confirmed and DTLS is up. */
  #checkMedia(): void {
    const isUp = this.#session._is_confirmed && this.#session.connection?.connectionState === 'connected';
    if (!isUp || this.#isMediaConfirmed) return;
    this.#isMediaConfirmed = true;
    this.#event({ type: 'media-confirmed' });
    this.sound.watchQuality();
  }

  #mediaFailed(): void {
    if (!this.isLive) return;
    this.#parts.log('warn', `call ${this.id}: ICE failed, restarting`);
    if (this.#session.status === sessionStatus.confirmed && this.#parts.gate.isUp) {
      this.#reoffering
        .send({ isHeld: this.#session.isOnHold().local, isIceRestart: true })
        .catch((error: unknown) => this.#parts.log('warn', `call ${this.id}: ICE restart failed: ${messageOf(error)}`));
    }
    this.#ending.endUnless(
      () => this.#session.connection?.connectionState === 'connected',
      mediaBackWithinMs,
      'RTP Timeout',
    );
  }

  #learnCentralId(message: SipResponse | null): void {
    const centralCallId = message === null ? null : centralCallIdOf(message);
    if (centralCallId === null || centralCallId === this.#centralCallId) return;
    this.#centralCallId = centralCallId;
    this.#parts.report({ type: 'central-call-id', callId: this.id, centralCallId });
  }

  #refuseOffer(error: unknown): void {
    if (this.#session.isEnded()) return;
    this.#parts.log('warn', `call ${this.id}: offer not usable: ${messageOf(error)}`);
    this.#ending.refuse(488, 'Incompatible SDP');
  }

  #end(end: EndOfSession): void {
    if (!this.isLive) return;
    this.sound.close();
    this.#parts.onRingBack(false);
    this.#ending.over(end);
  }

  #event(event: CallEvent): void {
    if (event.type === 'held' || event.type === 'resumed') this.sound.startQualityOver();
    this.#parts.report({ type: 'call', callId: this.id, at: Date.now(), event });
  }
}
