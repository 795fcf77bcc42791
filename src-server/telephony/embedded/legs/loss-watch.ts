import type { Clock } from '../../../../src-shared/base/clock';
import type { EngineTiming } from '../engine-options';
import type { MediaEndpoint } from '../media/media-endpoint';
import type { SipFlow } from '../transport/sip-flow';

/** How often a phone without socket is looked at. */
export const lossCheckMs = 250;
/** A phone that sends media does so every 20 ms. */
const mediaGapMs = 1000;
const heldPatienceFactor = 4;

interface LossWatchParts {
  readonly clock: Clock;
  readonly timing: EngineTiming;
  readonly flow: SipFlow;
  readonly port: MediaEndpoint;
  readonly isConfirmed: () => boolean;
  readonly onDead: () => void;
}

/** Whether the phone of a leg is still there, as its media say. Looks by itself while the phone has no socket. */
export class LossWatch {
  private isPhoneReplaced = false;
  /** When the socket closed; null while it is open, and for a phone that holds and was silent already. */
  private cutOffAt: number | null = null;
  private heldAt = 0;
  private cancelCheck: () => void = () => undefined;
  private readonly flowDown = (silentSince: number | null): void => {
    const since = silentSince ?? this.now;
    const wasSending = this.now - this.parts.port.silentForMs > since - mediaGapMs;
    this.cutOffAt = this.parts.port.isHolding && !wasSending ? null : since;
    this.watch(silentSince === null ? lossCheckMs : 0);
  };

  constructor(private readonly parts: LossWatchParts) {
    parts.flow.on('down', this.flowDown);
  }

  stop(): void {
    this.cancelCheck();
    this.parts.flow.off('down', this.flowDown);
  }

  /** The phone holds from now on. */
  held(): void {
    this.heldAt = this.now;
  }

  phoneReplaced(): void {
    this.isPhoneReplaced = true;
    if (!this.parts.flow.isUp) this.watch();
  }

  get isSending(): boolean {
    return this.parts.port.silentForMs < mediaGapMs;
  }

  /** How long nothing has come from a phone that talks, or that holds and went on sending: some fall silent when they hold. */
  get missedForMs(): number {
    const { isConfirmed, port } = this.parts;
    const { silentForMs, isHolding } = port;
    const mayBeSilent = isHolding && this.now - silentForMs < this.heldAt + mediaGapMs;
    return isConfirmed() && !mayBeSilent ? silentForMs : 0;
  }

  /** A phone that holds may rightly send nothing for a while. */
  get hasDeadMedia(): boolean {
    const { port, timing } = this.parts;
    const { replacedMediaMs, diedMediaMs, deadMediaMs } = timing;
    const { silentForMs, isHolding } = port;
    if (this.isPhoneReplaced) return silentForMs >= replacedMediaMs;
    if (this.deadForMs >= diedMediaMs) return true;
    return silentForMs >= deadMediaMs * (isHolding ? heldPatienceFactor : 1);
  }

  /** How long a phone that talks has had neither a socket nor media, both from the same moment on; 0 for any other. */
  private get deadForMs(): number {
    const { cutOffAt } = this;
    if (cutOffAt === null || !this.parts.isConfirmed()) return 0;
    const { silentForMs } = this.parts.port;
    const cutOffForMs = this.now - cutOffAt;
    return silentForMs >= cutOffForMs - mediaGapMs ? Math.min(silentForMs, cutOffForMs) : 0;
  }

  private get now(): number {
    return this.parts.clock.monotonic();
  }

  private watch(afterMs = lossCheckMs): void {
    this.cancelCheck();
    this.cancelCheck = this.parts.clock.after(afterMs, () => {
      if (this.parts.flow.isUp) return;
      if (this.hasDeadMedia) this.parts.onDead();
      else this.watch();
    });
  }
}
