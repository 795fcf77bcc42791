import { describe, expect, it } from 'vitest';
import { callEventOfProgress, endedEvent } from '../../../../src-main/phone-engine/call/jssip-to-call-event';

type Facts = Parameters<typeof endedEvent>[0];
const incoming: Facts = {
  direction: 'incoming',
  isConfirmed: false,
  originator: 'remote',
  cause: 'Canceled',
  statusCode: null,
  reason: null,
};
const outgoing: Facts = { ...incoming, direction: 'outgoing' };

describe('progress of our INVITE', () => {
  it.each([
    [100, null, null],
    [180, null, 'remote-ringing'],
    [181, null, 'remote-ringing'],
    [182, null, 'remote-ringing'],
    [183, null, null],
    [180, 'v=0', 'early-media-started'],
    [183, 'v=0', 'early-media-started'],
  ])('%i with body %s is %s', (status_code, body, type) => {
    expect(callEventOfProgress({ status_code, body })?.type ?? null).toBe(type);
  });
});

describe('end of a call', () => {
  it.each<[string, Facts, string]>([
    ['caller gave up', incoming, 'caller-cancelled'],
    [
      'another phone answered',
      { ...incoming, reason: 'SIP;cause=200;text="Call completed elsewhere"' },
      'answered-elsewhere',
    ],
    ['another phone answered, spaced', { ...incoming, reason: 'SIP ;cause=200 ;text="x"' }, 'answered-elsewhere'],
    ['another phone answered, Q.850', { ...incoming, reason: 'Q.850;cause=26' }, 'answered-elsewhere'],
    [
      'another phone answered, second value',
      { ...incoming, reason: 'Q.850;cause=16,SIP;cause=200' },
      'answered-elsewhere',
    ],
    ['other reason', { ...incoming, reason: 'SIP;cause=487' }, 'caller-cancelled'],
    ['other reason that begins alike', { ...incoming, reason: 'SIP;cause=2000' }, 'caller-cancelled'],
    ['agent declined', { ...incoming, originator: 'local', cause: 'Rejected', statusCode: 603 }, 'rejected'],
    ['nobody answered', { ...incoming, originator: 'local', cause: 'No Answer' }, 'no-answer'],
    ['INVITE expired', { ...incoming, originator: 'system', cause: 'Expires' }, 'no-answer'],
    ['no microphone', { ...incoming, originator: 'local', cause: 'User Denied Media Access' }, 'media-denied'],
    ['broken offer', { ...incoming, originator: 'system', cause: 'WebRTC Error' }, 'media-failed'],
    ['our 200 was never acknowledged', { ...incoming, isConfirmed: false, cause: 'No ACK' }, 'failed'],
    ['they hung up', { ...incoming, isConfirmed: true, cause: 'Terminated' }, 'completed'],
    ['we hung up', { ...outgoing, isConfirmed: true, originator: 'local', cause: 'Terminated' }, 'completed'],
    ['dialog forgotten', { ...outgoing, isConfirmed: true, originator: 'local', cause: 'Dialog Error' }, 'line-lost'],
    [
      'no sound any more',
      { ...outgoing, isConfirmed: true, originator: 'local', cause: 'RTP Timeout' },
      'media-failed',
    ],
    ['we gave up', { ...outgoing, originator: 'local' }, 'agent-cancelled'],
    ['line lost while dialling', { ...outgoing, originator: 'system', cause: 'Connection Error' }, 'line-lost'],
    ['server silent', { ...outgoing, originator: 'local', cause: 'Request Timeout' }, 'unreachable'],
    ['busy', { ...outgoing, cause: 'Busy', statusCode: 486 }, 'busy'],
    ['declined', { ...outgoing, cause: 'Rejected', statusCode: 603 }, 'rejected'],
    ['unknown number', { ...outgoing, cause: 'Not Found', statusCode: 404 }, 'not-found'],
    ['not registered', { ...outgoing, cause: 'Unavailable', statusCode: 480 }, 'unreachable'],
    ['rang out', { ...outgoing, cause: 'Unavailable', statusCode: 408 }, 'no-answer'],
    ['not allowed', { ...outgoing, cause: 'Authentication Error', statusCode: 407 }, 'forbidden'],
    ['no common codec', { ...outgoing, cause: 'Incompatible SDP', statusCode: 488 }, 'media-failed'],
    ['anything else', { ...outgoing, cause: 'SIP Failure Code', statusCode: 599 }, 'failed'],
  ])('%s', (_, facts, cause) => {
    expect(endedEvent(facts)).toEqual({ type: 'ended', cause, sipCode: facts.statusCode });
  });
});
