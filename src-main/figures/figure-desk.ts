import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { FiguresView } from '../../src-shared/ipc/agent-notices';
import type { RouteInput, RouteOutput } from '../../src-shared/server-api/rest-routes';
import { periodBounds } from '../../src-shared/statistics/period-bounds';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';

type BehindInput = Omit<RouteInput<'statistics.calls'>, 'timeZone'>;
export interface FigureCentre {
  /** @throws AppError `server/unreachable`, `sign-in/…` */
  mine(input: RouteInput<'statistics.mine'>): Promise<RouteOutput<'statistics.mine'>>;
  /** @throws AppError the same */
  calls(input: RouteInput<'statistics.calls'>): Promise<RouteOutput<'statistics.calls'>>;
}
export interface FigureDeskNeeds {
  readonly centre: FigureCentre;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeZone: () => string;
  /** A call runs, or the work after it: its times rise without anybody telling it. */
  readonly isWorking: () => boolean;
}

/** A call that ends is told several times within a moment. */
const soonMs = 300;
const lookEveryMs = 30_000;
const nothing: FiguresView = { figures: null, failure: null };

/** The person's own figures as the centre counts them: asked for again when a call or the work after it changed, and on a new day. */
export class FigureDesk {
  readonly changes = new Announcer<FiguresView>();
  #view: FiguresView = nothing;
  /** Rises with every session: an answer for somebody who left is not taken. */
  #session = 0;
  #isOn = false;
  #isAsking = false;
  /** Something changed while the centre was answering. */
  #isOutdated = false;
  #dayEndsAt = 0;
  #cancelSoon: (() => void) | null = null;
  #cancelLook = (): void => undefined;

  constructor(private readonly needs: FigureDeskNeeds) {}

  get view(): FiguresView {
    return this.#view;
  }

  begin(): void {
    this.end();
    this.#isOn = true;
    this.#lookLater();
    void this.refresh();
  }

  end(): void {
    this.#session += 1;
    this.#isOn = false;
    this.#isAsking = false;
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    this.#cancelLook();
    this.#tell(nothing);
  }

  /** Something happened that figures count. */
  outdated(): void {
    if (!this.#isOn || this.#cancelSoon !== null) return;
    this.#cancelSoon = this.needs.clock.after(soonMs, () => {
      this.#cancelSoon = null;
      void this.refresh();
    });
  }

  /** Asks now; what was known stays when the centre does not answer. */
  async refresh(): Promise<void> {
    if (!this.#isOn) return;
    if (this.#isAsking) {
      this.#isOutdated = true;
      return;
    }
    const session = this.#session;
    this.#isAsking = true;
    this.#isOutdated = false;
    const view = await this.#asked();
    if (session !== this.#session) return;
    this.#isAsking = false;
    this.#tell(view);
    if (this.#isOutdated) this.outdated();
  }

  /** @throws AppError `server/unreachable`, `sign-in/…` */
  calls(input: BehindInput): Promise<RouteOutput<'statistics.calls'>> {
    return this.needs.centre.calls({ ...input, timeZone: this.needs.timeZone() });
  }

  async #asked(): Promise<FiguresView> {
    const { centre, clock, log, timeZone } = this.needs;
    try {
      this.#dayEndsAt = periodBounds('today', clock.now(), timeZone()).until;
      const { figures } = await centre.mine({ timeZone: timeZone() });
      return { figures, failure: null };
    } catch (error) {
      log.warn(`figures not fetched: ${reasonOf(error)}`);
      return { figures: this.#view.figures, failure: error instanceof AppError ? error.code : 'internal' };
    }
  }

  #lookLater(): void {
    this.#cancelLook = this.needs.clock.after(lookEveryMs, () => {
      this.#lookLater();
      const isNewDay = this.needs.clock.now() >= this.#dayEndsAt;
      if (isNewDay || this.#view.failure !== null || this.needs.isWorking()) void this.refresh();
    });
  }

  #tell(view: FiguresView): void {
    this.#view = view;
    this.changes.announce(view);
  }
}
