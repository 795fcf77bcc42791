import type { EndCause } from '../../src-shared/call/end-cause';
import { offerOutcomeOf } from '../calls/offer-outcome-of';
import type { FinishedCalls } from '../database/call-history-table';
import type { Person } from '../database/person-table';
import type { CallRow, LegRow } from '../database/tables';
import type { OfferEnd } from '../telephony/telephony';
import type { SeededRandom } from './seeded-random';

interface Opening {
  readonly direction: CallRow['direction'];
  readonly from: { readonly number: string; readonly name: string | null };
  readonly to: { readonly number: string; readonly name: string | null };
  readonly at: number;
}
const legCauseOf: Record<OfferEnd, EndCause> = {
  answered: 'completed',
  'ring-no-answer': 'no-answer',
  declined: 'rejected',
  busy: 'busy',
  'caller-left': 'caller-cancelled',
  'answered-elsewhere': 'answered-elsewhere',
  'line-lost': 'line-lost',
  device: 'failed',
  'state-changed': 'unreachable',
  failed: 'failed',
};

/** Tells one past call step by step and writes down what the journal would have written. */
export class FinishedCallBuilder {
  private readonly call: CallRow;
  private readonly legs: LegRow[] = [];
  private sequence = 0;
  private at: number;

  constructor(
    private readonly made: FinishedCalls,
    private readonly random: SeededRandom,
    opening: Opening,
  ) {
    const { direction, from, to, at } = opening;
    this.at = at;
    this.call = {
      id: random.id(),
      direction,
      from_number: from.number,
      from_name: from.name,
      to_number: to.number,
      to_name: to.name,
      queue_id: null,
      queue_joined_at: null,
      queue_left_at: null,
      queue_left_cause: null,
      waiting_since: null,
      queue_wait_ms: 0,
      started_at: at,
      answered_at: null,
      ended_at: null,
      end_cause: null,
      continued_in: null,
    };
    made.calls.push(this.call);
    this.note('call-started', null, { direction, from, to: { number: to.number } });
  }

  pass(ms: number): void {
    this.at += ms;
  }

  startLeg(role: LegRow['role'], number: string, person: Person | null): LegRow {
    const extension = person?.extension ?? null;
    const leg: LegRow = {
      id: this.random.id(),
      call_id: this.call.id,
      role,
      number,
      extension,
      person_id: person?.id ?? null,
      queue_id: null,
      started_at: this.at,
      answered_at: null,
      ended_at: null,
      end_cause: null,
      held_since: null,
      hold_ms: 0,
    };
    this.legs.push(leg);
    this.made.legs.push(leg);
    this.note('leg-started', leg, { role, number, extension });
    return leg;
  }

  joinQueue(queueId: string): void {
    this.call.queue_id = queueId;
    this.call.queue_joined_at = this.at;
    this.note('queue-joined', null, { queueId, position: 1 });
  }

  leaveQueue(cause: 'connected' | 'abandoned'): void {
    this.call.queue_left_at = this.at;
    this.call.queue_left_cause = cause;
    this.call.queue_wait_ms = this.at - (this.call.queue_joined_at ?? this.at);
    this.note('queue-left', null, { queueId: this.call.queue_id, cause });
  }

  /** Rings at one phone for so long, then ends so. */
  offer(person: Person, queueId: string | null, ringMs: number, cause: OfferEnd): LegRow {
    const leg = this.startLeg('agent', person.extension, person);
    leg.queue_id = queueId;
    this.note('offered', leg, { extension: person.extension, queueId });
    const offeredAt = this.at;
    this.pass(ringMs);
    this.made.offers.push({
      leg_id: leg.id,
      call_id: this.call.id,
      extension: person.extension,
      person_id: person.id,
      queue_id: queueId,
      offered_at: offeredAt,
      ended_at: this.at,
      outcome: offerOutcomeOf(cause, { isReachable: true }),
    });
    this.note('offer-ended', leg, { extension: person.extension, cause });
    if (cause === 'answered') this.answer(leg);
    else this.endLeg(leg, legCauseOf[cause]);
    return leg;
  }

  answer(leg: LegRow): void {
    leg.answered_at ??= this.at;
    if (leg.number !== this.call.from_number) this.call.answered_at ??= this.at;
    this.note('leg-answered', leg, {});
  }

  talk(agentLeg: LegRow, ms: number, isHeldOnce: boolean): void {
    if (!isHeldOnce) return this.pass(ms);
    const holdMs = Math.round(Math.min(ms * 0.4, this.random.between(5_000, 90_000)));
    this.pass(Math.round(ms * 0.3));
    this.note('leg-held', agentLeg, {});
    this.pass(holdMs);
    agentLeg.hold_ms = holdMs;
    this.note('leg-resumed', agentLeg, {});
    return this.pass(Math.max(0, ms - holdMs - Math.round(ms * 0.3)));
  }

  end(cause: EndCause): void {
    for (const leg of this.legs) if (leg.ended_at === null) this.endLeg(leg, cause);
    this.call.ended_at = this.at;
    this.call.end_cause = cause;
    this.note('call-ended', null, { cause });
  }

  private endLeg(leg: LegRow, cause: EndCause): void {
    leg.ended_at = this.at;
    leg.end_cause = cause;
    this.note('leg-ended', leg, { cause });
  }

  private note(type: string, leg: LegRow | null, detail: Readonly<Record<string, unknown>>): void {
    this.sequence += 1;
    this.made.events.push({
      call_id: this.call.id,
      sequence: this.sequence,
      at: this.at,
      type,
      leg_id: leg?.id ?? null,
      detail: JSON.stringify(detail),
    });
  }
}
