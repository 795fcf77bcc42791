import { createSocket, type Socket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { authorizationFor, randomToken, SipText } from '../telephony/sip-text';
import { until } from '../telephony/sip-socket';
import { CarrierMedia } from './carrier-media';

/** What a called subscriber does, by the end of the number: the same endings as the embedded engine's subscribers. */
const endings: Readonly<Record<string, number>> = {
  '000404': 404,
  '000480': 480,
  '000486': 486,
  '000603': 603,
};
const ringsForEver = '000408';
const resendAfterMs = 500;

/** Whoever has one answers a challenge of his call with it. */
export interface SipAccount {
  readonly username: string;
  readonly password: string;
}

interface CustomerOptions {
  readonly from?: string;
  /** Display name as it stands in the From header, quotes and all; null for none. */
  readonly name?: string | null;
  readonly hz?: number | null;
}

/**
 * The telephone network: customers who call over the SIP trunk and subscribers who are called, at an address of their own
 * on this machine. Raw SIP over UDP and raw RTP; nothing is shared with any engine.
 */
export class Carrier {
  readonly calls: CarrierCall[] = [];
  private readonly socket: Socket = createSocket('udp4');
  port = 0;

  protected constructor(
    readonly host: string,
    readonly asterisk: { readonly host: string; readonly port: number },
    readonly account: SipAccount | null = null,
  ) {
    this.socket.on('message', data => void this.take(new SipText(data.toString())));
  }

  static async open(host: string, port: number, asterisk: { host: string; port: number }): Promise<Carrier> {
    const carrier = new Carrier(host, asterisk);
    await carrier.listen(port);
    return carrier;
  }

  protected async listen(port: number): Promise<void> {
    await new Promise<void>(bound => this.socket.bind(port, this.host, bound));
    this.port = this.socket.address().port;
  }

  /** A customer dials a number of the centre. */
  async call(
    number: string,
    { from = '0033145550142', name = null, hz = 440 }: CustomerOptions = {},
  ): Promise<CarrierCall> {
    const media = new CarrierMedia(hz);
    await media.open(this.host);
    const call = new CarrierCall(this, media, {
      callId: randomUUID(),
      local: `${name === null ? '' : `${name} `}<sip:${from}@${this.host}>;tag=${randomToken()}`,
      remote: `<sip:${number}@${this.asterisk.host}>`,
      target: `sip:${number}@${this.asterisk.host}:${this.asterisk.port}`,
    });
    this.calls.push(call);
    call.invite();
    return call;
  }

  send(text: string): void {
    this.socket.send(text, this.asterisk.port, this.asterisk.host);
  }

  close(): void {
    for (const call of this.calls) call.end();
    this.socket.close();
  }

  /** A response to what is no call's. */
  protected answered(_response: SipText): void {}

  private async take(message: SipText): Promise<void> {
    const call = this.calls.find(({ dialog }) => dialog.callId === message.header('call-id'));
    if (call !== undefined) call.take(message);
    else if (message.method === 'INVITE' && message.status === null) await this.rung(message);
    else if (message.status !== null) this.answered(message);
    else if (message.method !== 'ACK') this.reply(message, message.method === 'OPTIONS' ? 200 : 481);
  }

  /** A subscriber is called. */
  protected async rung(invite: SipText): Promise<void> {
    const call = await this.incomingCall(invite, 700);
    const status = endings[call.dialled.slice(-6)];
    if (status !== undefined) {
      call.refuse(status);
      return;
    }
    call.ring();
    if (!call.dialled.endsWith(ringsForEver)) call.answer();
  }

  protected async incomingCall(invite: SipText, hz: number): Promise<CarrierCall> {
    const media = new CarrierMedia(hz);
    const call = new CarrierCall(this, media, {
      callId: invite.header('call-id'),
      local: `${invite.header('to')};tag=${randomToken()}`,
      remote: invite.header('from'),
      target: invite.contactUri,
    });
    call.dialled = /sip:([^@;>]+)/.exec(invite.startLine)?.[1] ?? '';
    call.incoming = invite;
    this.calls.push(call);
    await media.open(this.host);
    return call;
  }

  reply(request: SipText, status: number, to = request.header('to'), body = ''): void {
    const lines = [
      `SIP/2.0 ${status} Test`,
      ...request.all('via').map(via => `Via: ${via}`),
      `From: ${request.header('from')}`,
      `To: ${to}`,
      `Call-ID: ${request.header('call-id')}`,
      `CSeq: ${request.header('cseq')}`,
      `Contact: <sip:carrier@${this.host}:${this.port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}

interface Dialog {
  readonly callId: string;
  readonly local: string;
  remote: string;
  target: string;
}

/** One call over the trunk, in either direction. */
export class CarrierCall {
  state: 'calling' | 'ringing' | 'talking' | 'ended' = 'calling';
  /** Final status of our INVITE. */
  status: number | null = null;
  dialled = '';
  incoming: SipText | null = null;
  private cseq = 1;
  /** Everything that came in this dialog. */
  readonly received: SipText[] = [];
  private branch = `z9hG4bK${randomToken()}`;
  private hasAuthorized = false;
  private resend: NodeJS.Timeout | null = null;

  constructor(
    private readonly carrier: Carrier,
    readonly media: CarrierMedia,
    readonly dialog: Dialog,
  ) {}

  get heard(): CarrierMedia['heard'] {
    return this.media.heard;
  }

  invite(extraHeaders: readonly string[] = []): void {
    const body = this.media.description(this.carrier.host);
    const text = this.requestText('INVITE', { body, branch: this.branch, extraHeaders });
    this.carrier.send(text);
    // UDP may lose a packet while Asterisk is coming up: RFC 3261 section 17.1.1.2, timer A.
    this.resend = setInterval(() => this.carrier.send(text), resendAfterMs);
  }

  ring(): void {
    this.state = 'ringing';
    if (this.incoming !== null) this.carrier.reply(this.incoming, 180, this.dialog.local);
  }

  answer(): void {
    if (this.incoming === null) return;
    this.state = 'talking';
    this.carrier.reply(this.incoming, 200, this.dialog.local, this.media.description(this.carrier.host));
    this.media.speakTo(this.incoming.body);
  }

  refuse(status: number): void {
    if (this.incoming === null) return;
    this.carrier.reply(this.incoming, status, this.dialog.local);
    this.state = 'ended';
  }

  hangUp(): void {
    if (this.state === 'talking') {
      this.cseq++;
      this.carrier.send(this.requestText('BYE'));
    } else if (this.state !== 'ended') this.carrier.send(this.requestText('CANCEL', { branch: this.branch }));
    this.end();
  }

  end(): void {
    this.state = 'ended';
    this.stopResending();
    this.media.close();
  }

  /** A request inside the dialog. @returns its final response */
  async request(method: string, extraHeaders: readonly string[] = [], body = ''): Promise<SipText> {
    const cseq = ++this.cseq;
    this.carrier.send(this.requestText(method, { body, extraHeaders }));
    const response = await until(`response to ${method}`, () =>
      this.received.find(each => (each.status ?? 0) >= 200 && each.method === method && each.cseq === cseq),
    );
    if (method === 'INVITE') this.carrier.send(this.requestText('ACK'));
    return response;
  }

  /** Re-INVITE with this direction, as a phone does that holds (`sendonly`) and takes up again (`sendrecv`). */
  reinvite(direction: 'sendonly' | 'sendrecv'): Promise<SipText> {
    const body = this.media.description(this.carrier.host).replace('a=sendrecv', `a=${direction}`);
    return this.request('INVITE', [], body);
  }

  take(message: SipText): void {
    this.received.push(message);
    if (message.status !== null) this.takeResponse(message, message.status);
    else if (message.method === 'INVITE') this.retransmittedOrReoffered(message);
    else if (message.method === 'BYE' || message.method === 'CANCEL') {
      this.carrier.reply(message, 200);
      if (message.method === 'CANCEL' && this.incoming !== null)
        this.carrier.reply(this.incoming, 487, this.dialog.local);
      this.end();
    } else if (message.method !== 'ACK') this.carrier.reply(message, 200);
  }

  private retransmittedOrReoffered(message: SipText): void {
    if (this.incoming !== null && message.cseq === this.incoming.cseq) return;
    this.carrier.reply(message, 200, message.header('to'), this.media.description(this.carrier.host));
    this.media.speakTo(message.body);
  }

  private takeResponse(message: SipText, status: number): void {
    if (message.method !== 'INVITE' || this.incoming !== null || this.state === 'talking') return;
    this.stopResending();
    if (status === 401 && this.carrier.account !== null && !this.hasAuthorized) {
      this.authorize(message, this.carrier.account);
      return;
    }
    if (status === 180 || status === 183) this.state = 'ringing';
    if (status < 200) return;
    this.dialog.remote = message.header('to');
    if (status < 300) this.dialog.target = message.contactUri;
    this.carrier.send(this.requestText('ACK', status < 300 ? {} : { branch: this.branch }));
    if (this.status !== null) return;
    this.status = status;
    if (status >= 300) this.end();
    else if (this.state === 'ended') {
      this.cseq++;
      this.carrier.send(this.requestText('BYE'));
    } else {
      this.state = 'talking';
      this.media.speakTo(message.body);
    }
  }

  /** The same call again, with an answer to the challenge (RFC 3261 section 22.2). */
  private authorize(challenged: SipText, { username, password }: SipAccount): void {
    const { remote, target } = this.dialog;
    this.dialog.remote = challenged.header('to');
    this.carrier.send(this.requestText('ACK', { branch: this.branch }));
    this.dialog.remote = remote;
    this.hasAuthorized = true;
    this.cseq++;
    this.branch = `z9hG4bK${randomToken()}`;
    const challenge = challenged.header('www-authenticate');
    const answer = authorizationFor({ challenge, username, secret: password, method: 'INVITE', uri: target });
    this.invite([`Authorization: ${answer}`]);
  }

  private stopResending(): void {
    if (this.resend !== null) clearInterval(this.resend);
    this.resend = null;
  }

  private requestText(
    method: string,
    { body = '', branch = `z9hG4bK${randomToken()}`, extraHeaders = [] }: Text = {},
  ): string {
    const { dialog, carrier, cseq } = this;
    const address = `${carrier.host}:${carrier.port}`;
    return (
      `${method} ${dialog.target} SIP/2.0\r\nVia: SIP/2.0/UDP ${address};branch=${branch};rport\r\nMax-Forwards: 70\r\n` +
      `From: ${dialog.local}\r\nTo: ${dialog.remote}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${cseq} ${method}\r\n` +
      `Contact: <sip:${userOf(dialog.local)}@${address}>\r\n${extraHeaders.map(line => `${line}\r\n`).join('')}` +
      `${body === '' ? '' : 'Content-Type: application/sdp\r\n'}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  }
}

interface Text {
  readonly body?: string;
  readonly branch?: string;
  readonly extraHeaders?: readonly string[];
}

const userOf = (address: string): string => /sip:([^@]+)@/.exec(address)?.[1] ?? 'carrier';
