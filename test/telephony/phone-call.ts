import { PhoneMedia } from './phone-media';
import { until } from './sip-socket';
import { SipText, randomToken } from './sip-text';
import type { TestPhone } from './test-phone';

export interface Dialog {
  readonly callId: string;
  /** Our From or To value with our tag. */
  readonly local: string;
  remote: string;
  target: string;
}

/** One call of a test phone, incoming or outgoing. Every response and request of its dialog is kept in `received`. */
export class PhoneCall {
  readonly media: PhoneMedia;
  readonly received: SipText[] = [];
  state: 'early' | 'confirmed' | 'ended' = 'early';
  /** CSeq of our last request in this dialog. */
  cseq = 100;
  invite: SipText | null = null;
  /** Set false to keep the phone from acknowledging a 2xx. */
  acknowledges = true;
  private inviteBranch = '';
  private inviteCseq = 0;
  private offered: { readonly sdp: string; readonly extraHeaders: readonly string[] } | null = null;
  private answerSdp: string | null = null;

  constructor(
    readonly phone: TestPhone,
    readonly dialog: Dialog,
    hz: number,
  ) {
    this.media = new PhoneMedia(hz);
  }

  get statuses(): number[] {
    return this.received.flatMap(({ status }) => (status === null ? [] : [status]));
  }

  /** The INVITE that begins an outgoing call. */
  start(sdp: string, extraHeaders: readonly string[]): void {
    const { dialog, phone } = this;
    this.offered = { sdp, extraHeaders };
    this.inviteBranch = `z9hG4bK${randomToken()}`;
    this.cseq = ++this.inviteCseq;
    phone.send(
      `INVITE ${dialog.target} SIP/2.0\r\nVia: SIP/2.0/WS test.invalid;branch=${this.inviteBranch}\r\nMax-Forwards: 70\r\n` +
        `From: ${dialog.local}\r\nTo: ${dialog.remote}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${this.cseq} INVITE\r\nContact: ${phone.contact}\r\n` +
        `Authorization: ${phone.authorization('INVITE', dialog.target)}\r\n${extraHeaders.map(line => `${line}\r\n`).join('')}` +
        `Content-Type: application/sdp\r\nContent-Length: ${Buffer.byteLength(sdp)}\r\n\r\n${sdp}`,
    );
  }

  ring(): void {
    this.reply(180);
  }

  /** 183 with our description: media comes up while it rings. */
  async ringWithMedia(): Promise<void> {
    this.reply(183, await this.prepareAnswer());
  }

  async answer(extraHeaders: readonly string[] = []): Promise<void> {
    this.reply(200, await this.prepareAnswer(), extraHeaders);
    this.state = 'confirmed';
    this.media.startSpeaking();
    await until('ACK', () => this.received.some(({ method }) => method === 'ACK'));
  }

  /** Sends the 200 and waits for nothing. */
  async sendAnswer(): Promise<void> {
    this.reply(200, await this.prepareAnswer());
    this.state = 'confirmed';
    this.media.startSpeaking();
  }

  /** A 200 with any description. */
  answerWith(body: string): void {
    this.reply(200, body);
  }

  decline(status: number): void {
    this.reply(status);
    this.state = 'ended';
  }

  /** Ends a confirmed call. */
  hangUp(): number {
    this.state = 'ended';
    void this.media.close();
    return this.request('BYE');
  }

  cancel(): void {
    const { dialog } = this;
    this.phone.send(
      `CANCEL ${dialog.target} SIP/2.0\r\nVia: SIP/2.0/WS test.invalid;branch=${this.inviteBranch}\r\nMax-Forwards: 70\r\n` +
        `From: ${dialog.local}\r\nTo: ${this.toOfInvite()}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${this.cseq} CANCEL\r\nContent-Length: 0\r\n\r\n`,
    );
  }

  /** Puts the receiver down, whatever this call is doing. */
  leave(): void {
    if (this.state === 'confirmed') this.hangUp();
    else if (this.state === 'early' && this.invite === null) this.cancel();
    else if (this.state === 'early') this.decline(480);
  }

