/**
 * SIP grammar, transactions and dialogs: SIP.js's core alone, no browser part. The only import of SIP.js in the engine,
 * so that a vendored copy could take its place here.
 */
import { LoggerFactory } from 'sip.js/lib/core/index.js';

export { IncomingResponseMessage, Parser, TransactionState, URI, UserAgentCore } from 'sip.js/lib/core/index.js';
export { NameAddrHeader } from 'sip.js/lib/core/index.js';
export type {
  Body,
  IncomingInfoRequest,
  IncomingInviteRequest,
  IncomingReferRequest,
  IncomingRegisterRequest,
  IncomingRequestMessage,
  InviteUserAgentServer,
  OutgoingInviteRequest,
  Session,
  Transport,
  UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';

/** SIP.js would write to the console by itself. */
export const silentSipLog = new LoggerFactory();
silentSipLog.builtinEnabled = false;
