import type { EndCause } from '../../../../src-shared/call/end-cause';
import { sessionExpires, sessionTimerHeaders } from '../transport/session-refresh';
import { TransactionState, type IncomingInviteRequest, type InviteUserAgentServer } from '../transport/sip-core';
import type { SipFlow } from '../transport/sip-flow';
import { SipLeg, sdpBody, type CallingLeg, type SipLegContext } from './sip-leg';
import { sipStatusOf } from './sip-status';

/** The leg of a phone that calls us (UAS). */
export class IncomingSipLeg extends SipLeg implements CallingLeg {
  private answerSdp: Promise<string> | null = null;
  private extraHeaders: readonly string[] = [];

  constructor(
    flow: SipFlow,
    extension: string,
    private readonly request: IncomingInviteRequest,
    context: SipLegContext,
  ) {
    super(flow, extension, context);
    request.trying();
    request.delegate = {
      onCancel: () => {
        if (this.isPending) request.reject({ statusCode: 487 });
        this.close('agent-cancelled');
      },
      onTransportError: error => this.context.log.debug(`INVITE transport: ${error.message}`),
    };
  }

  /** Told to the phone in every response from now on. */
  announce(callId: string): void {
    this.extraHeaders = [`X-Call-Id: ${callId}`];
  }

  /** 180: the far end rings; the phone makes its own ring-back. */
  ring(): void {
    if (!this.isPending) return;
    this.bind(this.request.progress({ statusCode: 180, extraHeaders: [...this.extraHeaders] }).session);
  }

  /** 183 with a description: from now on the phone hears what this leg's bridge or treatment plays. */
  async startEarlyMedia(): Promise<void> {
    const sdp = await this.prepareAnswer();
    if (!this.isPending) return;
    const options = { statusCode: 183, body: sdpBody(sdp), extraHeaders: [...this.extraHeaders] };
    this.bind(this.request.progress(options).session);
  }

  /** 200. False when the phone was quicker to cancel. */
  async answer(): Promise<boolean> {
    const sdp = await this.prepareAnswer();
    if (!this.isPending || this.state !== 'early') return false;
    const seconds = sessionExpires(this.request.message);
    const extraHeaders = [...this.extraHeaders, ...sessionTimerHeaders(seconds)];
    this.bind(this.request.accept({ statusCode: 200, body: sdpBody(sdp), extraHeaders }).session);
    this.armSessionTimer(seconds);
    this.port.open();
    this.confirm();
    return true;
  }

  protected override refuse(cause: EndCause, sipStatus: number | undefined): void {
    if (this.isPending)
      this.request.reject({ statusCode: sipStatus ?? sipStatusOf(cause), extraHeaders: [...this.extraHeaders] });
  }

  /** No final response yet. SIP.js throws when asked for a second one, and a CANCEL may always be quicker than we are. */
  private get isPending(): boolean {
    const { transaction } = this.request as InviteUserAgentServer; // the only class behind this interface
    return transaction.state === TransactionState.Proceeding;
  }

  private prepareAnswer(): Promise<string> {
    this.answerSdp ??= this.port.answer(this.request.message.body);
    return this.answerSdp;
  }
}
