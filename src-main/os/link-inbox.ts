import { app } from 'electron';
import { linkIn } from './link-argument';

/**
 * Links the operating system hands to the program, from its first moment on: macOS tells `open-url` before the app is ready, and
 * the program may have been started by a link. They wait until somebody listens. Free of schemas: part of the entry.
 */
export class LinkInbox {
  readonly #early: string[] = [];
  #listener: ((raw: string) => void) | null = null;

  constructor(argv: readonly string[]) {
    const own = linkIn(argv);
    if (own !== null) this.#early.push(own);
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#take(url);
    });
    // What the second instance found in its own command line: Chromium may change the order in the one it sends (Electron docs).
    app.on('second-instance', (_event, _argv, _folder, sent) => {
      const link: unknown = typeof sent === 'object' && sent !== null ? Reflect.get(sent, 'link') : null;
      if (typeof link === 'string') this.#take(link);
    });
  }

  listen(listener: (raw: string) => void): void {
    this.#listener = listener;
    this.#early.splice(0).forEach(listener);
  }

  #take(raw: string): void {
    if (this.#listener === null) this.#early.push(raw);
    else this.#listener(raw);
  }
}
