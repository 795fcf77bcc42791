import { expect, test } from 'vitest';
import { defaultTiming } from '../../../../../src-server/telephony/embedded/engine-options';
import type { PhoneLegs } from '../../../../../src-server/telephony/embedded/legs/phone-legs';
import { SilentPhones } from '../../../../../src-server/telephony/embedded/legs/silent-phones';
import type { SipLeg } from '../../../../../src-server/telephony/embedded/legs/sip-leg';
import { FakeClock } from '../../../../fakes/fake-clock';
import { QuietLogger } from '../../../../fakes/quiet-logger';

/** One phone with as many calls, which all sound until a test says otherwise. */
function aPhone(calls: number) {
  const clock = new FakeClock();
  const answers = { isThere: true };
  const asked: number[] = [];
  const givenUpSince: number[] = [];
  const silentSince: (number | null)[] = Array.from({ length: calls }, () => null);
  const flow = {
    isUp: true,
    ask: (onSign: () => void) => {
      asked.push(clock.monotonic());
      return clock.after(answers.isThere ? 10 : 1e9, onSign);
    },
    giveUp: (since: number) => {
      givenUpSince.push(since);
      flow.isUp = false;
    },
  };
  const legs = silentSince.map((_, call) => ({
    flow,
    extension: '1001',
    isRinging: false,
    get missedForMs() {
      return clock.monotonic() - (silentSince[call] ?? clock.monotonic());
    },
    get isSending() {
      return this.missedForMs < 1000;
    },
  }));
  const watch = new SilentPhones({
    clock,
    log: new QuietLogger(),
    timing: defaultTiming,
    legs: { all: legs as unknown as readonly SipLeg[] } as PhoneLegs,
  });
  watch.start();
  const silence = (...of: readonly number[]): void => of.forEach(call => (silentSince[call] = clock.monotonic()));
  const sound = (): void => void silentSince.fill(null);
  const ring = (): void => {
    silence(0);
    for (const leg of legs) Object.assign(leg, { isRinging: true });
  };
  return { clock, answers, asked, givenUpSince, silence, sound, ring };
}

test('neither sound nor an answer: given up within three seconds and not before two and a half, since the sound ended', () => {
  const { clock, answers, givenUpSince, silence } = aPhone(2);
  answers.isThere = false;
  clock.pass(1000);
  const since = clock.monotonic();
  silence(0, 1);
  clock.pass(2490);
  expect(givenUpSince).toEqual([]);
  clock.pass(200);
  expect(givenUpSince).toEqual([since]);
});

test('who is silent and answers is there, and is not asked all the time', () => {
  const { clock, asked, givenUpSince, silence } = aPhone(1);
  silence(0);
  clock.pass(60_000);
  expect(givenUpSince).toEqual([]);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.length).toBeLessThan(40);
});

test('a network that blinks: the sound is back before the last question is answered', () => {
  const { clock, answers, asked, givenUpSince, silence, sound } = aPhone(1);
  answers.isThere = false;
  silence(0);
  clock.pass(2400);
  expect(asked).toHaveLength(2);
  sound();
  clock.pass(10_000);
  expect(givenUpSince).toEqual([]);
});

test('silence in one call of a phone that is heard in another means nothing', () => {
  const { clock, answers, asked, silence } = aPhone(2);
  answers.isThere = false;
  silence(0);
  clock.pass(10_000);
  expect(asked).toEqual([]);
});

test('a phone that rings is asked, and given up without an answer within three seconds', () => {
  const { clock, answers, givenUpSince, ring } = aPhone(1);
  ring();
  clock.pass(20_000);
  expect(givenUpSince).toEqual([]);
  answers.isThere = false;
  clock.pass(1790);
  expect(givenUpSince).toEqual([]);
  clock.pass(800);
  expect(givenUpSince).toHaveLength(1);
});
