import { reconnectPolicy, retryDelayMs } from '../../../src-shared/base/retry-policy';
import type { Clock } from '../../../src-shared/base/clock';
import { AppError } from '../../../src-shared/errors/app-error';
import type { EngineReport } from '../../../src-shared/ipc/engine-reports';
import type { LineCredential, LineState } from '../../../src-shared/line/line-state';
import { Announcer } from '../../base/announcer';
import { reasonOf, type Logger } from '../../base/logger';
import type { PhoneEngine } from '../phone-engine-port';

type LineReport = Extract<EngineReport, { type: 'line' }>['line'];

/** Ask for the next credential this long before the running one ends, or at half its life if that is shorter. */
const renewBeforeMs = 60_000;
const probeTimeoutMs = 5_000;

export interface LineMonitorNeeds {
  readonly engine: PhoneEngine;
  readonly clock: Clock;
  readonly log: Logger;
  /** A new credential for the running session. @throws AppError */
  readonly renewCredential: () => Promise<LineCredential>;
  readonly random: () => number;
}

/** Owns the state of the agent's SIP line, and keeps it up: credential, retry, what server and engine say of it. */
export class LineMonitor {
  readonly changes = new Announcer<LineState>();
  /** The line is registered again after it had been lost. */
  readonly recoveries = new Announcer<void>();
  #state: LineState = { state: 'offline' };
  #credential: LineCredential | null = null;
  #serverSeesUs = false;
  #wasLost = false;
  /** A refused credential is renewed once; refused again, a person must act. */
  #hasRenewedAfterRefusal = false;
  #ending: Promise<void> = Promise.resolve();
  #cancelRenewal = (): void => undefined;

  constructor(private readonly needs: LineMonitorNeeds) {
    needs.engine.reports.hear(report => {
      if (report.type === 'ready' && this.#credential) this.#connect(this.#credential);
      if (report.type === 'line') this.#follow(report.line);
    });
  }

  get state(): LineState {
    return this.#state;
  }

  get isRegistered(): boolean {
    return this.#state.state === 'registered';
  }

  /** Signed in: register. Waits for the engine if it is not ready yet. */
  begin(credential: LineCredential): void {
    this.#serverSeesUs = false;
    this.#wasLost = false;
    this.#hasRenewedAfterRefusal = false;
    this.#connect(credential);
  }

  /** Signed out: hang up, unregister, forget the credential. Ordered again, it is the same end. */
  end(): Promise<void> {
    if (!this.#credential) return this.#ending;
    this.#credential = null;
    this.#cancelRenewal();
    this.#enter({ state: 'offline' });
    const { engine } = this.needs;
    this.#ending = engine.isReady
      ? this.#try('line.disconnect', engine.order({ type: 'line.disconnect' }, probeTimeoutMs))
      : Promise.resolve();
    return this.#ending;
  }

  /** A person pressed "try again". @throws AppError when there is nothing to try with */
  async retry(): Promise<void> {
    if (!this.#credential) throw new AppError('sign-in/not-signed-in');
    if (this.#state.state === 'refused') return this.#renew({ andConnect: true });
    if (this.#state.state === 'offline') return this.#connect(this.#credential);
    this.probe();
  }

  /** Network came back or the machine woke up: do not wait for the end of the delay. */
  probe(): void {
    if (this.#credential && this.needs.engine.isReady)
      void this.#try('line.probe', this.needs.engine.order({ type: 'line.probe' }, probeTimeoutMs));
  }

  /** The registrar's own view. A line that only looks alive is put to the test. */
  confirmByServer(isRegistered: boolean): void {
    this.#serverSeesUs = isRegistered;
    if (this.#state.state !== 'registered') return;
    this.#enter({ state: 'registered', isConfirmed: isRegistered });
    if (!isRegistered) this.probe();
  }

  /** The engine process is gone; the next one registers anew when it reports `ready`. */
  engineLost(): void {
    if (!this.#credential) return;
    this.#wasLost = this.#wasLost || this.isRegistered;
    this.#enter({ state: 'connecting' });
  }

  #connect(credential: LineCredential): void {
    this.#credential = credential;
    this.#enter({ state: 'connecting' });
    this.#planRenewal(credential);
    if (this.needs.engine.isReady)
      void this.#try('line.connect', this.needs.engine.order({ type: 'line.connect', credential }));
  }

  #follow(line: LineReport): void {
    if (!this.#credential) return; // the last words of a line we have ended
    switch (line.state) {
      case 'registered':
        this.#hasRenewedAfterRefusal = false;
        this.#enter({ state: 'registered', isConfirmed: this.#serverSeesUs });
        if (this.#wasLost) this.recoveries.announce();
        this.#wasLost = false;
        return;
      case 'reconnecting':
        this.#wasLost = this.#wasLost || this.isRegistered;
        return this.#enter(line);
      case 'refused':
        this.#enter(line);
        return this.#refused(line.sipCode);
      case 'closed':
        return this.#enter({ state: 'offline' });
      default:
        return this.#enter(line);
    }
  }

  #refused(sipCode: number): void {
    const mayBeStale = sipCode === 401 || sipCode === 403 || sipCode === 407;
    if (!mayBeStale || this.#hasRenewedAfterRefusal) return;
    this.#hasRenewedAfterRefusal = true;
    void this.#try('line.renew after refusal', this.#renew({ andConnect: true }));
  }

  #planRenewal({ expiresAt }: LineCredential): void {
    const left = expiresAt - this.needs.clock.now();
    this.#renewAfter(Math.max(1_000, left - Math.min(renewBeforeMs, left / 2)), 1);
  }

  #renewAfter(delayMs: number, attempt: number): void {
    this.#cancelRenewal();
    // Longer than a timer can count: look again half-way.
    const isFar = delayMs > 2 ** 31 - 1;
    this.#cancelRenewal = this.needs.clock.after(isFar ? 2 ** 30 : delayMs, () => {
      if (isFar) return this.#renewAfter(delayMs - 2 ** 30, attempt);
      this.#renew({ andConnect: false }).catch((error: unknown) => {
        this.needs.log.warn(`line credential not renewed, attempt ${attempt}: ${reasonOf(error)}`);
        if (this.#credential)
          this.#renewAfter(retryDelayMs(reconnectPolicy, attempt + 1, this.needs.random()), attempt + 1);
      });
    });
  }

  async #renew({ andConnect }: { readonly andConnect: boolean }): Promise<void> {
    const credential = await this.needs.renewCredential();
    if (!this.#credential) return; // signed out meanwhile
    if (andConnect) return this.#connect(credential);
    this.#credential = credential;
    this.#planRenewal(credential);
    if (this.needs.engine.isReady) await this.needs.engine.order({ type: 'line.renew', credential });
  }

  /** For orders whose outcome the line reports tell anyway. */
  async #try(what: string, order: Promise<void>): Promise<void> {
    await order.catch((error: unknown) => this.needs.log.warn(`${what}: ${reasonOf(error)}`));
  }

  #enter(state: LineState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    if (state.state !== this.#state.state)
      this.needs.log.info(
        `line ${this.#state.state} → ${state.state}${state.state === 'refused' ? ` (${state.sipCode})` : ''}`,
      );
    this.#state = state;
    this.changes.announce(state);
  }
}
