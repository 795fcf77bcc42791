import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../../src-shared/call/call-event';
import { CallActions } from '../../../../src-main/phone/call-actions';
import { applyEngineReport } from '../../../../src-main/phone/apply-engine-reports';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

function aPhone() {
  const clock = new FakeClock();
  const log = new QuietLogger();
  const engine = new FakeEngine();
  const desk = new CallDesk(clock, log);
  engine.reports.hear(report => applyEngineReport(desk, report));
  const line = { isRegistered: true };
  const actions = new CallActions({ desk, engine, clock, log, isLineRegistered: () => line.isRegistered });
  const tell = (callId: string, event: CallEvent): void =>
    engine.report({ type: 'call', callId, at: clock.now(), event });
  return {
    engine,
    desk,
    actions,
    line,
    log,
    tell,
    state: (callId: string) => desk.find(callId)?.state,
    pending: (callId: string) => desk.find(callId)?.pendingAction,
    rings: (callId: string) =>
      engine.report({
        type: 'invite-received',
        callId,
        at: clock.now(),
        remote: { number: '100', name: null },
        queueName: null,
        centralCallId: null,
        returnedTransfer: null,
        transferredBy: null,
      }),
    async talks(callId: string): Promise<void> {
      this.rings(callId);
      const answered = actions.answer(callId);
      await untilOrdered(engine, 'call.answer');
      engine.last('call.answer').done();
      await answered;
      tell(callId, { type: 'media-confirmed' });
    },
  };
}
const ended = (cause: 'caller-cancelled' | 'completed' | 'answered-elsewhere'): CallEvent => ({
  type: 'ended',
  cause,
  sipCode: null,
});
const untilOrdered = async (
  engine: FakeEngine,
  type: ReturnType<FakeEngine['types']>[number],
  times = 1,
): Promise<void> => {
  for (let turn = 0; turn < 50 && engine.types().filter(each => each === type).length < times; turn += 1)
    await Promise.resolve();
  expect(engine.types().filter(each => each === type)).toHaveLength(times);
};

