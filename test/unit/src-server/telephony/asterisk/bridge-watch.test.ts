import { expect, test } from 'vitest';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import { BridgeWatch } from '../../../../../src-server/telephony/asterisk/calls/bridge-watch';
import type { CallTracker } from '../../../../../src-server/telephony/asterisk/calls/call-tracker';
import type { TrackedCall } from '../../../../../src-server/telephony/asterisk/calls/tracked-call';

/** One call, whose customer is the channel `customer`. */
function aWatch() {
  const call = { customer: { uniqueid: 'customer' } } as TrackedCall;
  const told: TrackedCall[] = [];
  const watch = new BridgeWatch(
    () => ({ running: [call] }) as unknown as CallTracker,
    each => told.push(each),
  );
  const hear = (event: string, uniqueid: string, bridge = 'b1', technology = 'simple_bridge'): number => {
    const fields = { event, uniqueid, bridgeuniqueid: bridge, bridgetechnology: technology };
    watch.hear(new AmiMessage(new Map(Object.entries(fields).map(([name, value]) => [name, [value]]))));
    return told.length;
  };
  return { hear };
}

test('the first whom the customer talks with is no other one, whoever of the two comes first and however late the second', () => {
  const { hear } = aWatch();
  expect(hear('BridgeEnter', 'customer')).toBe(0);
  expect(hear('BridgeEnter', 'agent')).toBe(0);
  const { hear: hearAgentFirst } = aWatch();
  expect(hearAgentFirst('BridgeEnter', 'agent')).toBe(0);
  expect(hearAgentFirst('BridgeEnter', 'customer')).toBe(0);
  expect(hearAgentFirst('BridgeEnter', 'colleague')).toBe(1);
});

test('the other end is another one when the customer comes into another bridge, and when somebody comes into theirs', () => {
  const { hear } = aWatch();
  hear('BridgeEnter', 'customer');
  hear('BridgeEnter', 'agent');
  expect(hear('BridgeLeave', 'agent')).toBe(0);
  expect(hear('BridgeEnter', 'colleague')).toBe(1);
  expect(hear('BridgeLeave', 'customer')).toBe(1);
  expect(hear('BridgeEnter', 'customer', 'b2')).toBe(2);
});

test('whose first talk was not seen, in a gap of the connection, has another other end from the next on', () => {
  const { hear } = aWatch();
  expect(hear('BridgeLeave', 'customer')).toBe(0);
  expect(hear('BridgeEnter', 'customer', 'b2')).toBe(1);
});

test('what happens in other bridges, in a room that mixes, or after the customer has left changes nothing', () => {
  const { hear } = aWatch();
  hear('BridgeEnter', 'customer');
  hear('BridgeEnter', 'agent');
  hear('BridgeLeave', 'customer');
  expect(hear('BridgeEnter', 'customer', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'agent', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'agent', 'b2')).toBe(1);
  expect(hear('BridgeLeave', 'customer', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'colleague', 'room')).toBe(1);
});
