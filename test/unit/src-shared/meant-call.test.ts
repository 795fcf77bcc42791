import { describe, expect, it } from 'vitest';
import { meantCall } from '../../../src-shared/call/meant-call';
import { aCall } from '../../builders/a-call';

const ringing = aCall({ id: 'in', direction: 'inbound', state: 'ringing' });
const talking = aCall({ id: 'talk', direction: 'inbound', state: 'active' });
const held = aCall({ id: 'held', direction: 'inbound', state: 'held', heldBy: ['agent'] });
const dialling = aCall({ id: 'out', direction: 'outbound', state: 'dialing' });
const over = aCall({ id: 'over', state: 'ended' });

describe('the call a key means', () => {
  it.each([
    ['answer', [ringing], 'in answer'],
    ['answer', [talking, ringing], 'in answer'],
    ['answer', [talking], null],
    ['hang-up', [ringing], 'in decline'],
    ['hang-up', [talking, ringing], 'talk hang-up'],
    ['hang-up', [dialling], 'out hang-up'],
    ['hang-up', [over], null],
    ['mute', [talking], 'talk mute'],
    ['mute', [dialling], null],
    ['mute', [ringing], null],
    ['hold', [talking], 'talk hold'],
    ['hold', [held], 'held resume'],
    ['hold', [held, talking], 'talk hold'],
    ['hold', [], null],
  ] as const)('%s with %#', (order, calls, expected) => {
    const meant = meantCall(calls, order);
    expect(meant === null ? null : `${meant.call.id} ${meant.action}`).toBe(expected);
  });
});
