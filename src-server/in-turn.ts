/** Work on one thing at a time, in the order in which it was asked for; different things (keys) do not wait for each other. */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  /** A failure is the failure of its own work only. */
  do<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work, work);
    this.last.set(key, mine);
    const forget = (): void => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
