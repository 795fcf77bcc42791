import * as JsSIP from 'jssip';

/**
 * JsSIP 3.13.8 as we use it: the public part it has no exported types for, and the private part that `jssip-taming.ts` and
 * `prepared-answer.ts` lean on. The version is pinned, and `missingInternals()` checks at start-up that all of it is really there.
 */
export interface SipMessage {
  readonly method: string;
  readonly call_id: string;
  readonly from_tag: string | null;
  readonly to_tag: string | null;
  readonly body: string | null;
  getHeader(name: string): string | undefined;
}

export interface SipRequest extends SipMessage {
  readonly from: NameAddress;
  readonly server_transaction: Transaction | null;
  reply(code: number, reason?: string | null, extraHeaders?: readonly string[], body?: string): void;
}

export interface SipResponse extends SipMessage {
  readonly status_code: number;
}

interface OutgoingInvite {
  readonly call_id: string;
  readonly from: NameAddress;
  cancel?(reason?: string): void;
}

export interface NameAddress {
  readonly display_name: string | null | undefined;
  readonly uri: { readonly user: string | null | undefined };
  getParam(name: string): string | null | undefined;
}

export interface Transaction {
  readonly type: 'ict' | 'ist' | 'nict' | 'nist';
  readonly state: number;
  readonly request: OutgoingInvite & Partial<SipRequest>;
  readonly eventHandlers?: { onReceiveResponse: (response: SipResponse) => void };
  onTransportError(): void;
}
/** `Transactions.C` of JsSIP. */
export const transactionState = { proceeding: 2, calling: 3, accepted: 4, completed: 5, terminated: 6 } as const;

interface DialogEventHandlers {
  onSuccessResponse?(response: SipResponse): void;
  onErrorResponse?: (response: SipResponse) => void;
  onTransportError?(): void;
  onRequestTimeout?(): void;
  onDialogError?(response?: SipResponse): void;
}
interface InDialogOptions {
  readonly extraHeaders?: readonly string[];
  readonly body?: string | null;
  readonly eventHandlers?: DialogEventHandlers;
}
interface Dialog {
  readonly id: { readonly call_id: string; readonly local_tag: string; readonly remote_tag: string };
  terminate(): void;
  sendRequest(method: string, options?: InDialogOptions): unknown;
}

export interface EndOfSession {
  readonly originator: 'local' | 'remote' | 'system';
  readonly message: (SipMessage & { readonly status_code?: number }) | null;
  readonly cause: string;
}

interface SessionEvents {
  peerconnection: (event: { readonly peerconnection: RTCPeerConnection }) => void;
  sending: () => void;
  progress: (event: { readonly originator: string; readonly response: SipResponse | null }) => void;
  accepted: (event: { readonly originator: string; readonly response: SipResponse | null }) => void;
  confirmed: () => void;
  ended: (event: EndOfSession) => void;
  failed: (event: EndOfSession) => void;
  hold: (event: { readonly originator: string }) => void;
  unhold: (event: { readonly originator: string }) => void;
  icecandidate: (event: { readonly candidate: RTCIceCandidate; readonly ready: () => void }) => void;
  refer: (event: { readonly reject: () => void }) => void;
  replaces: (event: { readonly reject: () => void }) => void;
}

interface ReofferOptions {
  readonly rtcOfferConstraints?: RTCOfferOptions;
  readonly eventHandlers: { succeeded(): void; failed(response?: SipResponse): void };
}

/** What `refer()` tells its event handlers through. */
export type ReferSubscriber = object;
interface ReferOptions {
  readonly replaces?: {
    readonly _request: { readonly call_id: string };
    readonly _to_tag: string | null;
    readonly _from_tag: string | null;
  };
  readonly eventHandlers: {
    requestSucceeded(): void;
    requestFailed(event: { readonly response: SipResponse | null }): void;
    accepted(): void;
    failed(event: { readonly status_line: { readonly status_code: number } }): void;
  };
}

