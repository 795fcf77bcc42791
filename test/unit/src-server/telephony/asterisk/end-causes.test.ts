import { describe, expect, it } from 'vitest';
import {
  type CallSoFar,
  causeOfCall,
  causeOfSecond,
  type EndingCall,
  isRefused,
  nothingSoFar,
  offerEndOf,
} from '../../../../../src-server/telephony/asterisk/calls/end-causes';
import { newLeg, type TrackedLeg } from '../../../../../src-server/telephony/asterisk/calls/tracked-leg';

const customer = (has: Partial<TrackedLeg> = {}): TrackedLeg => {
  const number = '0145550142';
  const names = { id: 'customer', uniqueid: 'customer', channel: 'PJSIP/trunk-00000000' };
  return { ...newLeg({ ...names, role: 'customer', number, extension: null, isOffer: false }), ...has };
};
const agent = (extension: string, has: Partial<TrackedLeg> = {}): TrackedLeg => {
  const names = { id: extension, uniqueid: extension, channel: `PJSIP/${extension}-00000001` };
  return { ...newLeg({ ...names, role: 'agent', number: extension, extension, isOffer: false }), ...has };
};
const rung = (has: Partial<TrackedLeg> = {}): TrackedLeg => agent('1001', { isOffer: true, ...has });

interface Given {
  readonly soFar?: Partial<CallSoFar>;
  readonly waitsIn?: string;
}
const callOf = (first: TrackedLeg, others: readonly TrackedLeg[] = [], given: Given = {}): EndingCall => ({
  first,
  legs: new Map([first, ...others].map(leg => [leg.uniqueid, leg])),
  waitsIn: given.waitsIn ?? null,
  soFar: { ...nothingSoFar, ...given.soFar },
});

describe('why a phone that did not get the call rings no more', () => {
  const refuses = { sipStatus: 486, hasTimedOut: true };
  it.each([
    ['the centre took it back, whatever else', { ...refuses, isWithdrawn: true, isLost: true }, 'state-changed'],
    ['it died', { ...refuses, isLost: true }, 'line-lost'],
    ['it refused, before its time was over', refuses, 'busy'],
    ['its time was over', { hasTimedOut: true }, 'ring-no-answer'],
    ['nobody knows', {}, 'failed'],
  ] as const)('%s', (_why, has, expected) => {
    const leg = rung(has);
    expect(offerEndOf(leg, callOf(customer(), [leg]))).toBe(expected);
  });

  it('somebody else talks: that says more than that its time was over', () => {
    const leg = rung({ hasTimedOut: true });
    expect(offerEndOf(leg, callOf(customer(), [leg], { soFar: { isTalking: true } }))).toBe('answered-elsewhere');
  });

  it('another phone was taken up in the same moment, and the queue has not decided yet', () => {
    const [leg, other] = [rung({ isPickedUp: true }), agent('1002', { isOffer: true, isPickedUp: true })];
    expect(offerEndOf(leg, callOf(customer(), [leg, other]))).toBe('answered-elsewhere');
    expect(offerEndOf(leg, callOf(customer(), [leg]))).toBe('failed');
  });

  it('the caller left: that says more than that its time was over', () => {
    const leg = rung({ hasTimedOut: true });
    expect(offerEndOf(leg, callOf(customer(), [leg], { soFar: { hasCallerLeft: true } }))).toBe('caller-left');
  });
});

describe('why a leg ended that is not the one whose call it is', () => {
  it.each([
    ['it talked, whatever else', rung({ isAnswered: true, sipStatus: 486 }), {}, 'completed'],
    ['a phone: what became of its offer', rung({ sipStatus: 603 }), {}, 'rejected'],
    ['over the trunk, refused: by its status', customer({ sipStatus: 404 }), {}, 'not-found'],
    ['over the trunk, an agent gave up', customer(), { hasCallerLeft: true }, 'agent-cancelled'],
    [
      'over the trunk, whoever was transferred gave up',
      customer(),
      { hasCallerLeft: true, hasConnected: true },
      'caller-cancelled',
    ],
    ['over the trunk, too long', customer({ hasTimedOut: true }), {}, 'no-answer'],
    ['over the trunk, without a word of SIP: by the channel’s cause', customer(), {}, 'unreachable'],
  ] as const)('%s', (_why, leg, soFar, expected) => {
    expect(causeOfSecond(leg, callOf(agent('1009'), [leg], { soFar }), 34)).toBe(expected);
  });
});

