import { describe, expect, it } from 'vitest';
import { obeyKey } from '../../../../src-main/phone/key-orders';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import type { Call } from '../../../../src-shared/call/call';
import type { GlobalShortcutName } from '../../../../src-shared/shortcuts/shortcut-names';
import { aPolicy } from '../../../builders/a-policy';
import { aCall } from '../../../builders/a-call';

const ringing = aCall({ id: 'in', direction: 'inbound', state: 'ringing' });
const talking = aCall({ id: 'talk', direction: 'inbound', state: 'active' });
const held = aCall({ id: 'held', state: 'held', heldBy: ['agent'] });

async function ordersOf(
  name: GlobalShortcutName,
  calls: readonly Call[],
  state: AgentStatus['state'],
): Promise<string[]> {
  const orders: string[] = [];
  const status: AgentStatus = { ...signedOutStatus(0), state };
  const note = async (order: string): Promise<void> => void orders.push(order);
  await obeyKey({
    all: () => calls,
    calls: {
      answer: id => note(`answer ${id}`),
      decline: id => note(`decline ${id}`),
      hangUp: id => note(`hang up ${id}`),
      mute: (id, isMuted) => note(`mute ${id} ${isMuted}`),
      hold: id => note(`hold ${id}`),
      resume: id => note(`resume ${id}`),
    },
    policy: { policy: aPolicy() },
    agent: {
      status,
      becomeAvailable: async () => (orders.push('available'), status),
      takeBreak: async reason => (orders.push(`break ${reason}`), status),
    },
  })(name);
  return orders;
}

describe('a key pressed in another program', () => {
  it.each([
    ['answer', [ringing], 'available', ['answer in']],
    ['hang-up', [ringing], 'available', ['decline in']],
    ['hang-up', [talking, ringing], 'on-call', ['hang up talk']],
    ['mute', [talking], 'on-call', ['mute talk true']],
    ['mute', [{ ...talking, isMuted: true }], 'on-call', ['mute talk false']],
    ['hold', [talking], 'on-call', ['hold talk']],
    ['hold', [held], 'on-call', ['resume held']],
    ['answer', [], 'available', []],
    ['mute', [ringing], 'available', []],
    ['pause', [], 'available', ['break other']],
    ['pause', [talking], 'on-call', ['break other']],
    ['pause', [], 'on-break', ['available']],
  ] as const)('%s (%#)', async (name, calls, state, orders) => {
    expect(await ordersOf(name, calls, state)).toEqual(orders);
  });
});
