import type { Clock } from '../../../../src-shared/base/clock';
import type { SipFlow } from '../transport/sip-flow';
import type { URI } from '../transport/sip-core';

type BindingEnd = 'expired' | 'unregistered' | 'replaced' | 'revoked';

export interface Binding {
  readonly extension: string;
  readonly contact: URI;
  readonly flow: SipFlow;
  /** `+sip.instance` (RFC 5626) or, without one, the contact. */
  readonly instance: string;
  readonly expiresAt: number;
}

/** Where each extension's phone is: one contact per address of record, dropped when it expires. */
export class Location {
  private readonly bindings = new Map<string, { binding: Binding; cancelExpiry: () => void }>();

  constructor(
    private readonly clock: Clock,
    private readonly onAdded: (binding: Binding) => void,
    private readonly onRemoved: (binding: Binding, reason: BindingEnd) => void,
  ) {}

  find(extension: string): Binding | null {
    return this.bindings.get(extension)?.binding ?? null;
  }

  /** Adds or refreshes. Another device of the same extension is replaced. */
  put(binding: Binding): void {
    const former = this.bindings.get(binding.extension);
    former?.cancelExpiry();
    const isSameDevice = former?.binding.instance === binding.instance;
    if (former !== undefined && !isSameDevice) this.onRemoved(former.binding, 'replaced');
    const cancelExpiry = this.clock.after(binding.expiresAt - this.clock.now(), () =>
      this.remove(binding.extension, 'expired'),
    );
    this.bindings.set(binding.extension, { binding, cancelExpiry });
    if (!isSameDevice) this.onAdded(binding);
  }

  remove(extension: string, reason: BindingEnd): void {
    const former = this.bindings.get(extension);
    if (former === undefined) return;
    former.cancelExpiry();
    this.bindings.delete(extension);
    this.onRemoved(former.binding, reason);
  }

  extensionOf(flow: SipFlow): string | null {
    for (const { binding } of this.bindings.values()) if (binding.flow === flow) return binding.extension;
    return null;
  }

  /** Forgets all bindings without telling anybody: the engine stops. */
  clear(): void {
    for (const { cancelExpiry } of this.bindings.values()) cancelExpiry();
    this.bindings.clear();
  }
}
