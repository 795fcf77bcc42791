import type { Clock } from '../../src-shared/base/clock';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { Customer } from '../database/customer-table';
import type { ServerLog } from '../server-log';
import type { SimulatedCaller, SimulatedCallerOptions } from '../telephony/embedded/scenario/simulated-caller';
import type { CallerSimulator } from './caller-simulator';
import { SeededRandom } from './seeded-random';

const tickMs = 1_000;
/** After somebody begins to work, the first customer does not keep them waiting. */
const firstAfterMs = 6_000;

export interface SimulatedCustomersParts {
  readonly simulator: CallerSimulator;
  readonly agentDesk: AgentDesk;
  readonly directory: AgentDirectory;
  readonly customers: readonly Customer[];
  /** Names of speech files; the language is the end of the name (`order-fr.wav`). Without any, customers hum. */
  readonly speechFiles: readonly string[];
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly seed?: number;
}

/** Customers who call by themselves, one every 20 to 40 s while somebody works, the same ones at each run. */
export class SimulatedCustomers {
  private readonly random: SeededRandom;
  private readonly callers = new Set<SimulatedCaller>();
  private cancelTick: (() => void) | null = null;
  private nextAt: number | null = null;

  constructor(private readonly parts: SimulatedCustomersParts) {
    this.random = new SeededRandom(parts.seed ?? 7);
  }

  get isOn(): boolean {
    return this.cancelTick !== null;
  }

  start(): void {
    if (!this.isOn) this.tickLater();
  }

  /** No new callers; those on the line go on. */
  stop(): void {
    this.cancelTick?.();
    this.cancelTick = null;
    this.nextAt = null;
  }

  private tickLater(): void {
    this.cancelTick = this.parts.clock.after(tickMs, () => {
      this.tickLater();
      this.tick();
    });
  }

  private tick(): void {
    for (const caller of this.callers) if (caller.state === 'ended') this.callers.delete(caller);
    const now = this.parts.clock.now();
    const workers = this.parts.directory.extensionsAtWork(personId => this.parts.agentDesk.isAtWork(personId));
    if (workers.size === 0) {
      this.nextAt = null;
      return;
    }
    this.nextAt ??= now + firstAfterMs;
    // One caller more than there are people: a queue, not a crowd.
    if (now < this.nextAt || this.callers.size > workers.size) return;
    this.nextAt = now + this.random.between(20_000, 40_000);
    this.callAs(this.random.pick(this.parts.customers), workers);
  }

  private callAs(customer: Customer, workers: ReadonlySet<string>): void {
    const queues = this.parts.directory
      .queues()
      .filter(queue => queue.memberExtensions.some(extension => workers.has(extension)));
    if (queues.length === 0) return;
    const isPatient = this.random.chance(0.8);
    const options: SimulatedCallerOptions = {
      queueId: this.random.pick(queues).id,
      number: this.random.pick(customer.numbers),
      name: customer.name,
      voice: this.voiceOf(customer),
      givesUpAfterMs: isPatient ? this.random.between(40_000, 90_000) : this.random.between(8_000, 15_000),
      hangsUpAfterMs: this.random.between(25_000, 75_000),
      whenHeld: this.random.chance(0.8) ? 'waits' : { hangsUpAfterMs: this.random.between(30_000, 60_000) },
    };
    const caller = this.parts.simulator.simulateCaller(options);
    this.callers.add(caller);
    this.parts.log.debug(`simulated customer calls queue ${options.queueId}: call ${caller.callId}`);
  }

  private voiceOf(customer: Customer): SimulatedCallerOptions['voice'] {
    const spoken = this.parts.speechFiles.filter(file => file.endsWith(`-${customer.language}.wav`));
    return spoken.length === 0
      ? { kind: 'tone', hz: this.random.pick([392, 440, 494]) }
      : { kind: 'speech', file: this.random.pick(spoken) };
  }
}
