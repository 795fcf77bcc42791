import type { SipFlow } from '../transport/sip-flow';
import type { DialogName, SipLeg } from './sip-leg';

/** Every leg of every phone that lives now. */
export class PhoneLegs {
  private readonly legs = new Set<SipLeg>();

  constructor(private readonly onGone: (leg: SipLeg) => void) {}

  add(leg: SipLeg): void {
    this.legs.add(leg);
    leg.once('ended', () => {
      this.legs.delete(leg);
      this.onGone(leg);
    });
  }

  get all(): readonly SipLeg[] {
    return [...this.legs];
  }

  /** True when this extension has any call, ringing ones included. */
  isBusy(extension: string): boolean {
    return [...this.legs].some(leg => leg.extension === extension);
  }

  isUsing(flow: SipFlow): boolean {
    return [...this.legs].some(leg => leg.flow === flow);
  }

  /** The phone behind this flow has been replaced by another of the same extension. */
  phoneReplaced(flow: SipFlow): void {
    for (const leg of this.legs) if (leg.flow === flow) leg.phoneReplaced();
  }

  /** The leg of this extension's phone that Replaces names (RFC 3891). */
  withDialog(extension: string, dialog: DialogName): SipLeg | null {
    return [...this.legs].find(leg => leg.extension === extension && leg.isDialog(dialog)) ?? null;
  }

  find(legId: string): SipLeg | null {
    return [...this.legs].find(({ id }) => id === legId) ?? null;
  }
}
