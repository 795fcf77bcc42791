import { describe, expect, it } from 'vitest';
import type { EngineReport } from '../../../../../src-shared/ipc/engine-reports';
import { AppError } from '../../../../../src-shared/errors/app-error';
import type { LineCredential } from '../../../../../src-shared/line/line-state';
import { LineMonitor } from '../../../../../src-main/phone/line/line-monitor';
import { FakeClock } from '../../../../fakes/fake-clock';
import { FakeEngine } from '../../../../fakes/fake-engine';
import { QuietLogger } from '../../../../fakes/quiet-logger';

type Line = Extract<EngineReport, { type: 'line' }>['line'];
const turn = async (): Promise<void> => {
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
};

function aLine() {
  const clock = new FakeClock();
  const engine = new FakeEngine();
  const renewals: { answer: (() => Promise<LineCredential>) | null; times: number } = { answer: null, times: 0 };
  const credential = (secret = 'secret-number-0001', livesMs = 3_600_000): LineCredential => ({
    webSocketUrl: 'ws://127.0.0.1/sip',
    sipUri: 'sip:1001@centre.local',
    authorizationUser: '1001',
    secret,
    displayName: 'Alice',
    expiresAt: clock.now() + livesMs,
    allowMd5: false,
  });
  const line = new LineMonitor({
    engine,
    clock,
    log: new QuietLogger(),
    random: () => 0,
    renewCredential: () => {
      renewals.times += 1;
      return renewals.answer ? renewals.answer() : Promise.resolve(credential(`renewed-secret-${renewals.times}`));
    },
  });
  const states: string[] = [];
  line.changes.hear(({ state }) => states.push(state));
  let recoveries = 0;
  line.recoveries.hear(() => (recoveries += 1));
  return {
    clock,
    engine,
    line,
    credential,
    renewals,
    states,
    recoveries: () => recoveries,
    report: (state: Line) => engine.report({ type: 'line', line: state }),
  };
}

describe('line monitor', () => {
  it('registers with the credential of the session', () => {
    const { line, engine, credential, report, states } = aLine();
    line.begin(credential());
    report({ state: 'registering' });
    report({ state: 'registered' });
    expect(engine.types()).toEqual(['line.connect']);
    expect(states).toEqual(['connecting', 'registering', 'registered']);
  });

  it('waits for an engine that is not ready, and registers anew when a new one is', () => {
    const { line, engine, credential } = aLine();
    engine.isReady = false;
    line.begin(credential());
    expect(engine.types()).toEqual([]);
    engine.report({ type: 'ready' });
    engine.report({ type: 'ready' });
    expect(engine.types()).toEqual(['line.connect', 'line.connect']);
  });

  it('is confirmed when the server has said so, before or after the phone', () => {
    const { line, credential, report } = aLine();
    line.begin(credential());
    line.confirmByServer(true);
    report({ state: 'registered' });
    expect(line.state).toEqual({ state: 'registered', isConfirmed: true });
    line.confirmByServer(false);
    expect(line.state).toEqual({ state: 'registered', isConfirmed: false });
  });

  it('puts a line to the test that the server does not see', () => {
    const { line, engine, credential, report } = aLine();
    line.begin(credential());
    report({ state: 'registered' });
    line.confirmByServer(false);
    expect(engine.types()).toEqual(['line.connect', 'line.probe']);
  });

  it('says once that the line is back after a loss, not after the first registration', () => {
    const { line, credential, report, recoveries } = aLine();
    line.begin(credential());
    report({ state: 'registered' });
    expect(recoveries()).toBe(0);
    report({ state: 'reconnecting', attempt: 1, retryAt: 5 });
    report({ state: 'reconnecting', attempt: 2, retryAt: 6 });
    report({ state: 'registered' });
    expect(recoveries()).toBe(1);
  });

  it('renews the credential a minute before it ends', async () => {
    const { clock, line, engine, credential, report, renewals } = aLine();
    line.begin(credential('secret-number-0001', 600_000));
    report({ state: 'registered' });
    clock.pass(539_999);
    expect(renewals.times).toBe(0);
    clock.pass(1);
    await turn();
    expect(engine.last('line.renew').command).toMatchObject({ credential: { secret: 'renewed-secret-1' } });
  });

  it('tries to renew again when the server cannot be reached', async () => {
    const { clock, line, engine, credential, renewals } = aLine();
    renewals.answer = () => Promise.reject(new AppError('server/unreachable'));
    line.begin(credential('secret-number-0001', 600_000));
    clock.pass(540_000);
    await turn();
    renewals.answer = null;
    clock.pass(1_000);
    await turn();
    expect(renewals.times).toBe(2);
    expect(engine.types()).toContain('line.renew');
  });

  it.each([401, 403, 407])('renews once after %i and then leaves it to a person', async sipCode => {
    const { line, engine, credential, report, renewals } = aLine();
    line.begin(credential());
    report({ state: 'refused', sipCode });
    await turn();
    expect(engine.last('line.connect').command).toMatchObject({ credential: { secret: 'renewed-secret-1' } });
    report({ state: 'refused', sipCode });
    await turn();
    expect(renewals.times).toBe(1);
    expect(line.state).toEqual({ state: 'refused', sipCode });
  });

  it('does not renew when the refusal is not about the credential', async () => {
    const { line, credential, report, renewals } = aLine();
    line.begin(credential());
    report({ state: 'refused', sipCode: 404 });
    await turn();
    expect(renewals.times).toBe(0);
  });

  it('"try again" after a refusal takes a new credential; while reconnecting it only hurries', async () => {
    const { line, engine, credential, report } = aLine();
    line.begin(credential());
    report({ state: 'reconnecting', attempt: 3, retryAt: 9 });
    await line.retry();
    expect(engine.types()).toEqual(['line.connect', 'line.probe']);
    report({ state: 'refused', sipCode: 404 });
    await line.retry();
    expect(engine.last('line.connect').command).toMatchObject({ credential: { secret: 'renewed-secret-1' } });
  });

  it('after sign-out believes no late report and renews nothing', async () => {
    const { clock, line, credential, report, renewals } = aLine();
    line.begin(credential());
    report({ state: 'registered' });
    await line.end();
    report({ state: 'registered' });
    clock.pass(4_000_000);
    await turn();
    expect(line.state).toEqual({ state: 'offline' });
    expect(renewals.times).toBe(0);
    await expect(line.retry()).rejects.toMatchObject({ code: 'sign-in/not-signed-in' });
  });
});
