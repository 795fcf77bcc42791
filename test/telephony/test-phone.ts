import { randomUUID } from 'node:crypto';
import { PhoneCall } from './phone-call';
import { SipSocket, until } from './sip-socket';
import { SipText, authorizationFor, randomToken } from './sip-text';

interface ReplyParts {
  readonly body?: string;
  readonly extraHeaders?: readonly string[];
  /** To value with our tag. */
  readonly to?: string;
}

export interface PhoneOptions {
  readonly url: string;
  readonly extension: string;
  readonly secret: string;
  readonly domain: string;
  /** The tone this phone speaks. */
  readonly hz?: number;
  readonly instance?: string;
  /** PEM of the authority that it trusts over wss. */
  readonly ca?: string;
}

/** A SIP phone for tests: raw SIP text over a WebSocket and a WebRTC stack of its own. Nothing is shared with the app's phone. */
export class TestPhone {
  readonly calls: PhoneCall[] = [];
  readonly contact: string;
  /** Answers 180 to each INVITE by itself. */
  ringsByItself = true;
  /** Answers NOTIFY, and ends its own call once its transfer is through. */
  heedsNotify = true;
  isOffline = false;
  private readonly registrationCallId = randomUUID();
  private readonly instance: string;
  private cseq = 0;
  private nonceCount = 0;
  private challenge = '';

  private constructor(
    readonly options: PhoneOptions,
    public socket: SipSocket,
  ) {
    this.contact = `<sip:${randomToken()}@test.invalid;transport=ws>`;
    this.instance = options.instance ?? randomUUID();
    this.listen();
  }

  static async connect(options: PhoneOptions): Promise<TestPhone> {
    return new TestPhone(options, await SipSocket.open(options.url, {}, options.ca));
  }

  static async registered(options: PhoneOptions): Promise<TestPhone> {
    const phone = await TestPhone.connect(options);
    const response = await phone.register();
    if (response.status !== 200) throw new Error(`not registered: ${response.startLine}`);
    return phone;
  }

  /** Registers; answers the challenge. The final response. */
  async register({ expires = 600, contact = this.registrationContact(expires) } = {}): Promise<SipText> {
    const first = await this.sendRegister(
      contact,
      this.challenge === '' ? null : this.authorization('REGISTER', this.registrar()),
    );
    if (first.status !== 401) return first;
    this.acceptChallenge(first);
    return this.sendRegister(contact, this.authorization('REGISTER', this.registrar()));
  }

  /** One REGISTER with exactly this Authorization. */
  async sendRegister(
    contact: string | null,
    authorization: string | null,
    from = this.options.extension,
  ): Promise<SipText> {
    const cseq = ++this.cseq;
    const { domain } = this.options;
    this.send(
      `REGISTER ${this.registrar()} SIP/2.0\r\nVia: SIP/2.0/WS test.invalid;branch=z9hG4bK${randomToken()}\r\nMax-Forwards: 70\r\n` +
        `From: <sip:${from}@${domain}>;tag=${randomToken()}\r\nTo: <sip:${from}@${domain}>\r\nCall-ID: ${this.registrationCallId}\r\n` +
        `CSeq: ${cseq} REGISTER\r\n${contact === null ? '' : `Contact: ${contact}\r\n`}` +
        `${authorization === null ? '' : `Authorization: ${authorization}\r\n`}Content-Length: 0\r\n\r\n`,
    );
    return this.socket.message(
      'response to REGISTER',
      message => message.method === 'REGISTER' && message.cseq === cseq,
    );
  }

  registrar(): string {
    return `sip:${this.options.domain}`;
  }

  registrationContact(expires: number): string {
    return `${this.contact};+sip.instance="<urn:uuid:${this.instance}>";expires=${expires}`;
  }

  /** Takes the strongest challenge of a 401, which is the first. */
  acceptChallenge(response: SipText): void {
    this.challenge = response.header('www-authenticate');
    this.nonceCount = 0;
  }