  /** A request inside the dialog. Returns its CSeq. */
  request(method: string, extraHeaders: readonly string[] = [], body = '', cseq = ++this.cseq): number {
    const { dialog } = this;
    this.phone.send(
      `${method} ${dialog.target} SIP/2.0\r\nVia: SIP/2.0/WS test.invalid;branch=z9hG4bK${randomToken()}\r\nMax-Forwards: 70\r\n` +
        `From: ${dialog.local}\r\nTo: ${dialog.remote}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${cseq} ${method}\r\n` +
        `Contact: ${this.phone.contact}\r\n${extraHeaders.map(line => `${line}\r\n`).join('')}` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    return cseq;
  }

  /** Transfer (RFC 3515): `target` is a number of the centre, or a whole URI. The final response; NOTIFYs are in `received`. */
  async refer(target: string, extraHeaders: readonly string[] = []): Promise<SipText> {
    return this.response('REFER', this.referAndForget(target, extraHeaders));
  }

  /** The same, and nobody waits for what is said to it. @returns its CSeq */
  referAndForget(target: string, extraHeaders: readonly string[] = []): number {
    const { domain } = this.phone.options;
    const uri = /^sips?:/.test(target) ? target : `sip:${target}@${domain}`;
    return this.request('REFER', [`Refer-To: <${uri}>`, ...extraHeaders]);
  }

  /** What Replaces would say to take this call over (RFC 3891): with the tags as this phone sees them, or the other way round. */
  replaces({ isReversed = false } = {}): string {
    const tagOf = (value: string): string => /;tag=([^;]+)/.exec(value)?.[1] ?? '';
    const [to, from] = [tagOf(this.dialog.remote), tagOf(this.dialog.local)];
    return `${this.dialog.callId};to-tag=${isReversed ? from : to};from-tag=${isReversed ? to : from}`;
  }

  /** Attended transfer (RFC 5589 section 7): whom this call is with gets the party of the consultation call. */
  referTo(consult: PhoneCall, target: string, options: { isReversed?: boolean } = {}): Promise<SipText> {
    const { domain } = this.phone.options;
    return this.refer(`sip:${target}@${domain}?Replaces=${encodeURIComponent(consult.replaces(options))}`);
  }

  /** Status codes that NOTIFYs of a transfer told, in order (RFC 3515 section 2.4.4). */
  get notified(): number[] {
    return this.received
      .filter(({ method, status }) => method === 'NOTIFY' && status === null)
      .map(({ body }) => Number(/^SIP\/2\.0 (\d{3})/.exec(body)?.[1]));
  }

  response(method: string, cseq: number): Promise<SipText> {
    return until(`final response to ${method}`, () =>
      this.received.find(message => (message.status ?? 0) >= 200 && message.method === method && message.cseq === cseq),
    );
  }

  async reinvite(
    direction: 'sendrecv' | 'sendonly' | 'inactive',
    { extraHeaders = [], iceRestart = false }: { extraHeaders?: readonly string[]; iceRestart?: boolean } = {},
  ): Promise<SipText> {
    const sdp = await this.media.reoffer(direction, iceRestart);
    const cseq = this.request('INVITE', ['Content-Type: application/sdp', ...extraHeaders], sdp);
    const response = await this.response('INVITE', cseq);
    this.request('ACK', [], '', cseq);
    if (response.status === 200) await this.media.setAnswer(response.body);
    return response;
  }

  /** Fed by the phone with everything that belongs to this dialog. */
  async take(message: SipText): Promise<void> {
    if (this.startsAgain(message)) return;
    this.received.push(message);
    if (message.status !== null) await this.takeResponse(message);
    else if (message.method === 'NOTIFY') {
      if (!this.phone.heedsNotify) return;
      this.phone.reply(message, 200);
      // A sender ends its own call once the transfer succeeded (RFC 5589 section 6.1); some engines do not.
      if (this.state === 'confirmed' && message.body.startsWith('SIP/2.0 2')) this.hangUp();
    } else if (message.method === 'BYE' || message.method === 'CANCEL') {
      this.phone.reply(message, 200);
      if (message.method === 'CANCEL' && this.state === 'early') this.reply(487);
      this.state = 'ended';
      await this.media.close();
    }
  }

  /** A nonce that has become too old is no refusal: the same is asked once more, with the new one (RFC 7616 section 3.3). */
  private startsAgain(message: SipText): boolean {
    const { offered } = this;
    const isStale = message.status === 401 && /stale=true/i.test(message.header('www-authenticate'));
    if (!isStale || offered === null || message.cseq !== this.inviteCseq) return false;
    this.phone.acceptChallenge(message);
    this.start(offered.sdp, offered.extraHeaders);
    return true;
  }

  private async takeResponse(message: SipText): Promise<void> {
    if (message.method !== 'INVITE' || this.invite !== null || message.cseq !== this.inviteCseq) return;
    const status = message.status ?? 0;
    if (status > 100 && message.body !== '') {
      await this.media.setAnswer(message.body);
      this.media.startSpeaking();
    }
    if (status < 200) return;
    this.dialog.remote = message.header('to');
    if (status < 300) {
      this.dialog.target = message.contactUri;
      this.state = 'confirmed';
      if (this.acknowledges) this.request('ACK', [], '', message.cseq);
    } else if (status !== 401) this.state = 'ended';
  }

  private reply(status: number, body = '', extraHeaders: readonly string[] = []): void {
    if (this.invite === null) throw new Error('only an incoming call is answered');
    const headers = [`Contact: ${this.phone.contact}`, ...extraHeaders];
    this.phone.reply(this.invite, status, { body, extraHeaders: headers, to: this.dialog.local });
  }

  private toOfInvite(): string {
    return this.dialog.remote.replace(/;tag=.*/, '');
  }

  private async prepareAnswer(): Promise<string> {
    this.answerSdp ??= await this.media.answer(this.invite?.body ?? '');
    return this.answerSdp;
  }
}
