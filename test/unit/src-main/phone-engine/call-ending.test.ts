import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallEnding } from '../../../../src-main/phone-engine/call/call-ending';
import type { EndOfSession, JsSipSession } from '../../../../src-main/phone-engine/jssip/jssip-internals';
import { LineGate } from '../../../../src-main/phone-engine/line/line-gate';

type Phase = 'unanswered' | 'established' | 'ended';

/** A call on a line that is up, and what came of it. JsSIP says the end in the moment in which it is told to end. */
function aCall(direction: 'incoming' | 'outgoing', phase: Phase = 'unanswered') {
  const heard: string[] = [];
  const sent: string[] = [];
  const gate = new LineGate();
  gate.open();
  const session = {
    direction,
    phase,
    get _is_confirmed() {
      return this.phase === 'established';
    },
    _request: { cancel: () => sent.push('CANCEL') },
    isEnded: () => session.phase === 'ended',
    isEstablished: () => session.phase === 'established',
    terminate: ({ status_code, cause }: { status_code?: number; cause?: string } = {}) => {
      sent.push(['end', status_code, cause].filter(part => part !== undefined).join(' '));
      over({ cause: cause ?? 'Terminated' });
    },
  };
  const ending = new CallEnding({
    callId: 'c1',
    session: session as unknown as JsSipSession,
    gate,
    log: (level, message) => heard.push(`${level} ${message}`),
    onEnded: ended => heard.push(Object.values(ended).join(' ')),
  });
  const over = (end: Partial<EndOfSession>): void => {
    ending.over({ originator: 'local', message: null, cause: 'Terminated', ...end });
    session.phase = 'ended';
  };
  return { ending, session, gate, heard, sent, over };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a call that is hung up', () => {
  test('is over at once, and only once', () => {
    const { ending, heard, sent } = aCall('outgoing', 'established');
    expect(ending.isOver).toBe(false);
    ending.hangUp();
    ending.hangUp();
    expect(ending.isOver).toBe(true);
    expect(sent).toEqual(['end']);
    expect(heard).toEqual(['ended completed ']);
  });

  test('while the line is away is over when the other side can be told; who is still being rung is told to stop', async () => {
    const { ending, gate, heard, sent } = aCall('outgoing');
    gate.close();
    ending.hangUp();
    expect(ending.isOver, 'its sound').toBe(true);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(heard).toEqual([]);
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['end', 'CANCEL']);
    expect(heard).toEqual(['ended agent-cancelled ']);
  });

  test('while the line is away and stays away is over when nobody there can know it any more', async () => {
    const { ending, gate, heard } = aCall('incoming', 'established');
    gate.close();
    ending.hangUp();
    await vi.advanceTimersByTimeAsync(32_000);
    expect(heard).toEqual(['ended line-lost ']);
  });
});

test('a call that is refused says with what', () => {
  const { ending, heard, sent } = aCall('incoming');
  ending.refuse(486);
  expect(sent).toEqual(['end 486']);
  expect(heard).toEqual(['ended rejected 486']);
});

test('an offer that cannot be taken is refused, and our reason counts', () => {
  const { ending, heard } = aCall('incoming');
  ending.refuse(488, 'Incompatible SDP');
  expect(heard).toEqual(['ended media-failed 488']);
});

test('who was sent on was transferred, and not hung up on', () => {
  const { ending, heard, sent } = aCall('incoming', 'established');
  ending.leaveTransferred();
  expect(sent).toEqual(['end']);
  expect(heard).toEqual(['ended transferred ']);
});

describe('a call that is not well', () => {
  test('is given up after its time, and not when it got well', async () => {
    const [ill, well] = [aCall('incoming', 'established'), aCall('incoming', 'established')];
    ill.ending.endUnless(() => false, 15_000, 'RTP Timeout');
    well.ending.endUnless(() => true, 15_000, 'RTP Timeout');
    await vi.advanceTimersByTimeAsync(14_999);
    expect(ill.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ill.sent).toEqual(['end 408 RTP Timeout']);
    expect(ill.heard).toEqual(['ended media-failed ']);
    expect(well.sent).toEqual([]);
  });

  test('and ends by itself is not ended again', async () => {
    const { ending, over, sent } = aCall('incoming', 'established');
    ending.endUnless(() => false, 15_000, 'RTP Timeout');
    over({ originator: 'remote' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a line that is lost', () => {
  test.each([
    ['ends a call that nobody answered', 'unanswered', false, ['end 500 Connection Error']],
    ['and is back leaves it alone', 'unanswered', true, []],
    ['leaves a talk alone: media does not need it', 'established', false, []],
  ] as const)('%s', async (_what, phase, isBack, sent) => {
    const call = aCall('outgoing', phase);
    call.gate.close();
    call.ending.lineLost();
    await vi.advanceTimersByTimeAsync(31_999);
    if (isBack) call.gate.open();
    await vi.advanceTimersByTimeAsync(1);
    expect(call.sent).toEqual(sent);
  });
});

describe('a goodbye that cannot leave', () => {
  test('waits for the line; one that is up has not noticed yet that it is gone', async () => {
    const { ending, gate, sent } = aCall('incoming', 'established');
    ending.sendWhenUp(() => sent.push('BYE'));
    await vi.advanceTimersByTimeAsync(500);
    gate.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual([]);
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['BYE']);
  });

  test('is forgotten when it is too late, and that is written down', async () => {
    const { ending, gate, sent, heard } = aCall('incoming', 'established');
    gate.close();
    ending.sendWhenUp(() => sent.push('BYE'));
    await vi.advanceTimersByTimeAsync(32_000);
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([]);
    expect(heard).toEqual(['warn call c1: the other side could not be told of the end']);
  });
});
