import type { Clock } from '../../../../src-shared/base/clock';
import type { EngineLog, EngineTiming } from '../engine-options';
import type { PhoneLegs } from './phone-legs';
import type { SipLeg } from './sip-leg';
import type { SipFlow } from '../transport/sip-flow';

const lookEveryMs = 100;
/** Asked as often before nobody is there: where this process was late itself, the answer to the first is read before the second. */
const questions = 2;
/** A ringing phone is asked more often, and given longer: there is no silence to go by. */
const ringingPauseMs = 250;
const ringingSignOfLifeMs = 1800;

interface SilentPhonesParts {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly timing: Pick<EngineTiming, 'doubtMs' | 'signOfLifeMs'>;
  readonly legs: PhoneLegs;
}

/**
 * Phones whose network is gone while their socket still seems open: nobody is told of it. No media from one that should send is a doubt;
 * then it is asked over its socket, and only without an answer its socket is closed, as if that had told so.
 */
export class SilentPhones {
  private readonly asked = new Set<SipFlow>();
  private cancel: () => void = () => undefined;

  constructor(private readonly parts: SilentPhonesParts) {}

  start(): void {
    this.cancel = this.parts.clock.after(lookEveryMs, () => {
      this.start();
      for (const leg of this.parts.legs.all)
        if (!this.asked.has(leg.flow) && this.isInDoubt(leg)) this.ask(leg, questions);
    });
  }

  stop(): void {
    this.cancel();
  }

  /** A phone that rings sends nothing: there only its answers tell. */
  private isInDoubt({ flow, isRinging, missedForMs }: SipLeg): boolean {
    const { legs, timing } = this.parts;
    const isHeardElsewhere = (): boolean => legs.all.some(leg => leg.flow === flow && leg.isSending);
    return flow.isUp && (isRinging || missedForMs >= timing.doubtMs) && !isHeardElsewhere();
  }

  private ask(leg: SipLeg, left: number): void {
    const { clock, timing } = this.parts;
    const { flow, isRinging } = leg;
    this.asked.add(flow);
    const isThere = (): void => {
      cancel();
      stopListening();
      // Whoever is silent and there is not asked all the time.
      clock.after(isRinging ? ringingPauseMs : timing.doubtMs, () => this.asked.delete(flow));
    };
    const stopListening = flow.ask(isThere);
    const patienceMs = isRinging ? ringingSignOfLifeMs : timing.signOfLifeMs;
    const cancel = clock.after(patienceMs / questions, () => {
      stopListening();
      if (left > 1) this.ask(leg, left - 1);
      else this.unanswered(leg);
    });
  }

  private unanswered(leg: SipLeg): void {
    const { clock, log } = this.parts;
    const { flow, extension, missedForMs } = leg;
    this.asked.delete(flow);
    if (!this.isInDoubt(leg)) return;
    log.info(`line ${extension}: no answer, and no sound for ${Math.round(missedForMs)} ms: taken for gone`);
    flow.giveUp(clock.monotonic() - missedForMs);
  }
}
