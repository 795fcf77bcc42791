import type { Clock } from '../../../../src-shared/base/clock';
import type { EndCause } from '../../../../src-shared/call/end-cause';
import type { SubscriberBehaviour } from '../dialplan';
import type { EngineTiming } from '../engine-options';
import type { VirtualLeg } from '../legs/virtual-leg';
import type { SoundLibrary } from '../media/sound-library';
import { CustomerVoice, backOnLineFileFor, type VoiceChoice } from '../scenario/customer-voice';
import { SimulatedSubscriber } from '../scenario/simulated-subscriber';
import type { CentralCall } from './central-call';

const refusalDelayMs = 200;
const noAnswerStatus = 408;
const subscriberSpeech: VoiceChoice = { kind: 'speech', file: 'subscriber.wav' };

export interface SubscriberContext {
  readonly clock: Clock;
  readonly sounds: SoundLibrary;
  readonly timing: EngineTiming;
}

/** What comes of calling somebody outside; one of the last two, unless the call ends before. */
interface SubscriberOutcome {
  /** Rings from when this has settled. */
  readonly ringing: () => Promise<void>;
  readonly answered: (leg: VirtualLeg) => void;
  readonly refused: (cause: EndCause, sipStatus: number) => void;
}

interface SubscriberTarget {
  readonly number: string;
  readonly behaviour: SubscriberBehaviour;
}

/** Calls somebody in the public network, whose leg is one of this call from now on. Settles when it rings. */
export async function callSubscriber(
  call: CentralCall,
  { number, behaviour }: SubscriberTarget,
  { clock, sounds, timing }: SubscriberContext,
  outcome: SubscriberOutcome,
): Promise<VirtualLeg> {
  const choice: VoiceChoice = behaviour.kind === 'tone' ? { kind: 'tone', hz: 700 } : subscriberSpeech;
  const { leg } = new SimulatedSubscriber(new CustomerVoice(choice, sounds, backOnLineFileFor(choice)));
  call.add(leg, { role: 'customer', number, extension: null });
  // Nothing that was planned happens after the call's end, or after the leg's.
  const later = (ms: number, run: () => void): void => {
    const cancel = clock.after(ms, run);
    leg.once('ended', cancel);
    if (call.hasEnded) cancel();
  };
  if (behaviour.kind === 'refuses') {
    later(refusalDelayMs, () => outcome.refused(behaviour.cause, behaviour.sipStatus));
    return leg;
  }
  await outcome.ringing();
  leg.ring();
  if (behaviour.kind === 'rings-for-ever')
    later(timing.networkRingMs, () => outcome.refused('no-answer', noAnswerStatus));
  else
    later(timing.subscriberRingMs, () => {
      leg.answer();
      outcome.answered(leg);
    });
  return leg;
}
