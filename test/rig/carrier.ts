import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { randomToken, SipText } from '../telephony/sip-text';
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

  private constructor(
    readonly host: string,
    readonly asterisk: { readonly host: string; readonly port: number },
  ) {
    this.socket.on('message', (data, from) => void this.take(new SipText(data.toString()), from));
  }

  static async open(host: string, port: number, asterisk: { host: string; port: number }): Promise<Carrier> {
    const carrier = new Carrier(host, asterisk);
    await new Promise<void>(bound => carrier.socket.bind(port, host, bound));
    carrier.port = carrier.socket.address().port;
    return carrier;
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

  private async take(message: SipText, from: RemoteInfo): Promise<void> {
    const call = this.calls.find(({ dialog }) => dialog.callId === message.header('call-id'));
    if (call !== undefined) call.take(message);
    else if (message.method === 'INVITE' && message.status === null) await this.rung(message, from);
    else if (message.status === null && message.method !== 'ACK')
      this.reply(message, message.method === 'OPTIONS' ? 200 : 481);
  }

  /** A subscriber is called. */
  private async rung(invite: SipText, _from: RemoteInfo): Promise<void> {
    const number = /sip:([^@;>]+)/.exec(invite.startLine)?.[1] ?? '';
    const media = new CarrierMedia(700);
    const call = new CarrierCall(this, media, {
      callId: invite.header('call-id'),
      local: `${invite.header('to')};tag=${randomToken()}`,
      remote: invite.header('from'),
      target: invite.contactUri,
    });
    call.dialled = number;
    call.incoming = invite;
    this.calls.push(call);
    const status = endings[number.slice(-6)];
    if (status !== undefined) {
      call.refuse(status);
      return;
    }
    await media.open(this.host);
    call.ring();
    if (!number.endsWith(ringsForEver)) call.answer();
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
  private readonly branch = `z9hG4bK${randomToken()}`;
  private resend: NodeJS.Timeout | null = null;

  constructor(
    private readonly carrier: Carrier,
    readonly media: CarrierMedia,
    readonly dialog: Dialog,
  ) {}

  get heard(): CarrierMedia['heard'] {
    return this.media.heard;
  }

  invite(): void {
    const body = this.media.description(this.carrier.host);
    const text = this.requestText('INVITE', body, this.branch);
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
    } else if (this.state !== 'ended') this.carrier.send(this.requestText('CANCEL', '', this.branch));
    this.end();
  }

  end(): void {
    this.state = 'ended';
    this.stopResending();
    this.media.close();
  }

  take(message: SipText): void {
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
    if (message.method !== 'INVITE') return;
    this.stopResending();
    if (status === 180 || status === 183) this.state = 'ringing';
    if (status < 200) return;
    this.dialog.remote = message.header('to');
    if (status < 300) this.dialog.target = message.contactUri;
    this.carrier.send(this.requestText('ACK', '', status < 300 ? undefined : this.branch));
    if (this.status !== null) return;
    this.status = status;
    if (status >= 300) this.end();
    else if (this.state === 'ended') this.carrier.send(this.requestText('BYE', '', undefined, ++this.cseq));
    else {
      this.state = 'talking';
      this.media.speakTo(message.body);
    }
  }

  private stopResending(): void {
    if (this.resend !== null) clearInterval(this.resend);
    this.resend = null;
  }

  private requestText(method: string, body = '', branch = `z9hG4bK${randomToken()}`, cseq = this.cseq): string {
    const { dialog, carrier } = this;
    const address = `${carrier.host}:${carrier.port}`;
    return (
      `${method} ${dialog.target} SIP/2.0\r\nVia: SIP/2.0/UDP ${address};branch=${branch};rport\r\nMax-Forwards: 70\r\n` +
      `From: ${dialog.local}\r\nTo: ${dialog.remote}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${cseq} ${method}\r\n` +
      `Contact: <sip:carrier@${address}>\r\n${body === '' ? '' : 'Content-Type: application/sdp\r\n'}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  }
}
