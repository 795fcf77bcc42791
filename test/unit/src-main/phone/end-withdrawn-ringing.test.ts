import { beforeEach, describe, expect, it } from 'vitest';
import { Announcer } from '../../../../src-main/base/announcer';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { endWithdrawnRinging } from '../../../../src-main/phone/end-withdrawn-ringing';
import type { RecentCall } from '../../../../src-shared/call/recent-call';
import type { LineState } from '../../../../src-shared/line/line-state';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

let clock: FakeClock;
let engine: FakeEngine;
let desk: CallDesk;
let line: Announcer<LineState>;
let written: Announcer<readonly RecentCall[]>;
let refreshed: number;
beforeEach(() => {
  const log = new QuietLogger();
  [clock, engine, refreshed] = [new FakeClock(), new FakeEngine(), 0];
  [line, written] = [new Announcer(), new Announcer()];
  desk = new CallDesk(clock, log);
  const refresh = async (): Promise<void> => void (refreshed += 1);
  const journal = { changes: written, refresh };
  endWithdrawnRinging({ desk, line: { changes: line }, journal, engine, clock, aheadMs: () => 0, log });
  desk.begin({
    id: 'here',
    device: 'app',
    direction: 'inbound',
    remote: { number: '+33145550142', name: null },
    queueName: 'Support',
    centralCallId: 'c1',
    returnedTransfer: null,
    transferredBy: null,
    startedAt: clock.now(),
  });
});

const lost = (): void => line.announce({ state: 'reconnecting', attempt: 1, retryAt: 0 });
const back = (): void => line.announce({ state: 'registered', isConfirmed: true });
const centreWrote = (endedAt: number | null): void =>
  written.announce([{ callId: 'c1', endedAt } as unknown as RecentCall]);
const state = (): string | undefined => desk.find('here')?.state;

describe('what rang when the line went', () => {
  it('is ended once the centre has written that it rings here no more', () => {
    lost();
    clock.pass(5_000);
    back();
    expect(refreshed).toBe(1);
    centreWrote(clock.now());
    expect(state()).toBe('ended');
    expect(desk.find('here')?.endCause).toBe('line-lost');
    expect(engine.last('call.decline').command).toMatchObject({ callId: 'here' });
  });

  it('rings on while the centre still offers it, and after an end from before the line went', () => {
    centreWrote(clock.now());
    clock.pass(10_000);
    lost();
    clock.pass(1_000);
    back();
    centreWrote(null);
    expect(state()).toBe('ringing');
    centreWrote(clock.now() - 8_000);
    expect(state()).toBe('ringing');
  });

  it('is not ended when it is answered meanwhile, nor when the line was there all the time', () => {
    centreWrote(clock.now());
    expect(state()).toBe('ringing');
    lost();
    desk.apply('here', { type: 'answer-requested' }, clock.now());
    back();
    centreWrote(clock.now());
    expect(state()).not.toBe('ended');
  });
});
