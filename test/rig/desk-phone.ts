import { randomUUID } from 'node:crypto';
import { authorizationFor, randomToken, type SipText } from '../telephony/sip-text';
import { until } from '../telephony/sip-socket';
import { Carrier, type CarrierCall, type SipAccount } from './carrier';

export interface DeskPhoneOptions {
  /** Address of its own on this machine. */
  readonly host: string;
  readonly asterisk: { readonly host: string; readonly port: number };
  readonly extension: string;
  readonly password: string;
  readonly domain: string;
  /** The tone that is said into it. */
  readonly hz?: number;
  /** What it can: the first challenge that it knows is answered. */
  readonly algorithms?: readonly ('SHA-256' | 'MD5')[];
}

/** A phone on a desk: SIP over UDP with a password, plain RTP. Rings until somebody picks it up. */
export class DeskPhone extends Carrier {
  private readonly responses: SipText[] = [];
  private readonly registrationCallId = randomUUID();
  private cseqOfRegister = 0;

  private constructor(private readonly options: DeskPhoneOptions) {
    const account: SipAccount = { username: options.extension, password: options.password };
    super(options.host, options.asterisk, account);
  }

  static async plugIn(options: DeskPhoneOptions): Promise<DeskPhone> {
    const phone = new DeskPhone(options);
    await phone.listen(0);
    return phone;
  }

  /** @param expires 0 to sign off @returns the final response */
  async register(expires = 600): Promise<SipText> {
    const first = await this.sendRegister(expires, null);
    if (first.status !== 401) return first;
    const { extension: username, password: secret, algorithms = ['SHA-256', 'MD5'] } = this.options;
    const challenge = first
      .all('www-authenticate')
      .find(each => algorithms.some(algorithm => new RegExp(`algorithm="?${algorithm}"?(,|$)`, 'i').test(each)));
    if (challenge === undefined) return first;
    const uri = this.registrar;
    return this.sendRegister(expires, authorizationFor({ challenge, username, secret, method: 'REGISTER', uri }));
  }

  dial(number: string): Promise<CarrierCall> {
    const { extension, hz = 600 } = this.options;
    return this.call(number, { from: extension, hz });
  }

  /** The n-th call that rang here. */
  incoming(index = 0): Promise<CarrierCall> {
    return until('the desk phone rings', () => this.calls.filter(call => call.incoming !== null)[index]);
  }

  protected override async rung(invite: SipText): Promise<void> {
    (await this.incomingCall(invite, this.options.hz ?? 600)).ring();
  }

  protected override answered(response: SipText): void {
    this.responses.push(response);
  }

  private get registrar(): string {
    return `sip:${this.options.domain}`;
  }

  private sendRegister(expires: number, authorization: string | null): Promise<SipText> {
    const cseq = ++this.cseqOfRegister;
    const address = `<sip:${this.options.extension}@${this.options.domain}>`;
    this.send(
      `REGISTER ${this.registrar} SIP/2.0\r\nVia: SIP/2.0/UDP ${this.host}:${this.port};branch=z9hG4bK${randomToken()};rport\r\n` +
        `Max-Forwards: 70\r\nFrom: ${address};tag=${randomToken()}\r\nTo: ${address}\r\nCall-ID: ${this.registrationCallId}\r\n` +
        `CSeq: ${cseq} REGISTER\r\nContact: <sip:${this.options.extension}@${this.host}:${this.port}>;expires=${expires}\r\n` +
        `${authorization === null ? '' : `Authorization: ${authorization}\r\n`}Content-Length: 0\r\n\r\n`,
    );
    return until('response to REGISTER', () =>
      this.responses.find(each => each.method === 'REGISTER' && each.cseq === cseq),
    );
  }
}