  authorization(method: string, uri: string): string {
    const { extension, secret } = this.options;
    return authorizationFor({
      challenge: this.challenge,
      username: extension,
      secret,
      method,
      uri,
      count: ++this.nonceCount,
    });
  }

  /** Dials; the call's `received` shows what came back. */
  async dial(number: string, extraHeaders: readonly string[] = [], body?: string): Promise<PhoneCall> {
    const { domain, extension } = this.options;
    const target = `sip:${number}@${domain}`;
    const local = `<sip:${extension}@${domain}>;tag=${randomToken()}`;
    const dialog = { callId: randomUUID(), local, remote: `<${target}>`, target };
    const call = new PhoneCall(this, dialog, this.options.hz ?? 600);
    this.calls.push(call);
    call.start(body ?? (await call.media.offer()), extraHeaders);
    return call;
  }

  /** The incoming call number `index` of this phone, waited for. */
  incoming(index = 0, withinMs?: number): Promise<PhoneCall> {
    return until(
      `incoming call at ${this.options.extension}`,
      () => this.calls.filter(({ invite }) => invite !== null)[index],
      withinMs,
    );
  }

  get incomingCount(): number {
    return this.calls.filter(({ invite }) => invite !== null).length;
  }

  /** Comes back over a new socket, as after a loss of network. */
  async reconnect(): Promise<void> {
    this.socket = await SipSocket.open(this.options.url);
    this.listen();
    const response = await this.register();
    if (response.status !== 200) throw new Error(`not registered again: ${response.startLine}`);
  }

  /** Its network is gone, and no end is told of it: the socket seems open for a while. */
  loseNetwork(): void {
    this.isOffline = true;
    this.socket.isReached = false;
    for (const { media } of this.calls) media.cut();
  }

  /** What was sent meanwhile is lost; calls that were up are up. */
  regainNetwork(): void {
    this.isOffline = false;
    this.socket.isReached = true;
    for (const { media, state } of this.calls) if (state === 'confirmed') media.mend();
  }

  send(text: string): void {
    if (!this.isOffline) this.socket.send(text);
  }

  reply(
    request: SipText,
    status: number,
    { body = '', extraHeaders = [], to = request.header('to') }: ReplyParts = {},
  ): void {
    const toValue = to.includes(';tag=') ? to : `${to};tag=${randomToken()}`;
    this.send(
      `SIP/2.0 ${status} Test\r\n${request
        .all('via')
        .map(via => `Via: ${via}\r\n`)
        .join('')}From: ${request.header('from')}\r\n` +
        `To: ${toValue}\r\nCall-ID: ${request.header('call-id')}\r\nCSeq: ${request.header('cseq')}\r\n` +
        `${extraHeaders.map(line => `${line}\r\n`).join('')}${body === '' ? '' : 'Content-Type: application/sdp\r\n'}` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  async close(): Promise<void> {
    this.socket.cut();
    await Promise.all(this.calls.map(({ media }) => media.close()));
  }

  private listen(): void {
    this.socket.onMessage = message => void (this.isOffline || this.dispatch(message));
  }

  private async dispatch(message: SipText): Promise<void> {
    const call = this.calls.find(({ dialog }) => dialog.callId === message.header('call-id'));
    if (call !== undefined) await call.take(message);
    else if (message.method === 'INVITE' && message.status === null) this.ringing(message);
  }

  private ringing(invite: SipText): void {
    const local = `${invite.header('to')};tag=${randomToken()}`;
    const dialog = {
      callId: invite.header('call-id'),
      local,
      remote: invite.header('from'),
      target: invite.contactUri,
    };
    const call = new PhoneCall(this, dialog, this.options.hz ?? 600);
    call.invite = invite;
    this.calls.push(call);
    if (this.ringsByItself) call.ring();
  }
}