export interface JsSipSession {
  readonly id: string;
  readonly status: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly contact: string;
  readonly connection: RTCPeerConnection | null;
  readonly remote_identity: NameAddress;
  on<Name extends keyof SessionEvents>(name: Name, listener: SessionEvents[Name]): this;
  emit(name: string, event: unknown): boolean;
  isEnded(): boolean;
  isEstablished(): boolean;
  isReadyToReOffer(): boolean;
  isMuted(): { readonly audio: boolean };
  isOnHold(): { readonly local: boolean; readonly remote: boolean };
  mute(): void;
  unmute(): void;
  connect(target: string, options: { mediaStream: MediaStream; extraHeaders?: string[] }): void;
  answer(options: { mediaStream: MediaStream }): void;
  terminate(options?: { status_code?: number; reason_phrase?: string; cause?: string }): void;
  /** False outside of a dialog. */
  refer(target: string, options: ReferOptions): ReferSubscriber | false;
  sendDTMF(digits: string, options: { transportType: 'RFC2833'; duration: number; interToneGap: number }): void;
  // From here on: private members.
  _connection: RTCPeerConnection | null;
  _connectionPromiseQueue: Promise<unknown>;
  _dialog?: Dialog | null;
  _request: (OutgoingInvite & Partial<SipRequest>) | null;
  _is_canceled: boolean;
  _is_confirmed: boolean;
  _late_sdp: boolean;
  _localHold: boolean;
  readonly _sessionTimers: {
    currentExpires: number | null;
    running: boolean;
    refresher: boolean;
    timer: ReturnType<typeof setTimeout> | null;
  };
  onTransportError(): void;
  onRequestTimeout(): void;
  sendRequest(method: string, options?: InDialogOptions): unknown;
  receiveRequest(request: SipRequest): void;
  _createRTCConnection: (configuration: RTCConfiguration) => void;
  _createLocalDescription: (type: 'offer' | 'answer', constraints: RTCOfferOptions | null) => Promise<string>;
  _receiveInviteResponse(response: SipResponse): void;
  _acceptAndTerminate(response: SipResponse): void;
  _runSessionTimer(): void;
  _sendReinvite(options: ReofferOptions): void;
  _sendUpdate(): void;
  _setLocalMediaStatus(): void;
}

/** `RTCSession.C` of JsSIP. */
export const sessionStatus = {
  inviteSent: 1,
  provisional: 2,
  waitingForAnswer: 4,
  answered: 5,
  waitingForAck: 6,
  confirmed: 9,
} as const;

export interface RegistrationEnd {
  readonly response: SipResponse | null;
  readonly cause?: string;
}
interface UaEvents {
  connecting: () => void;
  connected: () => void;
  disconnected: () => void;
  registered: () => void;
  unregistered: (event: RegistrationEnd) => void;
  registrationFailed: (event: RegistrationEnd) => void;
  newRTCSession: (event: { originator: 'local' | 'remote'; session: JsSipSession; request: SipRequest }) => void;
  newTransaction: (event: { transaction: Transaction }) => void;
}

export interface JsSipUa {
  readonly transport: { connect(): void; isConnected(): boolean; _reconnect(): void };
  on<Name extends keyof UaEvents>(name: Name, listener: UaEvents[Name]): this;
  start(): void;
  stop(): void;
  register(): void;
  isRegistered(): boolean;
  isConnected(): boolean;
  set(parameter: string, value: unknown): boolean;
  sendOptions(target: string): unknown;
  _findSession(message: { call_id: string; from_tag?: string | null; to_tag?: string | null }): JsSipSession | null;
}

interface UaConfiguration {
  readonly sockets: unknown[];
  readonly uri: string;
  readonly authorization_user: string;
  readonly password: string;
  readonly display_name: string;
  readonly instance_id: string;
  readonly register: boolean;
  readonly register_expires: number;
  readonly no_answer_timeout: number;
  readonly session_timers: boolean;
  readonly user_agent: string;
}

interface JsSipLibrary {
  readonly UA: { new (configuration: UaConfiguration): JsSipUa; readonly prototype: JsSipUa };
  readonly RTCSession: { new (ua: JsSipUa): JsSipSession; readonly prototype: JsSipSession };
}
export const { UA, RTCSession } = JsSIP as unknown as JsSipLibrary;

const sessionInternals = [
  'refer',
  'sendRequest',
  'receiveRequest',
  'onTransportError',
  'onRequestTimeout',
  '_createRTCConnection',
  '_createLocalDescription',
  '_receiveInviteResponse',
  '_acceptAndTerminate',
  '_runSessionTimer',
  '_sendReinvite',
  '_sendUpdate',
  '_setLocalMediaStatus',
] as const;

/** Private members that this JsSIP does not have (a version we were not written for). Empty is good. */
export function missingInternals(): string[] {
  const has = (owner: object, name: string): boolean => typeof Reflect.get(owner, name) === 'function';
  const missing: string[] = sessionInternals.filter(name => !has(RTCSession.prototype, name));
  return has(UA.prototype, '_findSession') ? missing : [...missing, 'UA._findSession'];
}
