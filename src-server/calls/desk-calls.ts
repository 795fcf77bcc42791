import type { Party } from '../../src-shared/call/call';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { DeskCall, LiveEvent } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { TelephonyEvent } from '../telephony/telephony';
import { shownParty } from '../../src-shared/customers/masked-number';
import type { RunningCall, RunningCalls, RunningLeg } from './running-calls';

export interface DeskCallsParts {
  readonly directory: AgentDirectory;
  readonly runningCalls: RunningCalls;
  readonly numbers: () => AgentPolicy['numbers'];
  readonly publish: (personId: string, event: LiveEvent) => void;
}

/** The phone of who placed the call; a later leg of it is a call that comes back. */
const isPlacing = (call: RunningCall, own: RunningLeg): boolean =>
  call.legs.find(leg => leg.extension === call.from.number) === own;

const others = (call: RunningCall, own: RunningLeg): readonly RunningLeg[] =>
  call.legs.filter(leg => leg !== own && leg.extension !== own.extension && leg.endCause === null);

function stateOf(call: RunningCall, own: RunningLeg): DeskCall['state'] {
  if (own.endCause !== null) return 'ended';
  const isUp = own.answeredAt !== null;
  if (!isPlacing(call, own)) return isUp ? 'active' : 'ringing';
  if (isUp && others(call, own).some(leg => leg.answeredAt !== null)) return 'active';
  return others(call, own).some(leg => leg.isRinging) ? 'ringing' : 'dialing';
}

/**
 * Tells people with a desk phone what goes on at it, as the engine sees it. People whose phone is the app are told nothing: their phone
 * is the first to know.
 */
export class DeskCalls {
  private readonly told = new Map<string, string>();
  constructor(private readonly parts: DeskCallsParts) {}

  /** To be called after `runningCalls` has heard the same. */
  hear(event: TelephonyEvent): void {
    if (!('callId' in event)) return;
    const { directory, runningCalls, publish } = this.parts;
    const call = runningCalls.call(event.callId);
    for (const person of directory.everybody()) {
      if (person.deskPhone === null) continue;
      const isConcerned = call === undefined || call.legs.some(leg => leg.extension === person.extension);
      if (!isConcerned) continue;
      const calls = this.callsOf(person.extension);
      const text = JSON.stringify(calls);
      if (text === (this.told.get(person.id) ?? '[]')) continue;
      this.told.set(person.id, text);
      publish(person.id, { type: 'desk.calls', calls });
    }
  }

  /** What somebody who starts from nothing must be told. */
  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    if (person === undefined || person.deskPhone === null) return [];
    return [{ type: 'desk.calls', calls: this.callsOf(person.extension) }];
  }

  private callsOf(extension: string): DeskCall[] {
    return this.parts.runningCalls
      .of(extension)
      .flatMap(call => call.legs.filter(leg => leg.extension === extension).map(leg => this.viewOf(call, leg)));
  }

  private viewOf(call: RunningCall, own: RunningLeg): DeskCall {
    const { directory } = this.parts;
    const isOutbound = isPlacing(call, own);
    // Who comes into a call that a colleague placed has the one who was called.
    const hasCalled = isOutbound || call.direction === 'outbound';
    const { number, name } = hasCalled ? { ...call.to, name: null } : call.from;
    const colleague = directory.personAt(number)?.displayName ?? null;
    const sentName = name === null ? '' : cleanCallerText(name);
    const answers = [own, ...others(call, own)].map(leg => leg.answeredAt ?? 0);
    const state = stateOf(call, own);
    return {
      legId: own.legId,
      callId: call.callId,
      direction: isOutbound ? 'outbound' : 'inbound',
      state,
      remote: this.shown({ number: cleanCallerText(number), name: colleague ?? (sentName === '' ? null : sentName) }),
      queueName: directory.queues().find(queue => queue.id === own.queueId)?.name ?? null,
      returnedTransfer: own.returned,
      transferredBy: own.transferredBy,
      startedAt: own.startedAt,
      answeredAt: state === 'active' ? (isOutbound ? Math.max(...answers) : own.answeredAt) : null,
      heldBy: [
        ...(own.isHeld ? (['agent'] as const) : []),
        ...(own.isHeld && !own.isHeldByOrder ? (['phone'] as const) : []),
        ...(others(call, own).some(leg => leg.isHeld) ? (['remote'] as const) : []),
      ],
      endCause: own.endCause,
    };
  }

  private shown(remote: Party): Party {
    const { directory, numbers } = this.parts;
    const isInside = directory.personAt(remote.number) !== undefined || directory.queueAt(remote.number) !== undefined;
    return isInside ? remote : shownParty(remote, numbers());
  }
}
