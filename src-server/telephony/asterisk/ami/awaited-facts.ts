import type { Clock } from '../../../../src-shared/base/clock';
import { AmiFailure } from './ami-connection';

/** Asterisk answers an order at once; that it was carried out is heard later, as an event. */
export class AwaitedFacts {
  /** By the name that who waits has given to the fact. */
  private readonly waiting = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  heard(name: string): void {
    this.waiting.get(name)?.();
  }

  /**
   * Gives an order. Resolves when all of these facts were heard since.
   * @throws AmiFailure when one of them was not heard in time; whatever `order` throws
   */
  async after(order: () => Promise<unknown>, names: readonly string[], withinMs: number): Promise<void> {
    let cancel: () => void = () => undefined;
    const isLate = new Promise<never>((_, reject) => {
      cancel = this.clock.after(withinMs, () =>
        reject(new AmiFailure(`nothing heard of ${names.join(' and ')} for ${withinMs} ms`)),
      );
    });
    const all = names.map(name => new Promise<void>(resolve => this.waiting.set(name, resolve)));
    try {
      await Promise.race([Promise.all([order(), ...all]), isLate]);
    } finally {
      cancel();
      for (const name of names) this.waiting.delete(name);
    }
  }
}
