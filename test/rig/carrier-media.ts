import { createSocket, type Socket } from 'node:dgram';
import { rms, ToneMeter, toneLevel } from '../../src-server/telephony/embedded/media/tone-meter';
import { decodeMulaw, encodeMulaw } from '../telephony/phone-media';

const samplesPerFrame = 160;
const headerBytes = 12;
const eventType = 101;
/** Of the energy of a packet; music has far less of it in one tone. */
const purity = 0.7;
const audible = 100;

/** Plain RTP with G.711 mu-law: says one tone, measures what it hears. */
export class CarrierMedia {
  readonly heard = new ToneMeter();
  packetsReceived = 0;
  /** By `performance.now()`. */
  lastArrival = 0;
  /** Keys that the other end pressed. */
  keys = '';
  /** When the tone that is waited for was heard first; ms since the epoch with fractions. */
  toneBeganAt: number | null = null;
  private awaitedHz: number | null = null;
  private lastKeyAt = -1;
  port = 0;
  /** Its network is gone: nothing goes out and nothing comes in. */
  isOffline = false;
  private readonly socket: Socket = createSocket('udp4');
  private timer: NodeJS.Timeout | null = null;
  private sequence = 1;
  private position = 0;
  private nextAt = 0;
  private target: { readonly host: string; readonly port: number } | null = null;
  private isClosed = false;

  constructor(public hz: number | null) {
    this.socket.on('message', packet => {
      if (packet.length <= headerBytes || this.isOffline) return;
      const type = (packet[1] ?? 0) & 0x7f;
      if (type === eventType) this.keyPacket(packet);
      if (type !== 0) return;
      this.packetsReceived++;
      this.lastArrival = performance.now();
      const samples = Int16Array.from(packet.subarray(headerBytes), decodeMulaw);
      this.heard.write(samples);
      this.stampTone(samples);
    });
  }

  /** From now on the first packet that holds this tone and little else is stamped. */
  awaitTone(hz: number): void {
    this.awaitedHz = hz;
  }

  private stampTone(samples: Int16Array): void {
    if (this.awaitedHz === null || this.toneBeganAt !== null) return;
    const loudness = rms(samples);
    if (loudness > audible && toneLevel(samples, this.awaitedHz) ** 2 / 2 > purity * loudness ** 2)
      this.toneBeganAt = performance.timeOrigin + performance.now();
  }

  async open(host: string): Promise<void> {
    await new Promise<void>(bound => this.socket.bind(0, host, bound));
    this.port = this.socket.address().port;
  }

  /** Session description with this end; `host` as bound. */
  description(host: string): string {
    return (
      `v=0\r\no=- 1 1 IN IP4 ${host}\r\ns=-\r\nc=IN IP4 ${host}\r\nt=0 0\r\nm=audio ${this.port} RTP/AVP 0 ${eventType}\r\n` +
      `a=rtpmap:0 PCMU/8000\r\na=rtpmap:${eventType} telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n`
    );
  }

  /** Speaks to where the other end's description says. */
  speakTo(sdp: string): void {
    const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    if (host === undefined || !(port > 0)) return;
    this.target = { host, port };
    if (this.timer !== null || this.isClosed) return;
    this.nextAt = performance.now();
    this.timer = setInterval(() => this.speak(), 10);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.timer !== null) clearInterval(this.timer);
    this.socket.close();
  }

  /** RFC 4733: the End packet comes three times, with one timestamp. */
  private keyPacket(packet: Buffer): void {
    const isEnd = ((packet[headerBytes + 1] ?? 0) & 0x80) !== 0;
    const timestamp = packet.readUInt32BE(4);
    if (!isEnd || timestamp === this.lastKeyAt) return;
    this.lastKeyAt = timestamp;
    this.keys += '0123456789*#ABCD'[packet[headerBytes] ?? 16] ?? '';
  }

  private speak(): void {
    for (const now = performance.now(); this.nextAt <= now; this.nextAt += 20) {
      const packet = Buffer.alloc(headerBytes + samplesPerFrame);
      packet[0] = 0x80;
      packet.writeUInt16BE(this.sequence++ & 0xffff, 2);
      packet.writeUInt32BE(this.position >>> 0, 4);
      packet.writeUInt32BE(0x1234, 8);
      for (let i = 0; i < samplesPerFrame; i++)
        packet[headerBytes + i] = encodeMulaw(
          this.hz === null ? 0 : Math.round(6000 * Math.sin((2 * Math.PI * this.hz * (this.position + i)) / 8000)),
        );
      this.position += samplesPerFrame;
      if (this.target !== null && !this.isOffline) this.socket.send(packet, this.target.port, this.target.host);
    }
  }
}
