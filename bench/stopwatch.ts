import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Told in the page: milliseconds. */
    benchTook(ms: number): void;
  }
}

/** What a page measures, as it comes. A page that were asked again and again would be measured with the asking. */
export class Stopwatch {
  private readonly came: number[] = [];
  private waiting: ((ms: number) => void) | null = null;

  static async in(page: Page): Promise<Stopwatch> {
    const watch = new Stopwatch();
    await page.exposeFunction('benchTook', (ms: number) => watch.take(ms));
    return watch;
  }

  /** The next one; null when none came in time. */
  async next(withinMs = 15_000): Promise<number | null> {
    const first = this.came.shift();
    if (first !== undefined) return first;
    return new Promise(done => {
      const late = setTimeout(() => {
        this.waiting = null;
        done(null);
      }, withinMs);
      this.waiting = ms => {
        clearTimeout(late);
        done(ms);
      };
    });
  }

  /** @throws Error when none came in time */
  async sure(what: string, withinMs?: number): Promise<number> {
    const ms = await this.next(withinMs);
    if (ms === null) throw new Error(`bench: ${what} did not happen`);
    return ms;
  }

  private take(ms: number): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) this.came.push(ms);
    else waiting(ms);
  }
}