describe('why a call ended', () => {
  it.each([
    ['nobody can take the party back', { isLost: true, hasConnected: true }, 'unreachable'],
    ['two had talked', { hasConnected: true, isTakenBack: true }, 'completed'],
    [
      'the centre ended it for its agent',
      { isTakenBack: true, hasCallerLeft: true, hasWaited: true },
      'agent-cancelled',
    ],
    ['the last one called says why', { lastCause: 'busy' }, 'busy'],
    ['nothing else is known than the channel’s cause', {}, 'not-found'],
  ] as const)('%s', (_why, soFar, expected) => {
    expect(causeOfCall(callOf(agent('1009', { isAnswered: true }), [], { soFar }), 1)).toBe(expected);
  });

  it.each([
    ['a customer', customer(), { hasWaited: true }, 'caller-cancelled'],
    ['an agent who heard the echo', agent('1009', { isAnswered: true }), {}, 'completed'],
    [
      'an agent who waited in a queue',
      agent('1009', { isAnswered: true }),
      { hasWaited: true, hasCalled: true },
      'completed',
    ],
    ['an agent whose other end rang', agent('1009', { isAnswered: true }), { hasCalled: true }, 'agent-cancelled'],
    ['an agent to whom nothing had answered', agent('1009'), {}, 'agent-cancelled'],
  ] as const)('its caller left: %s', (_who, first, soFar, expected) => {
    expect(causeOfCall(callOf(first, [], { soFar: { ...soFar, hasCallerLeft: true } }), 16)).toBe(expected);
  });

  it('a queue has let its caller go', () => {
    const given = { waitsIn: 'support', soFar: { lastCause: 'no-answer' } } as const;
    expect(causeOfCall(callOf(customer(), [], given), 16)).toBe('unreachable');
  });

  it('whom it called is still there, and has refused', () => {
    const called = customer({ sipStatus: 486 });
    expect(causeOfCall(callOf(agent('1009'), [called]), 16)).toBe('busy');
  });

  it.each([
    ['rang too long, which Asterisk calls 480', { hasTimedOut: true, sipStatus: 480 }, 'no-answer'],
    ['declined', { sipStatus: 603 }, 'rejected'],
    ['is busy', { sipStatus: 486 }, 'busy'],
    ['cannot', { sipStatus: 404 }, 'not-found'],
    ['said nothing', {}, 'unreachable'],
  ] as const)('click-to-dial: the own phone %s', (_what, has, expected) => {
    const call = callOf(agent('1009', { isRungFirst: true, ...has }), [], { soFar: { hasCallerLeft: true } });
    expect(causeOfCall(call, 20)).toBe(expected);
  });
});

describe('whether the dialplan hangs up in the caller’s name', () => {
  const refusing = customer({ sipStatus: 486 });
  it.each([
    ['whom it called has refused and is gone', [], { soFar: { lastCause: 'busy' } }, true],
    ['whom it called refuses', [refusing], {}, true],
    ['it rings', [customer()], {}, false],
    ['two have talked', [refusing], { soFar: { hasConnected: true, lastCause: 'busy' } }, false],
    [
      'it waits in a queue, which rings the next',
      [refusing],
      { waitsIn: 'support', soFar: { lastCause: 'busy' } },
      false,
    ],
  ] as const)('%s', (_what, others, given, expected) => {
    expect(isRefused(callOf(agent('1009'), others, given))).toBe(expected);
  });

  it('the status of the caller’s own channel is none', () => {
    expect(isRefused(callOf(agent('1009', { sipStatus: 486 })))).toBe(false);
  });
});
