import { describe, expect, it } from 'vitest';
import { AgentDesk } from '../../../../src-main/agent/agent-desk';
import { PolicyDesk } from '../../../../src-main/agent/policy-desk';
import { ServerClock } from '../../../../src-main/agent/server-clock';
import { Announcer } from '../../../../src-main/base/announcer';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import { AppError } from '../../../../src-shared/errors/app-error';
import { aPolicy } from '../../../builders/a-policy';
import { QuietLogger } from '../../../fakes/quiet-logger';

const statusAt = (since: number, part: Partial<AgentStatus> = {}): AgentStatus => ({
  ...signedOutStatus(since),
  state: 'available',
  ...part,
});

/** A centre that answers when the test says so. */
function aCentre() {
  const answers: { settle: (status: AgentStatus) => void; refuse: (error: Error) => void }[] = [];
  const ask = (): Promise<AgentStatus> => new Promise((settle, refuse) => void answers.push({ settle, refuse }));
  const desk = new AgentDesk({ changeAvailability: ask, pauseQueue: ask, fetch: ask });
  const told: AgentStatus[] = [];
  desk.changes.hear(status => told.push(status));
  return { desk, told, answers };
}

describe('one’s own state', () => {
  it('is told when the centre has confirmed, not when it was asked for', async () => {
    const { desk, told, answers } = aCentre();
    const asked = desk.takeBreak('coffee');
    expect(told).toEqual([]);
    const confirmed = statusAt(1, { state: 'on-break', reason: 'coffee' });
    answers[0]?.settle(confirmed);
    expect(await asked).toEqual(confirmed);
    expect(told).toEqual([confirmed]);
  });

  it('stays when the centre refuses', async () => {
    const { desk, told, answers } = aCentre();
    const asked = desk.pauseQueue({ queueId: 'support', reason: 'coffee' });
    answers[0]?.refuse(new AppError('agent/not-confirmed'));
    await expect(asked).rejects.toThrow('agent/not-confirmed');
    expect([told, desk.status.state]).toEqual([[], 'signed-out']);
  });

  it('is not set back by an answer that something newer has overtaken', async () => {
    const { desk, answers } = aCentre();
    const asked = desk.becomeAvailable();
    const forced = statusAt(2, { state: 'on-break', reason: 'meeting', changedBy: { displayName: 'Anna' } });
    desk.confirm(forced);
    answers[0]?.settle(statusAt(1));
    expect(await asked).toEqual(forced);
    expect(desk.status).toEqual(forced);
  });
});

describe('the policy', () => {
  it('is not set back by an answer that was under way while it changed', async () => {
    let answer = (_policy: ReturnType<typeof aPolicy>): void => undefined;
    const desk = new PolicyDesk(() => new Promise(settle => (answer = settle)), new QuietLogger());
    const fetched = desk.refresh();
    const newer = aPolicy({ pauseReasons: [] });
    desk.told(newer);
    answer(aPolicy());
    await fetched;
    expect(desk.policy).toEqual(newer);
  });
});

describe('the server’s clock', () => {
  it('is followed when the desk is wrong, and not for the way of a message', () => {
    const clockLeads = new Announcer<number>();
    const clock = new ServerClock({ clockLeads });
    const told: number[] = [];
    clock.changes.hear(ahead => told.push(ahead));
    for (const lead of [-40, 3_600_000, 3_600_000, 120]) clockLeads.announce(lead);
    expect([told, clock.aheadMs]).toEqual([[3_600_000, 0], 0]);
  });
});
