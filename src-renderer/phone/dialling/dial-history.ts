import type { Call } from '../../../src-shared/call/call';
import { hasHiddenDigits } from '../../../src-shared/customers/phone-number';
import type { RecentCall } from '../../../src-shared/server-api/rest-routes';

/** Numbers this person dialled, newest first, each once; hidden ones cannot be dialled from here. Calls still on screen are newer than the journal's. */
export function dialledNumbers(calls: readonly Call[], recent: readonly RecentCall[]): string[] {
  const now = calls
    .filter(call => call.direction === 'outbound')
    .map(call => ({ number: call.remote.number, at: call.startedAt }));
  const before = recent
    .filter(call => call.direction !== 'inbound')
    .map(call => ({ number: call.remoteNumber, at: call.startedAt }));
  const newestFirst = [...now, ...before].toSorted((a, b) => b.at - a.at);
  return [...new Set(newestFirst.map(({ number }) => number))].filter(
    number => number !== '' && !hasHiddenDigits(number),
  );
}

/** Walks through the history as a shell does. @param index -1 stands for what was typed */
export function stepThroughHistory(index: number, direction: 'older' | 'newer', length: number): number {
  return Math.min(length - 1, Math.max(-1, index + (direction === 'older' ? 1 : -1)));
}
