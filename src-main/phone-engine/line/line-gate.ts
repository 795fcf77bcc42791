/** Whether requests may be sent inside calls: open while the line is registered. */
export class LineGate {
  #isUp = false;
  readonly #waiting = new Set<() => void>();

  get isUp(): boolean {
    return this.#isUp;
  }

  open(): void {
    this.#isUp = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    waiting.forEach(run => run());
  }

  close(): void {
    this.#isUp = false;
  }

  /** @returns false when the line did not come up within `ms` */
  whenUp(ms: number): Promise<boolean> {
    if (this.#isUp) return Promise.resolve(true);
    return new Promise(resolve => {
      const up = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(up);
        resolve(false);
      }, ms);
      this.#waiting.add(up);
    });
  }
}