describe('answer', () => {
  it('is connecting at once, pending until the engine has done it, then talking', async () => {
    const phone = aPhone();
    phone.rings('a');
    const answered = phone.actions.answer('a');
    await untilOrdered(phone.engine, 'call.answer');
    expect([phone.state('a'), phone.pending('a')]).toEqual(['connecting', 'answer']);
    phone.engine.last('call.answer').done();
    await answered;
    phone.tell('a', { type: 'media-confirmed' });
    expect([phone.state('a'), phone.pending('a')]).toEqual(['active', null]);
  });

  it('clicked twice is one order', async () => {
    const phone = aPhone();
    phone.rings('a');
    const both = Promise.all([phone.actions.answer('a'), phone.actions.answer('a')]);
    await untilOrdered(phone.engine, 'call.answer');
    phone.engine.last('call.answer').done();
    await both;
    expect(phone.engine.types().filter(type => type === 'call.answer')).toHaveLength(1);
  });

  it('of a caller who has given up is no failure and reaches no engine', async () => {
    const phone = aPhone();
    phone.rings('a');
    phone.tell('a', ended('caller-cancelled'));
    await phone.actions.answer('a');
    expect(phone.engine.types()).not.toContain('call.answer');
    expect(phone.desk.find('a')?.endCause).toBe('caller-cancelled');
  });

  it('is silent when the caller gives up while the microphone opens', async () => {
    const phone = aPhone();
    phone.rings('a');
    const answered = phone.actions.answer('a');
    await untilOrdered(phone.engine, 'call.answer');
    phone.tell('a', ended('caller-cancelled'));
    phone.engine.last('call.answer').failed('call/failed');
    await expect(answered).resolves.toBeUndefined();
    expect(phone.state('a')).toBe('ended');
  });

  it('with the microphone refused leaves the caller ringing and tells why', async () => {
    const phone = aPhone();
    phone.rings('a');
    const answered = phone.actions.answer('a');
    await untilOrdered(phone.engine, 'call.answer');
    phone.engine.last('call.answer').failed('microphone/denied');
    await expect(answered).rejects.toMatchObject({ code: 'microphone/denied' });
    expect([phone.state('a'), phone.pending('a')]).toEqual(['ringing', null]);
  });

  it('while talking puts the first caller on hold before', async () => {
    const phone = aPhone();
    await phone.talks('a');
    phone.rings('b');
    const answered = phone.actions.answer('b');
    await untilOrdered(phone.engine, 'call.hold');
    expect(phone.engine.types().filter(type => type === 'call.answer')).toHaveLength(1);
    phone.tell('a', { type: 'held', by: 'agent' });
    phone.engine.last('call.hold').done();
    await untilOrdered(phone.engine, 'call.answer', 2);
    phone.engine.last('call.answer').done();
    await answered;
    expect([phone.state('a'), phone.state('b')]).toEqual(['held', 'connecting']);
  });

  it('gives the first caller back when the second one gave up meanwhile', async () => {
    const phone = aPhone();
    phone.engine.obeys.add('call.resume');
    await phone.talks('a');
    phone.rings('b');
    const answered = phone.actions.answer('b');
    await untilOrdered(phone.engine, 'call.hold');
    phone.tell('b', ended('caller-cancelled'));
    phone.tell('a', { type: 'held', by: 'agent' });
    phone.engine.last('call.hold').done();
    await answered;
    expect(phone.engine.types()).toContain('call.resume');
    expect(phone.engine.types().filter(type => type === 'call.answer')).toHaveLength(1);
  });

  it('does not answer the second when the first cannot be held', async () => {
    const phone = aPhone();
    await phone.talks('a');
    phone.rings('b');
    const answered = phone.actions.answer('b');
    await untilOrdered(phone.engine, 'call.hold');
    phone.engine.last('call.hold').failed('line/down-in-call');
    await expect(answered).rejects.toMatchObject({ code: 'line/down-in-call' });
    expect([phone.state('a'), phone.state('b'), phone.pending('b')]).toEqual(['active', 'ringing', null]);
  });

  it('of a call nobody knows is refused', async () => {
    await expect(aPhone().actions.answer('x')).rejects.toMatchObject({ code: 'call/unknown' });
  });

  it('is over cleanly when the engine dies in the middle', async () => {
    const phone = aPhone();
    phone.rings('a');
    const answered = phone.actions.answer('a');
    await untilOrdered(phone.engine, 'call.answer');
    phone.desk.engineLost();
    phone.engine.last('call.answer').failed('engine/not-running');
    await answered;
    expect(phone.desk.find('a')).toMatchObject({ state: 'ended', endCause: 'engine-lost', pendingAction: null });
  });
});

describe('leaving a call', () => {
  it('decline says 603 and is over for the agent at once', async () => {
    const phone = aPhone();
    phone.rings('a');
    const declined = phone.actions.decline('a');
    await untilOrdered(phone.engine, 'call.decline');
    expect(phone.engine.last('call.decline').command).toEqual({ type: 'call.decline', callId: 'a', sipCode: 603 });
    expect(phone.state('a')).toBe('ending');
    phone.engine.last('call.decline').done();
    await declined;
  });

  it('hang-up of a call the engine no longer has ends it here too', async () => {
    const phone = aPhone();
    await phone.talks('a');
    const left = phone.actions.hangUp('a');
    await untilOrdered(phone.engine, 'call.hang-up');
    phone.engine.last('call.hang-up').failed('call/unknown');
    await left;
    expect(phone.state('a')).toBe('ended');
  });

  it('hang-up is not possible twice', async () => {
    const phone = aPhone();
    await phone.talks('a');
    phone.tell('a', ended('completed'));
    await expect(phone.actions.hangUp('a')).rejects.toMatchObject({ code: 'call/not-allowed' });
  });
});

