import type { JsSipSession, JsSipUa, SipResponse, Transaction } from './jssip-internals';
import { RTCSession, sessionStatus, transactionState } from './jssip-internals';
import { keepSessionTimer } from './session-timer';

/**
 * What the tamed session needs to know of its line.
 * "Up" means registered again, not merely connected: the server moves a dialog to the new connection at REGISTER (RFC 5626).
 */
interface TamingHooks {
  isLineUp(): boolean;
  isMediaFlowing(): boolean;
  /** Runs `send` as soon as the line is up. */
  sendWhenUp(send: () => void): void;
  /** ICE gave up. */
  onMediaFailed(): void;
  /** A re-INVITE got lost: no answer, or the connection went away. */
  onRequestLost(why: 'line-lost' | 'timed-out'): void;
}

/** The one JsSIP setting of media: no STUN by policy, one transport, nothing without RTCP multiplexing. */
export const mediaConfiguration: RTCConfiguration = {
  iceServers: [],
  bundlePolicy: 'max-bundle',
  rtcpMuxPolicy: 'require',
};

/** All we change on a UA. @param onLost the connection is gone; replaces JsSIP's own reconnecting */
export function tameUa(ua: JsSipUa, onLost: () => void): void {
  // JsSIP waits whole seconds between attempts and tells nobody when; `sip-line.ts` follows our retry policy and reports it.
  ua.transport._reconnect = onLost;

  // JsSIP swaps the password for the MD5 hash after the first challenge, which would be the wrong hash at the next one.
  const set = ua.set.bind(ua);
  ua.set = (parameter, value) => (parameter === 'ha1' || parameter === 'realm' ? true : set(parameter, value));

  ua.on('newTransaction', ({ transaction }) => {
    if (transaction.type === 'ist') keepWhileSessionLives(ua, transaction);
    else if (transaction.type === 'ict' && typeof transaction.request.cancel === 'function')
      keepWhileSessionLives(ua, transaction);
  });
}

/**
 * JsSIP destroys every transaction when the connection goes. A ringing call would then be answered into the void, and the 200 to our
 * own INVITE would find nobody; with the transaction kept, both go on over the next connection (fault matrix row 4).
 */
function keepWhileSessionLives(ua: JsSipUa, transaction: Transaction): void {
  const destroy = transaction.onTransportError.bind(transaction);
  transaction.onTransportError = () => {
    const { call_id, from } = transaction.request;
    // A session is known by its Call-ID and the caller's tag, in both directions.
    const session = ua._findSession({ call_id, from_tag: from.getParam('tag') ?? null });
    if (session === null || session.isEnded()) destroy();
  };
}

function endDialog(session: JsSipSession): void {
  session._dialog?.terminate();
}

const givenConnections = new WeakMap<JsSipSession, RTCPeerConnection>();

/** The session uses this peer connection instead of making one. */
export function giveConnection(session: JsSipSession, connection: RTCPeerConnection): void {
  givenConnections.set(session, connection);
}

const glareHandlers = new WeakMap<JsSipSession, (response: SipResponse) => void>();

