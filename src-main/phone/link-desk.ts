import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src-shared/base/clock';
import { parsePhoneLink } from '../../src-shared/customers/phone-link';
import { AppError } from '../../src-shared/errors/app-error';
import type { WaitingLink } from '../../src-shared/ipc/agent-notices';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';

/** How long a link waits for somebody to sign in. */
export const keptForSignInMs = 120_000;
/** A page that opens links in a loop gets one card a second, not a thousand. */
const calmMs = 1_000;

export interface LinkDeskNeeds {
  readonly clock: Clock;
  readonly log: Logger;
  readonly isSignedIn: () => boolean;
  readonly dial: (number: string) => Promise<{ callId: string }>;
  readonly nameOf: (number: string) => Promise<string | null>;
}

/** The link that waits for an answer from the person. It never dials by itself; the newest takes the place of an older one. */
export class LinkDesk {
  readonly changes = new Announcer<WaitingLink | null>();
  /** A link was refused: it is no plain telephone number. */
  readonly refusals = new Announcer<void>();
  #waiting: WaitingLink | null = null;
  #lastAt = Number.NEGATIVE_INFINITY;
  #forget: () => void = () => undefined;

  constructor(private readonly needs: LinkDeskNeeds) {}

  get waiting(): WaitingLink | null {
    return this.#waiting;
  }

  /** The desktop opened a link. */
  open(raw: string): void {
    const { clock, log, isSignedIn } = this.needs;
    const now = clock.monotonic();
    if (now - this.#lastAt < calmMs) return log.warn('link ignored: too soon after another');
    this.#lastAt = now;
    const parsed = parsePhoneLink(raw);
    if (!parsed.ok) {
      log.warn(`link refused: ${parsed.problem}, ${raw.length} characters`);
      return this.refusals.announce();
    }
    log.info('link waits for an answer');
    this.#show({ id: randomUUID(), name: null, ...parsed.link });
    if (!isSignedIn()) this.#forget = clock.after(keptForSignInMs, () => this.#show(null));
    this.#lookUp();
  }

  /** Somebody signed in: what waits does not go away by itself any more. */
  signedIn(): void {
    this.#forget();
    this.#lookUp();
  }

  /** What one person opened is not the next one's question. */
  signedOut(): void {
    this.#show(null);
  }

  /** The person said yes. The card stays if the call cannot be made. @throws AppError `link/gone` and as `CallActions.dial` */
  async call(linkId: string): Promise<{ callId: string }> {
    const link = this.#waiting;
    if (link?.id !== linkId) throw new AppError('link/gone');
    const dialled = await this.needs.dial(link.number);
    this.dismiss(linkId);
    return dialled;
  }

  dismiss(linkId: string): void {
    if (this.#waiting?.id === linkId) this.#show(null);
  }

  #lookUp(): void {
    const link = this.#waiting;
    if (link === null || !this.needs.isSignedIn()) return;
    this.needs.nameOf(link.number).then(
      name => {
        if (name !== null && this.#waiting?.id === link.id) this.#show({ ...this.#waiting, name });
      },
      (error: unknown) => this.needs.log.warn(`name for link not looked up: ${reasonOf(error)}`),
    );
  }

  #show(link: WaitingLink | null): void {
    if (link?.id !== this.#waiting?.id) this.#forget();
    if (link === null && this.#waiting === null) return;
    this.#waiting = link;
    this.changes.announce(link);
  }
}
