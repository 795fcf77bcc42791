import { describe, expect, it } from 'vitest';
import { EngineSupervisor } from '../../../../src-main/phone/engine-supervisor';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

const turn = async (): Promise<void> => {
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
};

function aSupervisor() {
  const clock = new FakeClock();
  const engine = new FakeEngine();
  engine.isReady = false;
  const host = {
    opened: 0,
    closed: 0,
    gone: (_reason: string): void => undefined,
    open(onGone: (reason: string) => void) {
      host.opened += 1;
      host.gone = onGone;
    },
    close() {
      host.closed += 1;
    },
  };
  const supervisor = new EngineSupervisor(host, engine, clock, new QuietLogger());
  const losses: string[] = [];
  supervisor.losses.hear(reason => {
    losses.push(reason);
    engine.engineGone();
  });
  return { clock, engine, host, supervisor, losses };
}

describe('engine supervisor', () => {
  it('opens the engine and leaves a healthy one alone', async () => {
    const { clock, engine, host, supervisor, losses } = aSupervisor();
    engine.obeys.add('heartbeat');
    supervisor.start();
    engine.report({ type: 'ready' });
    for (let n = 0; n < 30; n += 1) {
      clock.pass(2_000);
      await turn();
    }
    expect(engine.types().filter(type => type === 'heartbeat')).toHaveLength(30);
    expect([host.opened, losses]).toEqual([1, []]);
  });

  it('does not open a window that is already there', () => {
    const { host, supervisor } = aSupervisor();
    supervisor.start(true);
    expect(host.opened).toBe(0);
  });

  it('starts a crashed engine again within two seconds', () => {
    const { clock, engine, host, supervisor, losses } = aSupervisor();
    supervisor.start();
    engine.report({ type: 'ready' });
    host.gone('crashed');
    expect(losses).toEqual(['crashed']);
    clock.pass(2_000);
    expect([host.opened, host.closed]).toEqual([2, 1]);
  });

  it('restarts an engine that misses three heartbeats', async () => {
    const { clock, engine, supervisor, losses } = aSupervisor();
    supervisor.start();
    engine.report({ type: 'ready' });
    for (let n = 0; n < 3; n += 1) {
      clock.pass(2_000);
      engine.last('heartbeat').failed('engine/timed-out');
      await turn();
      expect(losses).toHaveLength(n === 2 ? 1 : 0);
    }
    expect(losses).toEqual(['3 heartbeats missed']);
  });

  it('forgives two missed heartbeats', async () => {
    const { clock, engine, supervisor, losses } = aSupervisor();
    supervisor.start();
    engine.report({ type: 'ready' });
    for (const isMissed of [true, true, false, true, true]) {
      clock.pass(2_000);
      if (isMissed) engine.last('heartbeat').failed('engine/timed-out');
      else engine.last('heartbeat').done();
      await turn();
    }
    expect(losses).toEqual([]);
  });

  it('restarts an engine that never becomes ready', () => {
    const { clock, host, supervisor, losses } = aSupervisor();
    supervisor.start();
    clock.pass(15_000);
    expect(losses).toEqual(['not ready in time']);
    clock.pass(200);
    expect(host.opened).toBe(2);
  });

  it('slows down when it crashes in a circle, to ten seconds at most', () => {
    const { clock, host, supervisor } = aSupervisor();
    supervisor.start();
    const delays: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      host.gone('crashed');
      const before = host.opened;
      const at = clock.now();
      while (host.opened === before) clock.pass(100);
      delays.push(clock.now() - at);
    }
    expect(delays).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('starts nothing more after stop', () => {
    const { clock, host, supervisor, losses } = aSupervisor();
    supervisor.start();
    supervisor.stop();
    host.gone('killed');
    clock.pass(60_000);
    expect([host.opened, losses]).toEqual([1, []]);
  });
});
