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

test('the other end is another one when the customer comes into a bridge, and when somebody comes into theirs', () => {
  const { hear } = aWatch();
  expect(hear('BridgeEnter', 'customer')).toBe(1);
  expect(hear('BridgeEnter', 'agent')).toBe(2);
  expect(hear('BridgeLeave', 'agent')).toBe(2);
  expect(hear('BridgeEnter', 'colleague')).toBe(3);
});

test('what happens in other bridges, in a room that mixes, or after the customer has left changes nothing', () => {
  const { hear } = aWatch();
  expect(hear('BridgeEnter', 'customer', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'agent', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'agent', 'b2')).toBe(1);
  expect(hear('BridgeLeave', 'customer', 'room', 'softmix')).toBe(1);
  expect(hear('BridgeEnter', 'colleague', 'room')).toBe(1);
});