/** All we change on a session. Every line says why. Call it before the session sends or answers anything. */
export function tameSession(session: JsSipSession, hooks: TamingHooks): void {
  const original = RTCSession.prototype;

  // JsSIP ends a healthy call when the connection drops while a request is open (JsSIP issues 738, 921). Media does not need the line.
  session.onTransportError = () => hooks.onRequestLost('line-lost');

  // An unanswered UPDATE or re-INVITE says something about signalling, not about the call. An unanswered INVITE still ends the attempt.
  session.onRequestTimeout = () => {
    if (session._is_confirmed) hooks.onRequestLost('timed-out');
    else original.onRequestTimeout.call(session);
  };

  session.sendRequest = (method, options = {}) => {
    const dialog = session._dialog;
    const handlers = options.eventHandlers ?? {};
    if (method === 'BYE' && dialog) {
      // A BYE that cannot leave now leaves when the line is back; without it the customer would sit in silence.
      const bye = (): unknown =>
        dialog.sendRequest('BYE', {
          ...options,
          eventHandlers: { ...handlers, onTransportError: () => hooks.sendWhenUp(bye) },
        });
      return hooks.isLineUp() ? bye() : hooks.sendWhenUp(bye);
    }
    if (method === 'INVITE' && handlers.onErrorResponse) glareHandlers.set(session, handlers.onErrorResponse);
    const onDialogError = (response?: SipResponse): void => {
      // JsSIP treats 408 like 481. RFC 3261 section 12.2.1.2 only says SHOULD for 408; only 481 proves that the other side forgot us.
      if (response?.status_code === 408) session.onRequestTimeout();
      else handlers.onDialogError?.(response);
    };
    return original.sendRequest.call(session, method, { ...options, eventHandlers: { ...handlers, onDialogError } });
  };

  session.receiveRequest = request => {
    // JsSIP answers a colliding re-INVITE with 491 and then goes on to apply its offer all the same.
    if (request.method === 'INVITE' && request.server_transaction?.state === transactionState.completed) return;
    original.receiveRequest.call(session, request);
  };

  session._createRTCConnection = () => {
    const connection = givenConnections.get(session) ?? new RTCPeerConnection(mediaConfiguration);
    givenConnections.delete(session);
    session._connection = connection;
    // JsSIP would end the call with 408 at once; we try an ICE restart first.
    connection.addEventListener('iceconnectionstatechange', () => {
      if (connection.iceConnectionState === 'failed') hooks.onMediaFailed();
    });
    session.emit('peerconnection', { peerconnection: connection });
  };

  session._receiveInviteResponse = response => {
    const isAccepted = response.status_code >= 200 && response.status_code < 300;
    if (isAccepted && session.isEnded() && !session._dialog && !session._is_canceled) {
      // Our CANCEL crossed the 200 (RFC 3261 section 9.1): JsSIP ignores it and the other side would wait for ever.
      session._acceptAndTerminate(response);
      endDialog(session);
      return;
    }
    original._receiveInviteResponse.call(session, response);
  };

  keepSessionTimer(session, hooks);
  sendOnFirstCandidate(session);
  // Transfers by the other side and calls that replace another are not offered yet; JsSIP would leave the asker without an answer.
  session.on('refer', ({ reject }) => reject());
  session.on('replaces', ({ reject }) => reject());
}

/**
 * JsSIP repeats a re-INVITE once, exactly 1 s after a 491, with the old offer: two JsSIPs collide again. RFC 3261 section 14.1 wants
 * different waiting times; `re-offer.ts` keeps them, so a 491 goes there and JsSIP never sees it.
 */
export function routeGlare(ua: JsSipUa): void {
  ua.on('newTransaction', ({ transaction }) => {
    const handlers = transaction.eventHandlers;
    if (transaction.type !== 'ict' || typeof transaction.request.cancel === 'function' || handlers === undefined)
      return;
    const receive = handlers.onReceiveResponse;
    handlers.onReceiveResponse = response => {
      const session = response.status_code === 491 ? ua._findSession(response) : null;
      const onGlare = session === null ? undefined : glareHandlers.get(session);
      if (onGlare === undefined) receive(response);
      else onGlare(response);
    };
  });
}

const loopback = /^(127\.|::1$)/;

/**
 * JsSIP waits for the end of gathering, 100 ms even without STUN, unless somebody says "ready". With no ICE servers the first host
 * candidate is as good as all of them; a loopback one only when no other comes.
 */
function sendOnFirstCandidate(session: JsSipSession): void {
  session.on('icecandidate', ({ candidate, ready }) => {
    const isUsable = candidate.protocol === 'udp' && !loopback.test(candidate.address ?? '');
    if (isUsable) ready();
    else setTimeout(ready, 20);
  });
}

/** Is the session past the point where a request in the dialog makes sense? */
export function isInDialog(session: JsSipSession): boolean {
  return session.status === sessionStatus.confirmed || session.status === sessionStatus.waitingForAck;
}
