import { beforeEach, describe, expect, it } from 'vitest';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import { CallTracker } from '../../../../../src-server/telephony/asterisk/calls/call-tracker';
import { extensionOf } from '../../../../../src-server/telephony/asterisk/calls/tracked-leg';
import { reconcile } from '../../../../../src-server/telephony/asterisk/calls/reconcile';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let facts: { type: string; cause?: string }[];
let tracker: CallTracker;
beforeEach(() => {
  facts = [];
  tracker = new CallTracker({
    tell: fact => void facts.push(fact),
    log: silent,
    onConnected: () => undefined,
    onHold: () => undefined,
    onMoved: () => undefined,
    onPlaceTaken: () => undefined,
    onRung: () => undefined,
    onHandedOver: () => undefined,
    onChannelGone: async () => undefined,
    onWaitsForPair: () => undefined,
    onSpeaking: () => undefined,
    onEnding: async () => undefined,
  });
});

const message = (fields: Record<string, string>, variables: readonly string[] = []): AmiMessage =>
  new AmiMessage(
    new Map([
      ...Object.entries(fields).map(([name, value]) => [name.toLowerCase(), [value]] as const),
      ['chanvariable', variables] as const,
    ]),
  );
const hear = (Event: string, fields: Record<string, string> = {}, variables: readonly string[] = []): void =>
  tracker.hear(message({ Event, ...fields }, variables));
const marks = (direction: string): string[] => [
  'CENTRE_CALL=call-0001',
  `CENTRE_DIRECTION=${direction}`,
  'CENTRE_DIALLED=800',
];
const caller = {
  Uniqueid: '1.0',
  Channel: 'PJSIP/trunk-00000000',
  CallerIDNum: '0145550142',
  CallerIDName: '<unknown>',
};
const phone = { DestUniqueid: '1.1', DestChannel: 'PJSIP/1001-00000001' };
const types = (): string[] => facts.map(({ type, cause }) => (cause === undefined ? type : `${type}:${cause}`));
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

const waits = (): void => {
  hear('UserEvent', { UserEvent: 'CentreCall', ...caller }, marks('inbound'));
  hear('QueueCallerJoin', { ...caller, Queue: 'support', Position: '1' });
};
const rings = (): void => {
  hear('DialBegin', { ...caller, ...phone });
  hear('Newstate', { Uniqueid: '1.1', ChannelStateDesc: 'Ringing' });
};

