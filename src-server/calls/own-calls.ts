import type { CallParty } from '../../src-shared/call/call-party';
import { cleanCallerText } from '../../src-shared/customers/phone-number';
import type { LiveEvent, OwnCall } from '../../src-shared/server-api/live-messages';
import type { AgentDirectory } from '../agents/agent-directory';
import type { Speaking, TelephonyEvent } from '../telephony/telephony';
import { hidesNumber } from '../../src-shared/customers/masked-number';
import type { RunningCall, RunningCalls, RunningLeg } from './running-calls';

export interface OwnCallsParts {
  readonly directory: AgentDirectory;
  readonly runningCalls: RunningCalls;
  readonly shownNumber: (number: string) => string;
  readonly publish: (personId: string, event: LiveEvent) => void;
}

const isUp = (leg: RunningLeg): boolean => leg.answeredAt !== null && leg.endCause === null;

/**
 * Tells everybody who talks in which call their phone is up, and with whom: a transfer, a merge and a conference change it without the
 * phone being told, and a phone that dials does not learn its call's id from every PBX.
 */
export class OwnCalls {
  private readonly told = new Map<string, { readonly text: string; readonly callIds: readonly string[] }>();
  /** Legs whose voice is heard in a conference, by call. */
  private readonly speaking = new Map<string, ReadonlySet<string>>();
  constructor(private readonly parts: OwnCallsParts) {}

  /** To be called after `runningCalls` has heard the same. */
  hear(event: TelephonyEvent): void {
    if (!('callId' in event)) return;
    if (event.type === 'call-ended') this.speaking.delete(event.callId);
    this.tellThoseIn(event.callId);
  }

  hearSpeaking({ callId, legIds }: Speaking): void {
    if (legIds.length === 0) this.speaking.delete(callId);
    else this.speaking.set(callId, new Set(legIds));
    this.tellThoseIn(callId);
  }

  private tellThoseIn(callId: string): void {
    const { directory, runningCalls, publish } = this.parts;
    const legs = runningCalls.call(callId)?.legs ?? [];
    for (const person of directory.everybody()) {
      const before = this.told.get(person.id);
      const isConcerned =
        before?.callIds.includes(callId) === true || legs.some(leg => leg.extension === person.extension);
      if (!isConcerned) continue;
      const calls = this.callsOf(person.extension);
      const text = JSON.stringify(calls);
      if (text === (before?.text ?? '[]')) continue;
      this.told.set(person.id, { text, callIds: calls.map(each => each.callId) });
      publish(person.id, { type: 'calls.mine', calls });
    }
  }

  /** What somebody who starts from nothing must be told. */
  stateFor(personId: string): LiveEvent[] {
    const person = this.parts.directory.person(personId);
    return person === undefined ? [] : [{ type: 'calls.mine', calls: this.callsOf(person.extension) }];
  }

  private callsOf(extension: string): OwnCall[] {
    return this.parts.runningCalls.of(extension).flatMap(call => {
      const own = call.legs.find(leg => leg.extension === extension && isUp(leg));
      if (own === undefined) return [];
      const isPlaced = call.direction !== 'inbound' && call.from.number === extension;
      const others = call.legs.filter(leg => leg !== own && leg.extension !== extension && isUp(leg));
      return [
        {
          callId: call.callId,
          legId: own.legId,
          dialled: isPlaced ? call.to.number : null,
          isSpeaking: this.speaks(call, own),
          parties: others.map(leg => this.partyOf(call, leg)),
        },
      ];
    });
  }

  private partyOf(call: RunningCall, leg: RunningLeg): CallParty {
    const { directory, shownNumber } = this.parts;
    const number = cleanCallerText(leg.number).slice(0, 128);
    const isOutside = leg.extension === null;
    const colleague = directory.personAt(leg.extension ?? '')?.displayName ?? null;
    const sent = call.from.number === leg.number ? cleanCallerText(call.from.name ?? '') : '';
    const shown = isOutside ? shownNumber(number) : number;
    const isNameShown = sent !== '' && (shown === number || hidesNumber(sent));
    return {
      legId: leg.legId,
      number: shown,
      name: colleague ?? (isNameShown ? sent : null),
      isOutside,
      isMuted: leg.isMuted,
      isOnHold: leg.isHeld,
      isSpeaking: this.speaks(call, leg),
    };
  }

  private readonly speaks = ({ callId }: RunningCall, { legId, isMuted }: RunningLeg): boolean =>
    !isMuted && this.speaking.get(callId)?.has(legId) === true;
}
