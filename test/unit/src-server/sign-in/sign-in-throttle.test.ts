import { describe, expect, it } from 'vitest';
import {
  failuresPerAccountAndAddress,
  failuresPerAddress,
  SignInThrottle,
  throttleWindowMs,
} from '../../../../src-server/sign-in/sign-in-throttle';
import { FakeClock } from '../../../fakes/fake-clock';

const fail = (throttle: SignInThrottle, times: number, account = 'alice', address = '1.1.1.1'): void => {
  for (let index = 0; index < times; index += 1) throttle.begin(account, address);
};

describe('the throttle', () => {
  it('lets ten failures pass and refuses the eleventh try with the seconds to wait', () => {
    const clock = new FakeClock();
    const throttle = new SignInThrottle(clock);
    fail(throttle, failuresPerAccountAndAddress);
    clock.pass(60_000);
    expect(() => throttle.begin('alice', '1.1.1.1')).toThrow(
      expect.objectContaining({ code: 'sign-in/throttled', params: { seconds: 240 } }),
    );
  });

  it('frees one try as each failure grows old', () => {
    const clock = new FakeClock();
    const throttle = new SignInThrottle(clock);
    fail(throttle, 1);
    clock.pass(60_000);
    fail(throttle, failuresPerAccountAndAddress - 1);
    clock.pass(throttleWindowMs - 60_000);
    fail(throttle, 1);
    expect(() => throttle.begin('alice', '1.1.1.1')).toThrow('too many');
  });

  it('does not lock the person out elsewhere, nor others here', () => {
    const throttle = new SignInThrottle(new FakeClock());
    fail(throttle, failuresPerAccountAndAddress);
    expect(() => throttle.begin('alice', '2.2.2.2')).not.toThrow();
    expect(() => throttle.begin('bruno', '1.1.1.1')).not.toThrow();
  });

  it('makes an address wait that tries many accounts', () => {
    const throttle = new SignInThrottle(new FakeClock());
    for (let index = 0; index < failuresPerAddress; index += 1) throttle.begin(`account ${index}`, '1.1.1.1');
    expect(() => throttle.begin('fresh', '1.1.1.1')).toThrow('too many');
  });

  it('does not count successes, however many share an address', () => {
    const throttle = new SignInThrottle(new FakeClock());
    for (let index = 0; index < 500; index += 1) throttle.begin(`agent ${index}`, '1.1.1.1').succeeded();
    expect(() => throttle.begin('one more', '1.1.1.1')).not.toThrow();
  });

  it('holds a bounded number of addresses', () => {
    const throttle = new SignInThrottle(new FakeClock());
    fail(throttle, failuresPerAccountAndAddress);
    for (let index = 0; index < 20_000; index += 1) throttle.begin('x', `address ${index}`);
    expect(() => throttle.begin('alice', '1.1.1.1'), 'the oldest is forgotten').not.toThrow();
  });
});
