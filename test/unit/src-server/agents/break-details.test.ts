import { describe, expect, it } from 'vitest';
import { withBreakDetails } from '../../../../src-server/agents/break-details';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import type { PauseReason } from '../../../../src-shared/policy/agent-policy';

const coffee: PauseReason = { id: 'coffee', text: { en: 'Coffee' }, minutes: 10 };
const meeting: PauseReason = { id: 'meeting', text: { en: 'Meeting' }, minutes: null };
const reasonOf = (id: string): PauseReason | undefined => [coffee, meeting].find(reason => reason.id === id);
const status = (part: Partial<AgentStatus>): AgentStatus => ({ ...signedOutStatus(1000), ...part });
const onCoffee = status({ state: 'on-break', reason: 'coffee', reasonText: coffee.text, breakUntil: 601_000 });
const detailsOf = (before: AgentStatus, after: Partial<AgentStatus>): readonly unknown[] => {
  const { reasonText, breakUntil } = withBreakDetails(before, { ...before, ...after }, reasonOf);
  return [reasonText?.en, breakUntil];
};

describe('word and end of a break', () => {
  it('come from the policy when it begins', () => {
    const begins = { state: 'on-break', since: 5000 } as const;
    expect(detailsOf(status({ state: 'available' }), { ...begins, reason: 'coffee' })).toEqual(['Coffee', 605_000]);
    expect(detailsOf(onCoffee, { ...begins, reason: 'meeting' })).toEqual(['Meeting', null]);
    expect(detailsOf(onCoffee, { ...begins, reason: 'line' })).toEqual([undefined, null]);
  });

  it('wait until a planned break begins', () => {
    const working = status({ state: 'on-call' });
    expect(detailsOf(working, { nextBreak: 'coffee' })).toEqual([undefined, null]);
    const planned = status({ state: 'on-call', nextBreak: 'coffee' });
    expect(detailsOf(planned, { state: 'wrap-up' })).toEqual([undefined, null]);
    const begins = { state: 'on-break', reason: 'coffee', nextBreak: null, since: 9000 } as const;
    expect(detailsOf(planned, begins)).toEqual(['Coffee', 609_000]);
  });

  it('stay while a call interrupts the break, and go with it', () => {
    const interrupted = { ...onCoffee, state: 'on-call', reason: null, nextBreak: 'coffee' } as const;
    expect(detailsOf(onCoffee, interrupted)).toEqual(['Coffee', 601_000]);
    const again = { state: 'on-break', reason: 'coffee', nextBreak: null, since: 400_000 } as const;
    expect(detailsOf(interrupted, again)).toEqual(['Coffee', 601_000]);
    expect(detailsOf(interrupted, { nextBreak: null })).toEqual([undefined, null]);
    expect(detailsOf(onCoffee, { state: 'available', reason: null })).toEqual([undefined, null]);
  });
});