describe('Asterisk events → facts', () => {
  it.each([
    ['603', 'declined', 'rejected'],
    ['480', 'declined', 'rejected'],
    ['486', 'busy', 'busy'],
    ['500', 'failed', 'failed'],
  ])('a phone that refuses with %s: %s', (status, offer, leg) => {
    waits();
    rings();
    hear('AgentRingNoAnswer', { ...caller, ...phone });
    hear('Hangup', { Uniqueid: '1.1', Cause: '21', TechCause: status });
    expect(types().slice(-2)).toEqual([`offer-ended:${offer}`, `leg-ended:${leg}`]);
  });

  it('a phone that rang too long', () => {
    waits();
    rings();
    hear('AgentRingNoAnswer', { ...caller, ...phone });
    hear('Hangup', { Uniqueid: '1.1', Cause: '26' });
    expect(types().slice(-2)).toEqual(['offer-ended:ring-no-answer', 'leg-ended:no-answer']);
  });

  it('events that come twice are told once', async () => {
    for (const _ of [1, 2]) waits();
    for (const _ of [1, 2]) rings();
    for (const _ of [1, 2]) hear('AgentConnect', { ...caller, ...phone });
    for (const _ of [1, 2]) hear('Hangup', { Uniqueid: '1.1', Cause: '16' });
    for (const _ of [1, 2]) hear('Hangup', { Uniqueid: '1.0', Cause: '16' });
    await settled();
    expect(types()).toEqual([
      'call-started',
      'leg-started',
      'queue-joined',
      'leg-started',
      'offered',
      'leg-ringing',
      'leg-answered',
      'offer-ended:answered',
      'queue-left:connected',
      'leg-answered',
      'leg-ended:completed',
      'leg-ended:completed',
      'call-ended:completed',
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'events that change places with their neighbour (%i) leave one end each',
    async index => {
      const script: (() => void)[] = [
        () => hear('UserEvent', { UserEvent: 'CentreCall', ...caller }, marks('inbound')),
        () => hear('QueueCallerJoin', { ...caller, Queue: 'support', Position: '1' }),
        () => hear('DialBegin', { ...caller, ...phone }),
        () => hear('Newstate', { Uniqueid: '1.1', ChannelStateDesc: 'Ringing' }),
        () => hear('AgentConnect', { ...caller, ...phone }),
        () => hear('Hold', { Uniqueid: '1.1' }),
        () => hear('Hangup', { Uniqueid: '1.1', Cause: '16' }),
        () => hear('Hangup', { Uniqueid: '1.0', Cause: '16' }),
      ];
      const [one, other] = [script[index]!, script[index + 1]!];
      script.splice(index, 2, other, one);
      for (const step of script) step();
      await settled();
      const count = (type: string): number => facts.filter(fact => fact.type === type).length;
      for (const [start, end] of [
        ['call-started', 'call-ended'],
        ['leg-started', 'leg-ended'],
        ['offered', 'offer-ended'],
        ['queue-joined', 'queue-left'],
      ] as const)
        expect([start, count(end)]).toEqual([start, count(start)]);
      expect(count('call-ended')).toBe(1);
      expect(types().at(-1)).toMatch(/^call-ended:/);
    },
  );

  it('the caller leaves although half of what should have been said is missing', async () => {
    waits();
    rings();
    hear('HangupRequest', { ...caller });
    hear('Hangup', { Uniqueid: '1.0', Cause: '0' });
    await settled();
    expect(types().slice(-5)).toEqual([
      'queue-left:abandoned',
      'leg-ended:caller-cancelled',
      'offer-ended:caller-left',
      'leg-ended:caller-cancelled',
      'call-ended:caller-cancelled',
    ]);
  });

  it('events of calls that are not ours pass by, and so does a mark without an id', () => {
    hear('DialBegin', { ...caller, ...phone });
    hear('Hangup', { Uniqueid: '9.9' });
    hear('UserEvent', { UserEvent: 'CentreCall', ...caller }, ['CENTRE_DIRECTION=inbound']);
    hear('Nonsense');
    expect(facts).toEqual([]);
  });

  it('hold is told of who talks, and a digit of who pressed it', () => {
    waits();
    hear('Hold', { Uniqueid: '1.0' });
    rings();
    hear('AgentConnect', { ...caller, ...phone });
    hear('Hold', { Uniqueid: '1.1' });
    hear('Unhold', { Uniqueid: '1.1' });
    hear('DTMFEnd', { Uniqueid: '1.1', Digit: '5', Direction: 'Received', DurationMs: '100' });
    hear('DTMFEnd', { Uniqueid: '1.0', Digit: '5', Direction: 'Sent' });
    expect(types().slice(-3)).toEqual(['leg-held', 'leg-resumed', 'dtmf']);
  });

  it('a call that runs when the server starts is left alone', () => {
    const channels = [message({ ...caller, Event: 'CoreShowChannel' }, marks('inbound'))];
    reconcile(tracker, { channels, waiting: [] }, true);
    reconcile(tracker, { channels, waiting: [] }, false);
    hear('Hangup', { Uniqueid: '1.0' });
    expect(facts).toEqual([]);
  });

  it.each([
    ['PJSIP/1001-0000002a', '1001'],
    ['PJSIP/desk.7-0000002a', 'desk.7'],
    ['Local/1001@x-0000002a;1', null],
    ['', null],
  ])('channel %s belongs to %s', (channel, extension) => expect(extensionOf(channel)).toBe(extension));
});

describe('Asterisk events → facts of transfers', () => {
  const transfer = 'CENTRE_TRANSFER=transfer-0001 PJSIP/1001-00000001 1002';
  const transferred = (outcome = ''): void =>
    hear('UserEvent', { UserEvent: 'CentreTransfer', ...caller }, [...marks('inbound'), `${transfer}${outcome}`]);
  const talks = (): void => {
    waits();
    rings();
    hear('AgentConnect', { ...caller, ...phone });
    facts.length = 0;
  };

  it.each([
    ['the word of the dialplan first', ['UserEvent', 'Hangup']],
    ['the end of the sender’s channel first', ['Hangup', 'UserEvent']],
  ])('blind, %s: the sender’s leg ended as transferred, once', (_what, order) => {
    talks();
    for (const event of [...order, ...order])
      if (event === 'Hangup') hear('Hangup', { Uniqueid: '1.1', Cause: '16' });
      else transferred();
    expect(types()).toEqual(['transfer-started', 'leg-ended:transferred']);
  });

  it('a failure is told once, after the end of whom it was sent to, whatever comes when', () => {
    talks();
    transferred();
    facts.length = 0;
    hear('DialBegin', { ...caller, DestUniqueid: '1.2', DestChannel: 'PJSIP/1002-00000002' });
    hear('HangupRequest', { Uniqueid: '1.2', TechCause: '486' });
    for (const _ of [1, 2]) transferred(' busy');
    hear('Hangup', { Uniqueid: '1.2', Cause: '17', TechCause: '486' });
    hear('DialBegin', { ...caller, DestUniqueid: '1.3', DestChannel: 'PJSIP/1001-00000003' });
    expect(types()).toEqual([
      'leg-started',
      'offered',
      'offer-ended:busy',
      'leg-ended:busy',
      'transfer-ended',
      'leg-started',
      'offered',
    ]);
    expect(facts.at(-1)).toMatchObject({ returnedTransferId: 'transfer-0001' });
  });

  it('a sender who does not take it back: its ringing is over before the queue begins', () => {
    talks();
    transferred(' busy');
    hear('DialBegin', { ...caller, DestUniqueid: '1.3', DestChannel: 'PJSIP/1001-00000003' });
    hear('DialEnd', { ...caller, DestUniqueid: '1.3', DialStatus: 'NOANSWER' });
    hear('QueueCallerJoin', { ...caller, Queue: 'support', Position: '1' });
    hear('Hangup', { Uniqueid: '1.3', Cause: '0' });
    expect(types().slice(-3)).toEqual(['offer-ended:ring-no-answer', 'leg-ended:no-answer', 'queue-joined']);
  });

  it('who just hangs up has not transferred anybody', async () => {
    talks();
    hear('Hangup', { Uniqueid: '1.1', Cause: '16' });
    expect(facts).toEqual([]);
    hear('Hangup', { Uniqueid: '1.0', Cause: '16' });
    await settled();
    expect(types()).toEqual(['leg-ended:completed', 'leg-ended:completed', 'call-ended:completed']);
  });

  it('the customer hangs up before the target answers', async () => {
    talks();
    transferred();
    facts.length = 0;
    hear('DialBegin', { ...caller, DestUniqueid: '1.2', DestChannel: 'PJSIP/trunk-00000002' });
    hear('HangupRequest', { ...caller });
    hear('Hangup', { Uniqueid: '1.0', Cause: '16' });
    await settled();
    expect(types()).toEqual([
      'leg-started',
      'leg-ended:caller-cancelled',
      'transfer-ended',
      'leg-ended:completed',
      'call-ended:completed',
    ]);
    expect(facts[0]).toMatchObject({ role: 'customer', number: '1002', extension: null });
  });

  it('nowhere to go back to', async () => {
    talks();
    transferred(' not-found');
    hear('UserEvent', { UserEvent: 'CentreLost', ...caller }, marks('inbound'));
    hear('Hangup', { Uniqueid: '1.0', Cause: '20' });
    await settled();
    expect(types().slice(-2)).toEqual(['leg-ended:unreachable', 'call-ended:unreachable']);
  });

  it('two phones send each other away in one instant: when the last of their channels is gone the call is over', async () => {
    const one = { Uniqueid: '1.0', Channel: 'PJSIP/1002-00000000', CallerIDNum: '1002', CallerIDName: '' };
    const two = { Uniqueid: '1.1', Channel: 'PJSIP/1003-00000001' };
    hear('UserEvent', { UserEvent: 'CentreCall', ...one }, marks('internal'));
    hear('DialBegin', { ...one, DestUniqueid: two.Uniqueid, DestChannel: two.Channel });
    hear('DialEnd', { ...one, DestUniqueid: two.Uniqueid, DialStatus: 'ANSWER' });
    const sent = (channel: object, note: string): void =>
      hear('UserEvent', { UserEvent: 'CentreTransfer', ...channel }, [...marks('internal'), `CENTRE_TRANSFER=${note}`]);
    sent(one, `transfer-0001 ${two.Channel} 1004`);
    sent(two, `transfer-0002 ${one.Channel} 1004`);
    hear('DialBegin', { ...one, DestUniqueid: '1.2', DestChannel: 'PJSIP/1004-00000002' });
    hear('DialBegin', { ...two, DestUniqueid: '1.3', DestChannel: 'PJSIP/1004-00000003' });
    for (const Uniqueid of ['1.2', '1.0', '1.3']) hear('Hangup', { Uniqueid, Cause: '16' });
    await settled();
    expect(types().filter(type => type.startsWith('call-ended'))).toEqual([]);
    hear('Hangup', { Uniqueid: '1.1', Cause: '16' });
    await settled();
    expect(types().at(-1)).toBe('call-ended:completed');
    const count = (type: string): number => facts.filter(fact => fact.type === type).length;
    expect(count('transfer-ended')).toBe(count('transfer-started'));
    expect(count('leg-ended')).toBe(count('leg-started'));
  });

  it.each([
    'nonsense',
    'transfer-0001 PJSIP/1001-00000001 ${SHELL(id)}',
    'transfer-0001 Local/1001@x-00000001 1002',
    'transfer-0002 PJSIP/9999-00000009 1002',
  ])('a note %s is none', note => {
    talks();
    hear('UserEvent', { UserEvent: 'CentreTransfer', ...caller }, [...marks('inbound'), `CENTRE_TRANSFER=${note}`]);
    expect(facts).toEqual([]);
  });
});
