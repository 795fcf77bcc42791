import { createSocket, type Socket } from 'node:dgram';
import { randomUUID } from 'node:crypto';
import { randomToken, SipText } from '../../test/telephony/sip-text';

/** RFC 3261 section 17.1.1.2, timer A; sent once more after it, and then given up. */
const resendAfterMs = 500;
const callerNumber = (index: number): string => `0145${String(index % 1_000_000).padStart(6, '0')}`;

interface CrowdCall {
  readonly id: string;
  readonly local: string;
  readonly queueNumber: string;
  remote: string;
  target: string;
  isUp: boolean;
}

/**
 * Very many people on the telephone, without a voice: customers who call queues over the trunk and hang up after a while, and
 * agents' desk phones that answer at once. What Asterisk sends them as sound goes to a port that nobody reads.
 */
export class SipCrowd {
  started = 0;
  ended = 0;
  refused = 0;
  private readonly rung = new Set<string>();
  private readonly calls = new Map<string, CrowdCall>();
  private readonly socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 8_000_000 });
  private readonly deafEar: Socket = createSocket('udp4');

  private constructor(
    private readonly own: { readonly host: string; readonly port: number },
    private readonly asteriskPort: number,
  ) {
    this.socket.on('message', data => this.take(new SipText(data.toString())));
  }

  static async open(host: string, port: number, asteriskPort: number): Promise<SipCrowd> {
    const crowd = new SipCrowd({ host, port }, asteriskPort);
    await new Promise<void>(bound => crowd.socket.bind(port, host, bound));
    await new Promise<void>(bound => crowd.deafEar.bind(0, host, bound));
    return crowd;
  }

  /** Calls of agents' phones, all of them answered. */
  get answered(): number {
    return this.rung.size;
  }

  get running(): number {
    return this.calls.size;
  }

  /** A customer calls this queue, and hangs up `lastsMs` later. */
  call(queueNumber: string, lastsMs: number): void {
    const id = randomUUID();
    const { host } = this.own;
    const call: CrowdCall = {
      id,
      local: `<sip:${callerNumber(this.started)}@${host}>;tag=${randomToken()}`,
      queueNumber,
      remote: `<sip:${queueNumber}@127.0.0.1>`,
      target: `sip:${queueNumber}@127.0.0.1:${this.asteriskPort}`,
      isUp: false,
    };
    this.calls.set(id, call);
    this.started++;
    const invite = this.request(call, 'INVITE', 1, this.description());
    this.send(invite);
    setTimeout(() => {
      if (!call.isUp && this.calls.has(id)) this.send(invite);
    }, resendAfterMs);
    setTimeout(() => this.hangUp(call), lastsMs);
  }

  close(): void {
    this.socket.close();
    this.deafEar.close();
  }

  private hangUp(call: CrowdCall): void {
    if (!this.calls.has(call.id)) return;
    if (call.isUp) this.send(this.request(call, 'BYE', 2));
    else this.calls.delete(call.id); // never answered: counted as started, not as ended
  }

  private take(message: SipText): void {
    const call = this.calls.get(message.header('call-id'));
    if (message.status === null) this.asked(message, call);
    else if (call !== undefined) this.told(message, message.status, call);
  }

  private told(message: SipText, status: number, call: CrowdCall): void {
    if (status < 200) return;
    if (message.method === 'BYE') {
      this.calls.delete(call.id);
      this.ended++;
    } else if (message.method === 'INVITE' && status < 300) {
      call.isUp = true;
      call.remote = message.header('to');
      call.target = message.contactUri;
      this.send(this.request(call, 'ACK', 1));
    } else if (message.method === 'INVITE') {
      this.calls.delete(call.id);
      this.refused++;
    }
  }

  /** An agent's phone is rung, or one end is hung up by Asterisk. */
  private asked(message: SipText, call: CrowdCall | undefined): void {
    if (message.method === 'ACK') return;
    if (message.method === 'INVITE') {
      const to = `${message.header('to')};tag=${message.header('call-id').slice(0, 8)}`;
      this.reply(message, 180, to);
      this.reply(message, 200, to, this.description());
      this.rung.add(message.header('call-id')); // Asterisk may ask twice: RFC 3261 section 17.1.1.2
      return;
    }
    this.reply(message, 200, message.header('to'));
    if (message.method !== 'BYE' || call === undefined) return;
    this.calls.delete(call.id);
    this.ended++;
  }

  private send(text: string): void {
    this.socket.send(text, this.asteriskPort, '127.0.0.1');
  }

  private description(): string {
    const { port, address } = this.deafEar.address();
    return `v=0\r\no=- 1 1 IN IP4 ${address}\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\na=sendrecv\r\n`;
  }

  private request(call: CrowdCall, method: string, cseq: number, body = ''): string {
    const { host, port } = this.own;
    return this.text(
      [
        `${method} ${call.target} SIP/2.0`,
        `Via: SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${randomToken()};rport`,
        'Max-Forwards: 70',
        `From: ${call.local}`,
        `To: ${call.remote}`,
        `Call-ID: ${call.id}`,
        `CSeq: ${cseq} ${method}`,
      ],
      body,
    );
  }

  private reply(request: SipText, status: number, to: string, body = ''): void {
    const copied = ['via', 'from', 'call-id', 'cseq'].flatMap(name =>
      request.all(name).map(value => `${name}: ${value}`),
    );
    this.send(this.text([`SIP/2.0 ${status} Test`, ...copied, `To: ${to}`], body));
  }

  private text(lines: readonly string[], body: string): string {
    const type = body === '' ? [] : ['Content-Type: application/sdp'];
    const contact = `Contact: <sip:crowd@${this.own.host}:${this.own.port}>`;
    const head = [...lines, contact, ...type, `Content-Length: ${Buffer.byteLength(body)}`];
    return `${head.join('\r\n')}\r\n\r\n${body}`;
  }
}
