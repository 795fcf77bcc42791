import { describe, expect, it } from 'vitest';
import { IdleWatch } from '../../../../src-main/agent/idle-watch';
import { isAtWork } from '../../../../src-main/agent/is-at-work';
import { agentStates, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import type { AgentPolicy } from '../../../../src-shared/policy/agent-policy';
import { FakeClock } from '../../../fakes/fake-clock';

const minute = 60_000;

function aWatch() {
  const clock = new FakeClock();
  const facts: { session: AgentPolicy['session'] | null; isWorking: boolean; systemIdleMs: number } = {
    session: { idleSignOutMs: 10 * minute, warnBeforeMs: minute },
    isWorking: false,
    systemIdleMs: Number.POSITIVE_INFINITY,
  };
  let timesSignedOut = 0;
  const watch = new IdleWatch({
    clock,
    policy: () => facts.session,
    isWorking: () => facts.isWorking,
    systemIdleMs: () => facts.systemIdleMs,
    signOut: async () => {
      timesSignedOut += 1;
      facts.session = null;
    },
  });
  const warned: (number | null)[] = [];
  watch.warnings.hear(endsAt => warned.push(endsAt));
  return { clock, facts, watch, warned, signedOut: () => timesSignedOut };
}

describe('a session that nobody uses', () => {
  it('is warned of a minute before, with the moment of its end, and ends', () => {
    const { clock, warned, signedOut } = aWatch();
    clock.pass(9 * minute - 1_000);
    expect(warned).toEqual([]);
    clock.pass(1_000);
    expect(warned).toEqual([clock.now() + minute]);
    clock.pass(minute - 1_000);
    expect([warned.length, signedOut()]).toEqual([1, 0]);
    clock.pass(1_000);
    expect([warned.at(-1), signedOut()]).toEqual([null, 1]);
  });

  it('goes on with an answer to the warning, and is warned of again', () => {
    const { clock, watch, warned, signedOut } = aWatch();
    clock.pass(9.5 * minute);
    watch.stay();
    clock.pass(8.9 * minute);
    expect([warned.length, warned.at(-1), signedOut()]).toEqual([2, null, 0]);
    clock.pass(minute);
    expect(warned.length).toBe(3);
  });

  it('goes on with work in our window and in any other program', () => {
    const { clock, facts, watch, warned } = aWatch();
    for (let turn = 0; turn < 4; turn += 1) {
      clock.pass(5 * minute);
      watch.active();
    }
    for (let turn = 0; turn < 4; turn += 1) {
      facts.systemIdleMs = 0;
      clock.pass(1_000);
      facts.systemIdleMs = Number.POSITIVE_INFINITY;
      clock.pass(5 * minute);
    }
    expect(warned).toEqual([]);
  });

  it('once warned of, ends unless somebody answers: a hand on the mouse is no answer', () => {
    const { clock, facts, watch, signedOut } = aWatch();
    clock.pass(9.5 * minute);
    facts.systemIdleMs = 0;
    watch.active();
    clock.pass(minute);
    expect(signedOut()).toBe(1);
  });

  it('goes on while there is work, and the warning goes when a call comes', () => {
    const { clock, facts, warned, signedOut } = aWatch();
    facts.isWorking = true;
    clock.pass(30 * minute);
    facts.isWorking = false;
    clock.pass(9.5 * minute);
    facts.isWorking = true;
    clock.pass(5 * minute);
    expect([warned.length, warned.at(-1), signedOut()]).toEqual([2, null, 0]);
  });

  it('follows a policy that changes while it runs', () => {
    const { clock, facts, warned, signedOut } = aWatch();
    facts.session = { idleSignOutMs: null, warnBeforeMs: minute };
    clock.pass(60 * minute);
    expect([warned, signedOut()]).toEqual([[], 0]);
    facts.session = { idleSignOutMs: 2 * minute, warnBeforeMs: minute };
    clock.pass(2 * minute);
    expect(signedOut()).toBe(1);
  });

  it('ends when the machine slept through its end, and not for a nap', () => {
    const { clock, watch, signedOut } = aWatch();
    clock.pass(5 * minute);
    watch.slept(4 * minute);
    expect(signedOut()).toBe(0);
    watch.slept(5 * minute);
    expect(signedOut()).toBe(1);
  });
});

describe('work', () => {
  it('is every call and what follows it, and waiting for the calls of a queue', () => {
    const atWork = (queues: readonly string[]): string[] =>
      agentStates.filter(state => isAtWork({ ...signedOutStatus(0), state }, queues));
    expect(atWork(['support'])).toEqual(['available', 'reserved', 'on-call', 'wrap-up']);
    expect(atWork([])).toEqual(['reserved', 'on-call', 'wrap-up']);
  });
});
