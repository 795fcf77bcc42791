import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { GateProblem } from '../../src-shared/agent/gate-problem';
import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { LineState } from '../../src-shared/line/line-state';
import type { Settings } from '../../src-shared/settings/settings';
import { Announcer } from '../base/announcer';
import { reasonOf, type Logger } from '../base/logger';
import type { AudioDesk } from '../phone/audio-desk';
import type { CallDesk } from '../phone/call-desk';
import { deviceProblems } from './device-problems';

/** A Bluetooth headset that changes its profile is away for about a second; who pulled out a headset is paused within two. */
const settleMs = 1_200;
/** After sleep the devices come back one after the other. */
const settleAfterWakeMs = 6_000;
/** How long somebody who wants to be available waits for a line or a microphone that is just being opened. */
const proofMs = 3_000;

export interface ReadyGateNeeds {
  readonly audio: Pick<AudioDesk, 'audio' | 'isKnown' | 'changes'>;
  readonly settings: { readonly value: Settings; readonly changes: Announcer<Settings> };
  readonly line: { readonly state: LineState; readonly changes: Announcer<LineState> };
  readonly desk: Pick<CallDesk, 'liveHere' | 'changes'>;
  readonly agent: {
    readonly status: AgentStatus;
    readonly changes: Announcer<AgentStatus>;
    takeBreak(reason: string): Promise<AgentStatus>;
  };
  /** False when nobody is signed in, or the phone stands on the desk. */
  readonly isPhoneHere: () => boolean;
  readonly tell: (what: 'device-paused' | 'device-back') => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Nobody is available whose phone cannot work: proves it before, and takes the break "device" when a device goes. Rather too late than
 * wrong: a problem counts once it has stayed for a while, and never during a call.
 */
export class ReadyGate {
  /** What does not work; empty is good. */
  readonly changes = new Announcer<readonly GateProblem[]>();
  #problems: readonly GateProblem[] = [];
  #seen: string | null = '';
  #cancelSettling = (): void => undefined;
  #quietUntil = 0;
  #isPausing = false;

  constructor(private readonly needs: ReadyGateNeeds) {
    const { audio, settings, desk, agent } = needs;
    audio.changes.hear(() => this.#look());
    settings.changes.hear(() => this.#look());
    desk.changes.hear(() => this.#pauseIfGone());
    agent.changes.hear(() => this.#look());
  }

  get problems(): readonly GateProblem[] {
    return this.#problems;
  }

  /** The machine slept or was locked: what is missing now comes back by itself. */
  wokeUp(): void {
    this.#quietUntil = this.needs.clock.now() + settleAfterWakeMs;
    this.#seen = null;
    this.#look();
  }

  /** @throws AppError `agent/not-ready`, `agent/line-not-ready` */
  async prove(): Promise<void> {
    const { isPhoneHere, desk, line } = this.needs;
    if (!isPhoneHere() || desk.liveHere().length > 0) return;
    await this.#untilProven();
    const problems = this.#found();
    if (problems.length > 0) {
      this.#settle(problems);
      throw new AppError('agent/not-ready', problems.join(', '));
    }
    if (line.state.state !== 'registered') throw new AppError('agent/line-not-ready', line.state.state);
    this.#settle([]);
  }

  #found(): readonly GateProblem[] {
    const { isPhoneHere, audio, settings } = this.needs;
    return isPhoneHere() && audio.isKnown ? deviceProblems(audio.audio, settings.value) : [];
  }

  #isProven(): boolean {
    const { audio, line } = this.needs;
    const isLineReady = line.state.state === 'registered' && line.state.isConfirmed;
    return isLineReady && audio.isKnown && audio.audio.microphone === 'ready' && this.#found().length === 0;
  }

  #untilProven(): Promise<void> {
    const { audio, line, clock } = this.needs;
    return new Promise(resolve => {
      const stops: (() => void)[] = [];
      const end = (): void => {
        stops.forEach(stop => stop());
        resolve();
      };
      const check = (): void => {
        if (this.#isProven()) end();
      };
      stops.push(audio.changes.hear(check), line.changes.hear(check), clock.after(proofMs, end));
      check();
    });
  }

  #look(): void {
    const found = this.#found();
    const seen = found.join();
    if (seen === this.#seen) return this.#pauseIfGone();
    this.#seen = seen;
    this.#cancelSettling();
    if (found.length === 0) return this.#settle(found);
    const { clock } = this.needs;
    const waitMs = Math.max(settleMs, this.#quietUntil - clock.now());
    this.#cancelSettling = clock.after(waitMs, () => this.#settle(found));
  }

  #settle(problems: readonly GateProblem[]): void {
    const before = this.#problems;
    if (before.join() !== problems.join()) {
      this.#problems = problems;
      this.needs.log.info(`sound: ${problems.join(', ') || 'all is there'}`);
      this.changes.announce(problems);
    }
    const { state, reason } = this.needs.agent.status;
    if (before.length > 0 && problems.length === 0 && state === 'on-break' && reason === 'device')
      this.needs.tell('device-back');
    this.#pauseIfGone();
  }

  #pauseIfGone(): void {
    const { agent, desk, tell, log } = this.needs;
    if (this.#problems.length === 0 || this.#isPausing) return;
    if (agent.status.state !== 'available' || desk.liveHere().length > 0) return;
    this.#isPausing = true;
    agent
      .takeBreak('device')
      .then(
        () => tell('device-paused'),
        // Tried again with the next news of sound, state or calls.
        (error: unknown) => log.warn(`break for a missing device: ${reasonOf(error)}`),
      )
      .finally(() => (this.#isPausing = false));
  }
}
