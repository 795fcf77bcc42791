import type { JsSipSession, SipRequest } from '../jssip/jssip-internals';
import { missingInternals } from '../jssip/jssip-internals';

/**
 * Answers in advance. While the phone rings the peer connection is made, the offer read and the answer written, with a transceiver that
 * has no track: not one packet of the agent's voice can leave. On the click the track is put in and the 200 leaves with the SDP that is
 * already there (A2: 200 within 2 ms instead of 10 to 20).
 *
 *  INVITE ──► offer read ──► answer written ──┬─ X-Media-While-Ringing: 183 + SDP ──► ICE and DTLS come up while it rings
 *                                             └─ otherwise: kept                                │
 *  click  ──► replaceTrack(microphone) + 200 OK with the same SDP ◄─────────────────────────────┘
 *
 * JsSIP has no such thing, so `answer()` is given the prepared parts through three members of this one session, each for one use.
 */
export class PreparedAnswer {
  readonly #session: JsSipSession;
  readonly #sdp: Promise<string>;
  #transceiver: RTCRtpTransceiver | null = null;

  private constructor(session: JsSipSession, request: SipRequest, offer: string, isEarlyMediaWanted: boolean) {
    this.#session = session;
    session._createRTCConnection({});
    this.#sdp = this.#prepare(offer).then(sdp => {
      if (isEarlyMediaWanted && !session.isEnded() && !session.isEstablished()) {
        request.reply(183, null, [`Contact: ${session.contact}`], sdp);
      }
      return sdp;
    });
  }

  /**
   * @param onUnusable the offer cannot be answered (no audio, broken SDP)
   * @returns null for an INVITE without offer (RFC 3261 section 13.2.1) or with a JsSIP we do not know: then JsSIP's own way is right
   */
  static start(
    session: JsSipSession,
    request: SipRequest,
    isEarlyMediaWanted: boolean,
    onUnusable: (error: unknown) => void,
  ): PreparedAnswer | null {
    if (!request.body || missingInternals().length > 0) return null;
    const prepared = new PreparedAnswer(session, request, request.body, isEarlyMediaWanted);
    prepared.#sdp.catch(onUnusable);
    return prepared;
  }

  /** The remote track is there; also when the offer was unusable, of which `onUnusable` tells. */
  get ready(): Promise<void> {
    return this.#sdp.then(
      () => undefined,
      () => undefined,
    );
  }

  async #prepare(offer: string): Promise<string> {
    const connection = this.#connection;
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    const transceiver = connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
    if (transceiver === undefined) throw new Error('the offer has no audio');
    transceiver.direction = 'sendrecv';
    this.#transceiver = transceiver;
    return this.#session._createLocalDescription('answer', null);
  }

  get #connection(): RTCPeerConnection {
    const connection = this.#session._connection;
    if (connection === null) throw new Error('no peer connection');
    return connection;
  }

  /** Puts the microphone in and sends the 200. @returns when the track is really being sent */
  async answer(track: MediaStreamTrack): Promise<void> {
    const session = this.#session;
    const connection = this.#connection;
    const createConnection = session._createRTCConnection;
    const isReady = this.#transceiver !== null;
    const replaced = this.#transceiver?.sender.replaceTrack(track);

    session._createRTCConnection = () => {
      session._createRTCConnection = createConnection; // it exists already
    };
    connection.setRemoteDescription = () => {
      Reflect.deleteProperty(connection, 'setRemoteDescription'); // the prototype's again: done while ringing
      return Promise.resolve();
    };
    session._createLocalDescription = () => {
      Reflect.deleteProperty(session, '_createLocalDescription');
      return this.#sdp;
    };
    session.answer({ mediaStream: new MediaStream() });
    // Clicked before the answer was written: the track follows as soon as there is a sender.
    if (!isReady) await this.#sdp.then(() => this.#transceiver?.sender.replaceTrack(track));
    await replaced;
  }
}
