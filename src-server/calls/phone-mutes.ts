import type { Clock } from '../../src-shared/base/clock';
import { AppError } from '../../src-shared/errors/app-error';
import type { CallEventRecord } from '../database/call-table';
import type { Person } from '../database/person-table';
import type { RunningCall, RunningCalls, RunningLeg } from './running-calls';

/** What an app tells later than this is not known well enough to stand in a story. */
const oldestMs = 60_000;

export interface PhoneMutesParts {
  readonly runningCalls: RunningCalls;
  readonly clock: Clock;
  readonly write: (callId: string, event: CallEventRecord) => void;
}

/** A microphone that is switched off at the phone is silence to every engine: its app tells it, and the call's history keeps it. */
export class PhoneMutes {
  constructor(private readonly parts: PhoneMutesParts) {}

  /** @throws AppError `call/unknown` when this person does not talk there */
  told(person: Person, { callId, isMuted, at }: { callId: string | null; isMuted: boolean; at: number }): void {
    const { runningCalls, clock, write } = this.parts;
    const own = (call: RunningCall): RunningLeg | undefined =>
      call.legs.find(leg => leg.extension === person.extension && leg.answeredAt !== null && leg.endCause === null);
    const talking = runningCalls.of(person.extension).filter(call => own(call) !== undefined);
    // After a transfer a phone may know its call by the id of the consultation.
    const call = talking.find(each => each.callId === callId) ?? talking.find(each => own(each)?.isHeld === false);
    const leg = call === undefined ? undefined : own(call);
    if (call === undefined || leg === undefined) throw new AppError('call/unknown');
    const now = clock.now();
    write(call.callId, {
      at: Math.min(now, Math.max(at, now - oldestMs, leg.answeredAt ?? 0)),
      type: isMuted ? 'phone-muted' : 'phone-unmuted',
      legId: leg.legId,
      detail: '{}',
    });
  }
}