describe('during a call', () => {
  it('hold waits for the fact, not for the wish', async () => {
    const phone = aPhone();
    await phone.talks('a');
    const held = phone.actions.hold('a');
    await untilOrdered(phone.engine, 'call.hold');
    expect([phone.state('a'), phone.pending('a')]).toEqual(['active', 'hold']);
    phone.tell('a', { type: 'held', by: 'agent' });
    phone.engine.last('call.hold').done();
    await held;
    expect([phone.state('a'), phone.pending('a')]).toEqual(['held', null]);
  });

  it('mute on and off are two orders, and only the engine says what is so', async () => {
    const phone = aPhone();
    await phone.talks('a');
    phone.engine.obeys.add('call.mute');
    await Promise.all([phone.actions.mute('a', true), phone.actions.mute('a', false)]);
    expect(phone.engine.types().filter(type => type === 'call.mute')).toHaveLength(2);
    expect(phone.desk.find('a')?.isMuted).toBe(false);
    phone.engine.report({ type: 'mute', callId: 'a', isMuted: true });
    expect(phone.desk.find('a')?.isMuted).toBe(true);
  });

  it.each(['', '12a', '１', '1 2'])('refuses %j as a tone', async digits => {
    const phone = aPhone();
    await phone.talks('a');
    await expect(phone.actions.dtmf('a', digits)).rejects.toMatchObject({ code: 'dtmf/not-a-digit' });
  });

  it('refuses what the call does not allow', async () => {
    const phone = aPhone();
    phone.rings('a');
    await expect(phone.actions.hold('a')).rejects.toMatchObject({ code: 'call/not-allowed' });
    await expect(phone.actions.resume('a')).rejects.toMatchObject({ code: 'call/not-allowed' });
  });
});

describe('dial', () => {
  it.each([
    ['', 'dial/empty'],
    ['0145ABC', 'dial/not-a-number'],
    ['1'.repeat(40), 'dial/too-long'],
  ])('refuses %j', async (typed, code) => {
    await expect(aPhone().actions.dial(typed)).rejects.toMatchObject({ code });
  });

  it('a double click dials once, also while another call is being put on hold', async () => {
    const phone = aPhone();
    await phone.talks('first');
    const clicks = [phone.actions.dial('100'), phone.actions.dial('1 00')];
    await untilOrdered(phone.engine, 'call.hold');
    phone.engine.last('call.hold').done();
    phone.tell('first', { type: 'held', by: 'agent' });
    await untilOrdered(phone.engine, 'call.dial');
    phone.engine.last('call.dial').done();
    const [one, other] = await Promise.all(clicks);
    expect(one).toEqual(other);
    expect(await phone.actions.dial('100')).toEqual(one);
    expect(phone.engine.types().filter(type => type === 'call.dial')).toHaveLength(1);
    expect(phone.desk.live()).toHaveLength(2);
  });

  it('while one number is being dialled another is refused', async () => {
    const phone = aPhone();
    void phone.actions.dial('100');
    await untilOrdered(phone.engine, 'call.dial');
    phone.engine.last('call.dial').done();
    await expect(phone.actions.dial('200')).rejects.toMatchObject({ code: 'call/not-allowed' });
    expect(phone.desk.live()).toHaveLength(1);
  });

  it('puts the call on screen at once and dials what was meant', async () => {
    const phone = aPhone();
    const dialled = phone.actions.dial('+33 1 45-55');
    await untilOrdered(phone.engine, 'call.dial');
    expect(phone.engine.last('call.dial').command).toMatchObject({ target: '+3314555' });
    expect(phone.desk.live().map(({ state }) => state)).toEqual(['dialing']);
    phone.engine.last('call.dial').done();
    expect(phone.state((await dialled).callId)).toBe('dialing');
  });

  it('needs a registered line', async () => {
    const phone = aPhone();
    phone.line.isRegistered = false;
    await expect(phone.actions.dial('100')).rejects.toMatchObject({ code: 'line/not-ready' });
  });

  it('needs a free place: two calls are enough', async () => {
    const phone = aPhone();
    phone.rings('a');
    phone.rings('b');
    await expect(phone.actions.dial('100')).rejects.toMatchObject({ code: 'call/already-two' });
  });

  it('with the microphone refused leaves no trace on screen and tells why', async () => {
    const phone = aPhone();
    const dialled = phone.actions.dial('100');
    await untilOrdered(phone.engine, 'call.dial');
    phone.engine.last('call.dial').failed('microphone/missing');
    await expect(dialled).rejects.toMatchObject({ code: 'microphone/missing' });
    expect(phone.desk.all()).toEqual([]);
  });
});
