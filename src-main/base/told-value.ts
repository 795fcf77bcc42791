import { Announcer } from './announcer';

/** What the centre told last, as a whole; null while it has told nothing, and for who is not told. */
export class ToldValue<T> {
  readonly changes = new Announcer<T | null>();
  #value: T | null = null;

  get value(): T | null {
    return this.#value;
  }

  told(value: T | null): void {
    this.#value = value;
    this.changes.announce(value);
  }
}
