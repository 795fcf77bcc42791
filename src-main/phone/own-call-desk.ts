import type { Call } from '../../src-shared/call/call';
import type { OwnCall } from '../../src-shared/server-api/live-messages';
import type { CallDesk } from './call-desk';

const isUp = (call: Call): boolean => ['connecting', 'active', 'held'].includes(call.state);

/**
 * Puts what the centre says of a phone's calls on them: under which id, and with whom. A transfer, a merge and a conference change both
 * without the phone being told.
 */
export class OwnCallDesk {
  #told: readonly OwnCall[] | null = null;
  /** Calls that went on as another: their party is whom the centre says, not who once called. */
  readonly #moved = new Set<string>();

  constructor(private readonly desk: CallDesk) {
    desk.changes.hear(() => this.#place());
  }

  /** null: the centre does not answer any more. */
  told(calls: readonly OwnCall[] | null): void {
    this.#told = calls;
    this.#place();
  }

  /** Whether the centre says that this phone is not in the call any more; null when it says nothing. */
  isGone(centralCallId: string): boolean | null {
    return this.#told === null ? null : !this.#told.some(({ callId }) => callId === centralCallId);
  }

  #place(): void {
    if (this.#told === null) return;
    const calls = new Set(this.desk.all().filter(isUp));
    const left = new Set(this.#told);
    const pair = (isSame: (call: Call, own: OwnCall) => boolean): void => {
      for (const call of calls) {
        const own = [...left].find(each => isSame(call, each));
        if (own === undefined) continue;
        calls.delete(call);
        left.delete(own);
        this.#note(call, own);
      }
    };
    pair((call, own) => call.centralCallId === own.callId);
    pair((call, own) => call.direction === 'outbound' && own.dialled === call.remote.number);
    pair((call, own) => own.parties.some(({ number }) => number === call.remote.number));
    if (calls.size === 1 && left.size === 1) pair(() => true);
  }

  #note(call: Call, { callId, parties, isSpeaking }: OwnCall): void {
    if (call.centralCallId !== null && call.centralCallId !== callId) this.#moved.add(call.id);
    if (parties.length > 1) this.#moved.add(call.id);
    const isSame = JSON.stringify(call.parties) === JSON.stringify(parties);
    if (!isSame || call.centralCallId !== callId)
      this.desk.note(call.id, { centralCallId: callId, ...(isSame ? {} : { parties }) });
    if (call.isSpeaking !== isSpeaking) this.desk.note(call.id, { isSpeaking });
    const [only, ...others] = parties;
    if (only === undefined || others.length > 0 || !this.#moved.has(call.id)) return;
    if (only.number !== call.remote.number)
      this.desk.note(call.id, { remote: { number: only.number, name: only.name } });
  }
}
