import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { samplesPerFrame, silence, type AudioPort } from './audio-frame';
import { decodeMulaw, encodeMulaw } from './g711';
import { PlayoutBuffer } from './playout-buffer';
import { incomingSdp, isHoldOffer, outgoingSdp } from './sdp-rules';
import { TelephoneEventReader, type TelephoneEvent } from './telephone-event';

const mulawPayloadType = 0;
/** RFC 3551: dynamic payload types begin here; telephone-event is the only one we offer. */
const firstDynamicPayloadType = 96;
const codecs = {
  audio: [
    new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: mulawPayloadType }),
    new RTCRtpCodecParameters({
      mimeType: 'audio/telephone-event',
      clockRate: 8000,
      channels: 1,
      payloadType: 101,
      parameters: '0-15',
    }),
  ],
};

/** One phone's anchored media: WebRTC outside, frames of linear PCM inside. Closed ears until `open()`. */
export class MediaEndpoint implements AudioPort {
  private readonly connection: RTCPeerConnection;
  private readonly track = new MediaStreamTrack({ kind: 'audio' });
  private readonly playout = new PlayoutBuffer();
  private readonly keys = new TelephoneEventReader();
  private sequence = 0;
  private timestamp = 0;
  private sourceId: number | null = null;
  private isOpen = false;
  private isRemoteHolding = false;
  private answering: Promise<void> | null = null;
  private turn: Promise<void> = Promise.resolve();
  private isClosed = false;
  private packets = 0;
  private earlyPackets = 0;
  private lastPacketAt: number;
  private firstAfterAnswerAt: number | null = null;

  constructor(
    private readonly monotonic: () => number,
    private readonly onKey: (event: TelephoneEvent) => void,
    private readonly onTrouble: (message: string) => void,
  ) {
    this.lastPacketAt = monotonic();
    this.connection = new RTCPeerConnection({
      codecs,
      iceServers: [],
      iceLite: true,
      iceUseIpv4: true,
      iceUseIpv6: false,
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
      iceAdditionalHostAddresses: ['127.0.0.1'],
      bundlePolicy: 'max-bundle',
    });
    const known = new WeakSet<MediaStreamTrack>(); // a re-offer may announce the same track again
    this.connection.onTrack.subscribe(track => {
      if (!known.has(track)) track.onReceiveRtp.subscribe(packet => this.receive(packet));
      known.add(track);
    });
  }

  /** Audio packets since the beginning. */
  get packetsReceived(): number {
    return this.packets;
  }

  /** Audio packets that came before the call was answered; none of them is heard by anybody. */
  get packetsBeforeAnswer(): number {
    return this.earlyPackets;
  }

  /** When the first audio packet after the answer came: ms since the epoch, with fractions. */
  get firstPacketAfterAnswerAt(): number | null {
    return this.firstAfterAnswerAt;
  }

  /** Time since the last packet of any kind, or since it was opened. */
  get silentForMs(): number {
    return this.monotonic() - this.lastPacketAt;
  }

  get isHolding(): boolean {
    return this.isRemoteHolding;
  }

  /** From now on what the phone says is let through. */
  open(): void {
    this.isOpen = true;
    this.lastPacketAt = this.monotonic();
  }

  pull(): Int16Array {
    const frame = this.playout.take();
    return this.isRemoteHolding ? silence : frame;
  }

  push(frame: Int16Array): void {
    if (this.isRemoteHolding) return; // it offered sendonly or inactive
    this.sequence = (this.sequence + 1) & 0xffff;
    this.timestamp = (this.timestamp + samplesPerFrame) >>> 0;
    const header = new RtpHeader({
      payloadType: mulawPayloadType,
      sequenceNumber: this.sequence,
      timestamp: this.timestamp,
      ssrc: 1,
    });
    this.track.writeRtp(new RtpPacket(header, encodeMulaw(frame))); // dropped silently until DTLS is up
  }

  offer(): Promise<string> {
    return this.inTurn(async () => {
      this.connection.addTransceiver(this.track, { direction: 'sendrecv' });
      await this.connection.setLocalDescription(await this.connection.createOffer());
      return this.localSdp();
    });
  }

  /** Takes the phone's answer to our offer. Only the first counts (RFC 3261 section 13.2.1): later ones wait for it. */
  async setAnswer(sdp: string): Promise<void> {
    if (this.answering === null) {
      const usable = incomingSdp(sdp);
      this.answering = this.inTurn(() => this.connection.setRemoteDescription({ type: 'answer', sdp: usable }));
    }
    await this.answering;
  }

  get hasAnswer(): boolean {
    return this.answering !== null;
  }

  /** Answers a first offer or a re-offer (hold, resume, ICE restart). */
  async answer(sdp: string): Promise<string> {
    const usable = incomingSdp(sdp);
    return this.inTurn(async () => {
      await this.connection.setRemoteDescription({ type: 'offer', sdp: usable });
      this.isRemoteHolding = isHoldOffer(sdp);
      const [transceiver] = this.connection.getTransceivers();
      if (transceiver !== undefined && transceiver.sender.track !== this.track) {
        await transceiver.sender.replaceTrack(this.track);
        transceiver.setDirection('sendrecv');
      }
      await this.connection.setLocalDescription(await this.connection.createAnswer());
      this.goOnAfterIceRestart();
      return this.localSdp();
    });
  }

  /** Waits for what is under way: werift would open sockets after it was closed. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.turn;
    await this.connection.close();
  }

  /** One change of the session after the other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(() => {
      if (this.isClosed) throw new Error('media is closed');
      return work();
    });
    this.turn = result.then(
      () => undefined,
      () => undefined, // whoever asked is told by `result`
    );
    return result;
  }

  /** werift starts ICE together with DTLS only, so after a restart over living DTLS it would wait for ever. */
  private goOnAfterIceRestart(): void {
    for (const { state, iceTransport } of this.connection.dtlsTransports) {
      if (state !== 'connected' || iceTransport.state === 'connected') continue;
      iceTransport.start().catch((error: unknown) => this.onTrouble(`ICE restart failed: ${String(error)}`));
    }
  }

  private localSdp(): string {
    return outgoingSdp(this.connection.localDescription?.sdp ?? '');
  }

  private receive({ header, payload }: RtpPacket): void {
    this.lastPacketAt = this.monotonic();
    if (header.payloadType === mulawPayloadType) this.receiveAudio(header, payload);
    else if (header.payloadType >= firstDynamicPayloadType && this.isOpen)
      for (const event of this.keys.read(payload, header.timestamp)) this.onKey(event);
  }

  private receiveAudio(header: RtpHeader, payload: Buffer): void {
    this.packets++;
    if (!this.isOpen) {
      this.earlyPackets++;
      return;
    }
    this.firstAfterAnswerAt ??= performance.timeOrigin + performance.now();
    if (this.sourceId !== header.ssrc) this.playout.reset();
    this.sourceId = header.ssrc;
    if (payload.length === samplesPerFrame) this.playout.put(header.sequenceNumber, decodeMulaw(payload));
  }
}
