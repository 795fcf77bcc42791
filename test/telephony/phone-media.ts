import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { ToneMeter } from '../../src-server/telephony/embedded/media/tone-meter';

const samplesPerFrame = 160;
const telephoneEventType = 101;

/** G.711 mu-law by the formula of the standard: other code than the engine's tables. */
export function encodeMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
export function decodeMulaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 132) << ((bits >> 4) & 0x07)) - 132;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
}

/** The WebRTC half of a test phone: plays one tone, measures what it hears. */
export class PhoneMedia {
  readonly heard = new ToneMeter();
  packetsReceived = 0;
  firstPacketAt: number | null = null;
  /** Arrival times, for burst and gap checks. */
  readonly arrivals: number[] = [];
  isMuted = false;
  hz: number;
  private readonly connection = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 }),
        new RTCRtpCodecParameters({
          mimeType: 'audio/telephone-event',
          clockRate: 8000,
          channels: 1,
          payloadType: telephoneEventType,
        }),
      ],
    },
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    // One address only: with two, the ends may settle on different pairs for a moment, Asterisk drops the DTLS that comes over the
    // other one, and werift's handshake does not recover from that.
    iceFilterCandidatePair: ({ localCandidate }) => localCandidate.host === '127.0.0.1',
    bundlePolicy: 'max-bundle',
  });
  private readonly track = new MediaStreamTrack({ kind: 'audio' });
  private timer: NodeJS.Timeout | null = null;
  /** What werift makes of our numbers on the wire. */
  private sent = { ssrc: 0, sequenceOffset: 0, timestampOffset: 0 };
  private position = 0;
  private sequence = 1000;
  private nextAt = 0;
  private isClosed = false;

  constructor(hz: number) {
    this.hz = hz;
    const known = new WeakSet<MediaStreamTrack>();
    this.connection.onTrack.subscribe(track => {
      if (known.has(track)) return;
      known.add(track);
      track.onReceiveRtp.subscribe(packet => {
        if (packet.header.payloadType !== 0) return;
        this.packetsReceived++;
        this.firstPacketAt ??= performance.now();
        this.arrivals.push(performance.now());
        this.heard.write(Int16Array.from(packet.payload, decodeMulaw));
      });
    });
  }

  get isConnected(): boolean {
    return this.connection.connectionState === 'connected';
  }

  get isSpeaking(): boolean {
    return this.timer !== null;
  }

  /** DER certificate that the other end of the media showed; null before. */
  get remoteCertificate(): Buffer | null {
    return this.connection.dtlsTransports[0]?.dtls?.remoteCertificate ?? null;
  }

  async offer(): Promise<string> {
    this.connection.addTransceiver(this.track, { direction: 'sendrecv' });
    await this.connection.setLocalDescription(await this.connection.createOffer());
    return this.sdp();
  }

  /** A new offer for hold or resume. */
  async reoffer(direction: 'sendrecv' | 'sendonly' | 'inactive', iceRestart = false): Promise<string> {
    this.connection.getTransceivers()[0]?.setDirection(direction);
    await this.connection.setLocalDescription(await this.connection.createOffer({ iceRestart }));
    return this.sdp();
  }

  async setAnswer(sdp: string): Promise<void> {
    if (this.isClosed || this.connection.signalingState !== 'have-local-offer') return;
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
    // werift starts ICE with DTLS only: after an ICE restart somebody else has to. Not waited for: what matters is the audio.
    for (const { state, iceTransport } of this.connection.dtlsTransports)
      if (state === 'connected' && iceTransport.state !== 'connected') void iceTransport.start();
  }

  async answer(sdp: string): Promise<string> {
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    const [transceiver] = this.connection.getTransceivers();
    await transceiver?.sender.replaceTrack(this.track);
    transceiver?.setDirection('sendrecv');
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return this.sdp();
  }

  /** Speaks from now on: the tone, or silence while muted. */
  startSpeaking(): void {
    if (this.isClosed) return;
    this.nextAt = performance.now();
    this.timer ??= setInterval(() => this.speak(), 10);
  }

  /** One key press by RFC 4733: `updates` packets, then the End packet three times, `lost` says which never leave. */
  sendKey(code: number, { updates = 3, isStartLost = false, lostEnds = 0 } = {}): void {
    const timestamp = this.position;
    this.position += samplesPerFrame * (updates + 1); // the next press has another timestamp
    const send = (duration: number, isEnd: boolean, marker: boolean): void => {
      const payload = Buffer.from([code, (isEnd ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
      this.writeEvent(payload, timestamp, marker);
    };
    for (let i = 1; i <= updates; i++) if (!(isStartLost && i === 1)) send(i * samplesPerFrame, false, i === 1);
    for (let i = lostEnds; i < 3; i++) send((updates + 1) * samplesPerFrame, true, false);
  }

  async close(): Promise<void> {
    this.cut();
    await this.connection.close();
  }

  /** As if the network had gone: nothing is sent any more, and nobody is told. */
  cut(): void {
    this.isClosed = true;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** The network is there again. */
  mend(): void {
    this.isClosed = false;
    this.startSpeaking();
  }

  private speak(): void {
    for (const now = performance.now(); this.nextAt <= now; this.nextAt += 20) {
      const payload = Buffer.alloc(samplesPerFrame);
      for (let i = 0; i < samplesPerFrame; i++)
        payload[i] = encodeMulaw(
          this.isMuted ? 0 : Math.round(6000 * Math.sin((2 * Math.PI * this.hz * (this.position + i)) / 8000)),
        );
      this.position += samplesPerFrame;
      this.write(payload, this.position);
    }
  }

  private write(payload: Buffer, timestamp: number): void {
    this.sequence = (this.sequence + 1) & 0xffff;
    const header = new RtpHeader({ payloadType: 0, sequenceNumber: this.sequence, timestamp, ssrc: 0 });
    this.track.writeRtp(new RtpPacket(header, payload));
    this.sent = {
      ssrc: header.ssrc,
      sequenceOffset: header.sequenceNumber - this.sequence,
      timestampOffset: header.timestamp - timestamp,
    };
  }

  /** Past werift's sender, which would make every packet one of the first codec: same stream, other payload type. */
  private writeEvent(payload: Buffer, timestamp: number, marker: boolean): void {
    const transport = this.connection.getTransceivers()[0]?.sender.dtlsTransport;
    this.sequence = (this.sequence + 1) & 0xffff;
    const header = new RtpHeader({
      payloadType: telephoneEventType,
      sequenceNumber: (this.sequence + this.sent.sequenceOffset) & 0xffff,
      timestamp: (timestamp + this.sent.timestampOffset) >>> 0,
      ssrc: this.sent.ssrc,
      marker,
    });
    void transport?.sendRtp(payload, header);
  }

  private sdp(): string {
    // A browser names its first candidate here. 0.0.0.0 would mean hold to those who still read RFC 2543, and port 0, which
    // werift writes for an inactive stream, that the stream is refused (RFC 3264 section 5.1).
    return (this.connection.localDescription?.sdp ?? '')
      .replaceAll('c=IN IP4 0.0.0.0', 'c=IN IP4 127.0.0.1')
      .replaceAll('m=audio 0 ', 'm=audio 9 ')
      .replaceAll(/^a=candidate:(?!.* 127\.0\.0\.1 ).*\r\n/gm, '');
  }
}
