import { expect, test } from 'vitest';
import type { AmiConnection } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import type { CallTracker } from '../../../../../src-server/telephony/asterisk/calls/call-tracker';
import { SendingOn } from '../../../../../src-server/telephony/asterisk/calls/sending-on';
import { FakeClock } from '../../../../fakes/fake-clock';

const order = { callId: 'call-0001', extension: '1005', number: '1002' };
const caller = { uniqueid: '1.0', channel: 'PJSIP/1001-1', isGone: false };
const rung = {
  uniqueid: '1.1',
  channel: 'PJSIP/1005-1',
  extension: '1005',
  isOffer: true,
  isAnswered: false,
  isGone: false,
};

/** Asterisk says Success to everything. */
function ringing() {
  const clock = new FakeClock();
  const given: string[] = [];
  const ami = { action: async ({ Action }: { Action: string }) => void given.push(Action) };
  const legs = new Map([caller, rung].map(leg => [leg.uniqueid, leg] as const));
  const calls = { call: () => ({ legs, anchor: caller, waitsIn: null }), connected: () => undefined };
  const sending = new SendingOn(ami as unknown as AmiConnection, calls as unknown as CallTracker, clock);
  return { clock, given, sending };
}

const begins = new AmiMessage(
  new Map(
    Object.entries({ event: 'UserEvent', userevent: 'CentreTransfer', uniqueid: caller.uniqueid }).map(
      ([name, value]) => [name, [value]] as const,
    ),
  ),
);

test('the order is carried out when the dialplan says that the transfer has begun', async () => {
  const { given, sending } = ringing();
  const sent = sending.sendOn(order);
  await expect.poll(() => given).toEqual(['Setvar', 'Redirect']);
  sending.hear(begins);
  await sent;
});

test('an order that Asterisk took and never carried out is said to have failed', async () => {
  const { clock, given, sending } = ringing();
  const failure = sending.sendOn(order).catch((error: unknown) => error);
  await expect.poll(() => given).toEqual(['Setvar', 'Redirect']);
  clock.pass(3000);
  expect(await failure).toMatchObject({ code: 'call/failed' });
});
