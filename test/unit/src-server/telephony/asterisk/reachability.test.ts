import { describe, expect, it } from 'vitest';
import { Reachability, toldAfterMs } from '../../../../../src-server/telephony/asterisk/reachability';
import { FakeClock } from '../../../../fakes/fake-clock';

function watched() {
  const clock = new FakeClock();
  const told: boolean[] = [];
  return { clock, told, reachability: new Reachability({ clock, tell: isThere => told.push(isThere) }) };
}

describe('whether Asterisk is there', () => {
  it('a gap that mends itself is nobody’s business', () => {
    const { clock, told, reachability } = watched();
    reachability.away();
    clock.pass(toldAfterMs - 1);
    reachability.there();
    clock.pass(toldAfterMs);
    expect(told).toEqual([]);
  });

  it('one that lasts is told once, and its end', () => {
    const { clock, told, reachability } = watched();
    reachability.away();
    clock.pass(toldAfterMs);
    reachability.away();
    clock.pass(toldAfterMs);
    expect(told).toEqual([false]);
    reachability.there();
    reachability.there();
    expect(told).toEqual([false, true]);
  });

  it('nothing is told after the end', () => {
    const { clock, told, reachability } = watched();
    reachability.away();
    reachability.stop();
    clock.pass(toldAfterMs);
    expect(told).toEqual([]);
  });
});
