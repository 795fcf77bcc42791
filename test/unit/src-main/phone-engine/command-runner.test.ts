import { describe, expect, it, vi } from 'vitest';
import { commandRunner } from '../../../../src-main/phone-engine/command-runner';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { EngineCommand } from '../../../../src-shared/ipc/engine-commands';
import type { EngineReport } from '../../../../src-shared/ipc/engine-reports';

function runner(run: (command: EngineCommand) => Promise<void>) {
  const reports: EngineReport[] = [];
  const send = commandRunner(run, report => reports.push(report));
  const settled = (): EngineReport[] => reports.filter(({ type }) => type === 'done' || type === 'failed');
  return { send, settled, reports };
}

describe('commandRunner', () => {
  it('settles each command once, with its id', async () => {
    const { send, settled } = runner(() => Promise.resolve());
    send({ id: 'c1', command: { type: 'heartbeat' } });
    await vi.waitFor(() => expect(settled()).toEqual([{ type: 'done', commandId: 'c1' }]));
  });

  it('passes on expected failures by their code and calls everything else internal', async () => {
    const expected = runner(() => Promise.reject(new AppError('microphone/denied')));
    expected.send({ id: 'c1', command: { type: 'audio.warm-up' } });
    await vi.waitFor(() =>
      expect(expected.settled()).toMatchObject([{ type: 'failed', commandId: 'c1', code: 'microphone/denied' }]),
    );
    const bug = runner(() => Promise.reject(new TypeError('x is undefined')));
    bug.send({ id: 'c2', command: { type: 'heartbeat' } });
    await vi.waitFor(() => expect(bug.settled()).toMatchObject([{ type: 'failed', code: 'internal' }]));
    expect(bug.reports.some(report => report.type === 'log' && report.level === 'error')).toBe(true);
  });

  it('refuses what is not a command without running anything', () => {
    const run = vi.fn<() => Promise<void>>();
    const { send, settled } = runner(run);
    send({ id: 'c1', command: { type: 'call.dtmf', callId: 'x', digits: 'hello' } });
    send({ command: { type: 'heartbeat' } });
    send('rubbish');
    expect(run).not.toHaveBeenCalled();
    expect(settled()).toEqual([{ type: 'failed', commandId: 'c1', code: 'ipc/bad-input', message: 'not a command' }]);
  });
});
