import { expect, test } from 'vitest';
import { LegFacts } from '../../../../../src-server/telephony/embedded/call/leg-facts';
import { EventStream } from '../../../../../src-server/telephony/event-stream';
import { VirtualLeg } from '../../../../../src-server/telephony/embedded/legs/virtual-leg';
import { silence } from '../../../../../src-server/telephony/embedded/media/audio-frame';
import { FakeClock } from '../../../../fakes/fake-clock';
import { QuietLogger } from '../../../../fakes/quiet-logger';

/** A leg whose own phone can hold. */
class PhoneLeg extends VirtualLeg {
  phoneHolds = false;
  override get isHeldAtPhone(): boolean {
    return this.phoneHolds;
  }
}

/** A leg, the call in which it is, and the calls that follow it. */
function aLeg() {
  const told: string[] = [];
  const stream = new EventStream(new FakeClock(), new QuietLogger());
  stream.subscribe(fact => told.push(Object.values(fact).slice(1).join(' ')));
  const leg = new PhoneLeg({ pull: () => silence, push: () => undefined });
  const present = { call: 'a' };
  const followedIn = (call: string): LegFacts => {
    const facts = new LegFacts(call, stream);
    facts.follow(leg, {
      isHere: () => present.call === call,
      onHoldChanged: () => facts.holdChanged(leg),
      onEnded: cause => facts.ended(leg.id, cause),
    });
    return facts;
  };
  return { leg, told, present, followedIn };
}

test('a leg is told to ring once, however often its phone says so', () => {
  const { leg, told, followedIn } = aLeg();
  followedIn('a');
  leg.ring();
  leg.ring();
  leg.answer();
  leg.emit('dtmf', { digit: '5', durationMs: 100, via: 'info' });
  expect(told).toEqual([`leg-ringing a ${leg.id}`, `leg-answered a ${leg.id}`, `dtmf a ${leg.id} 5 100 info`]);
});

test('a leg that has gone to another call tells there, and under its new name', () => {
  const { leg, told, present, followedIn } = aLeg();
  const former = leg.id;
  followedIn('a').started(leg, { role: 'agent', number: '1001', extension: '1001' });
  leg.takeNewId();
  followedIn('b');
  present.call = 'b';
  leg.answer();
  leg.leave('completed');
  expect(told).toEqual([
    `leg-started a ${former} agent 1001 1001`,
    `leg-answered b ${leg.id}`,
    `leg-ended b ${leg.id} completed`,
  ]);
  expect(leg.id).not.toBe(former);
});

test('who holds is told: the centre for a phone, or the phone itself', () => {
  const { leg, told, followedIn } = aLeg();
  const facts = followedIn('a');
  leg.isHeldByOrder = true;
  facts.holdChanged(leg);
  leg.phoneHolds = true;
  leg.emit('held');
  leg.isHeldByOrder = false;
  leg.phoneHolds = false;
  leg.emit('resumed');
  expect(told).toEqual([`leg-held a ${leg.id} true`, `leg-held a ${leg.id} false`, `leg-resumed a ${leg.id}`]);
});
