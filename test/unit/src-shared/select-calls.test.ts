import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src-shared/call/call';
import { hasLiveCall, selectDockCalls } from '../../../src-shared/call/select-calls';
import { aShownCall } from '../src-renderer/a-shown-call';

const ids = (calls: readonly Call[]): Record<string, string | undefined> => {
  const { main, incoming, other, ended } = selectDockCalls(calls);
  return { main: main?.id, incoming: incoming?.id, other: other?.id, ended: ended?.id };
};
const ringing = aShownCall({ id: 'ringing' });
const active = aShownCall({ id: 'active', state: 'active', startedAt: 500 });
const held = aShownCall({ id: 'held', state: 'held', heldBy: ['agent'], startedAt: 900 });
const over = aShownCall({ id: 'over', state: 'ended', endedAt: 2000, endCause: 'completed' });

describe('select dock calls', () => {
  it.each([
    ['nothing', [], {}],
    ['a ringing call alone', [ringing], { incoming: 'ringing' }],
    ['a ringing call while talking', [ringing, active], { main: 'active', incoming: 'ringing' }],
    ['the heard call before the held one', [held, active], { main: 'active', other: 'held' }],
    ['an outgoing call that rings has the panel', [aShownCall({ id: 'out', direction: 'outbound' })], { main: 'out' }],
    ['an answered call has the panel at once', [aShownCall({ id: 'in', state: 'connecting' })], { main: 'in' }],
    ['an ended call when nothing else is there', [over], { ended: 'over' }],
    ['the latest of two ended calls', [over, { ...over, id: 'later', endedAt: 3000 }], { ended: 'later' }],
    ['no ended call beside a ringing one', [over, ringing], { incoming: 'ringing' }],
    ['no ended call beside an active one', [over, active], { main: 'active' }],
  ])('%s', (_name, calls, expected) => {
    expect(ids(calls)).toEqual({
      main: undefined,
      incoming: undefined,
      other: undefined,
      ended: undefined,
      ...expected,
    });
  });

  it('knows whether signing out would cut a call', () => {
    expect([hasLiveCall([]), hasLiveCall([over]), hasLiveCall([over, held])]).toEqual([false, false, true]);
  });
});
