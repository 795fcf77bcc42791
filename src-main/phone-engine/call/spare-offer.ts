import type { JsSipSession } from '../jssip/jssip-internals';
import { missingInternals } from '../jssip/jssip-internals';
import { giveConnection, mediaConfiguration } from '../jssip/jssip-taming';
import type { Log } from '../report';
import { messageOf } from '../report';

/** Not in the instant in which a call begins or the line comes up; sooner than a person can dial again. */
const afterMs = 100;
/** The certificate in an offer lives for 30 days; a fresh one each hour costs nothing. */
const oldAfterMs = 3_600_000;

interface Spare {
  readonly connection: RTCPeerConnection;
  readonly sender: RTCRtpSender;
  readonly sdp: string;
  readonly madeAt: number;
}

/**
 * One offer in advance: a peer connection with its sockets open, its addresses gathered and its SDP written, for the next number that is
 * dialled. On the click the INVITE leaves and the microphone is put in (A2b: within 10 ms instead of 130). It has no track and no
 * other side, so nothing is sent before. It belongs to a registered line: another network means another registration and another spare.
 */
export class SpareOffer {
  readonly #log: Log;
  #spare: Spare | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The line is up: have one ready soon. Said again at every refresh of the registration. */
  prepare(): void {
    if (this.#spare !== null && !isOld(this.#spare)) return;
    this.drop();
    const turn = this.#turn;
    this.#timer = setTimeout(() => {
      makeSpare().then(
        spare => {
          if (turn === this.#turn) this.#spare = spare;
          else spare.connection.close();
        },
        (error: unknown) => this.#log('warn', `no offer in advance: ${messageOf(error)}`),
      );
    }, afterMs);
  }

  drop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#spare?.connection.close();
    this.#spare = null;
  }

  /**
   * The session, not yet started, will send the offer that is ready.
   * @returns who sends our track in it; null when none is ready: then the session makes its own offer
   */
  giveTo(session: JsSipSession): RTCRtpSender | null {
    const spare = this.#spare;
    this.#spare = null;
    this.prepare();
    if (spare === null || isOld(spare) || missingInternals().length > 0) {
      spare?.connection.close();
      return null;
    }
    giveConnection(session, spare.connection);
    session._createLocalDescription = () => {
      Reflect.deleteProperty(session, '_createLocalDescription'); // re-offers are written anew
      return Promise.resolve(spare.sdp);
    };
    return spare.sender;
  }
}

const isOld = (spare: Spare): boolean => performance.now() - spare.madeAt > oldAfterMs;

async function makeSpare(): Promise<Spare> {
  const connection = new RTCPeerConnection(mediaConfiguration);
  const { sender } = connection.addTransceiver('audio', { direction: 'sendrecv' });
  const gathered = new Promise<void>(resolve => {
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') resolve();
    });
  });
  await connection.setLocalDescription(await connection.createOffer());
  await gathered;
  return { connection, sender, sdp: connection.localDescription?.sdp ?? '', madeAt: performance.now() };
}
