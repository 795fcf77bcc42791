import { powerMonitor, powerSaveBlocker } from 'electron';

/** The machine must not fall asleep while somebody is on the line. */
export class CallPowerGuard {
  #blocker: number | null = null;

  follow(hasLiveCall: boolean): void {
    if (hasLiveCall && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!hasLiveCall && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}

/** After sleep every socket is suspect: whoever owns one should look now and not at the end of a delay. */
export function onWakeUp(run: () => void): void {
  powerMonitor.on('resume', run);
  powerMonitor.on('unlock-screen', run);
}

/** Since the last key or movement in any program. */
export const systemIdleMs = (): number => powerMonitor.getSystemIdleTime() * 1_000;

/** Tells after each sleep how long it was. */
export function onSleep(run: (ms: number) => void): void {
  let sleptAt: number | null = null;
  powerMonitor.on('suspend', () => (sleptAt = Date.now()));
  powerMonitor.on('resume', () => {
    if (sleptAt !== null) run(Date.now() - sleptAt);
    sleptAt = null;
  });
}
