/** Tells everyone who listens. A service owns one per kind of news; nobody else announces on it. */
export class Announcer<T> {
  readonly #listeners = new Set<(news: T) => void>();

  /** @returns a function that stops listening */
  hear(listener: (news: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  announce(news: T): void {
    Array.from(this.#listeners).forEach(listener => {
      try {
        listener(news);
      } catch (error) {
        // One listener's bug must not keep the news from the others; it goes to the crash handler by itself.
        queueMicrotask(() => {
          throw error;
        });
      }
    });
  }
}
