import { expect, test } from 'vitest';
import { MembersInEngine } from '../../../../src-server/agents/members-in-engine';
import { Retries } from '../../../../src-server/agents/retries';
import type { Person } from '../../../../src-server/database/person-table';
import { InTurn } from '../../../../src-server/in-turn';
import { type AgentStatus, signedOutStatus } from '../../../../src-shared/agent/agent-state';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeTelephony } from '../../../fakes/fake-telephony';
import { QuietLogger } from '../../../fakes/quiet-logger';

const alice: Person = {
  id: 'alice',
  accountId: 'account',
  identifier: 'alice.martin',
  email: null,
  extension: '1001',
  displayName: 'Alice Martin',
  role: 'agent',
  isRecorded: false,
  deskPhone: null,
};

/** Alice, signed out, as the desk and the engine have her: an engine that is away refuses. */
function aMember() {
  const clock = new FakeClock();
  const telephony = new FakeTelephony();
  const retries = new Retries(clock);
  const log = new QuietLogger();
  const now = { isAway: false, willOweWrapUp: false, status: signedOutStatus(clock.now()) };
  telephony.whenPausing = async () => {
    if (now.isAway) throw new Error('away');
  };
  const members = new MembersInEngine({
    telephony,
    directory: { queueIdsOf: () => ['support', 'sales'] },
    clock,
    log,
    turns: new InTurn(),
    retries,
    statusOf: () => now.status,
    willOweWrapUp: () => now.willOweWrapUp,
  });
  const is = (part: Partial<AgentStatus>): void => {
    now.status = { ...now.status, ...part };
    members.tell(alice);
  };
  return { members, clock, telephony, retries, log, now, is };
}
/** All that follows from what was said, as far as no time has to pass for it. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('the engine is told what is so when it listens, and nothing that it has', async () => {
  const { members, telephony, is } = aMember();
  members.tell(alice);
  is({ state: 'on-break', reason: 'coffee' });
  is({ state: 'available', reason: null });
  is({ state: 'reserved' });
  await settled();
  expect(telephony.asked).toEqual(['unpause 1001']);
});

test('who talks in a call that leaves work behind is paused before it is over', async () => {
  const { telephony, now, is } = aMember();
  is({ state: 'available' });
  await settled();
  now.willOweWrapUp = true;
  is({ state: 'on-call' });
  await settled();
  expect(telephony.asked).toEqual(['unpause 1001', 'pause 1001 wrap-up']);
});

test('an engine that is away is told until it has it, by one timer however often it refused', async () => {
  const { members, clock, telephony, now, is } = aMember();
  now.isAway = true;
  is({ state: 'available' });
  await settled();
  members.tellLater(alice);
  await settled();
  telephony.asked.length = 0;
  clock.pass(1_999);
  await settled();
  expect(telephony.asked).toEqual([]);
  clock.pass(1);
  await settled();
  expect(telephony.asked, 'refused once more').toEqual(['unpause 1001']);
  now.isAway = false;
  clock.pass(2_000);
  await settled();
  clock.pass(60_000);
  await settled();
  expect(telephony.asked).toEqual(['unpause 1001', 'unpause 1001']);
  expect(telephony.isPaused('1001', 'support')).toBe(false);
});

test('after the end nothing is tried again', async () => {
  const { clock, telephony, retries, log, now, is } = aMember();
  now.isAway = true;
  is({ state: 'available' });
  await settled();
  expect(log.lines).toEqual([expect.stringContaining('again later')]);
  telephony.asked.length = 0;
  retries.stop();
  is({ state: 'reserved' });
  await settled();
  expect(telephony.asked, 'what still happens is told, once').toEqual(['unpause 1001']);
  clock.pass(60_000);
  await settled();
  expect(telephony.asked).toHaveLength(1);
});

test('when the queues are others, it is told anew, queue by queue where only some are paused', async () => {
  const { members, telephony, is } = aMember();
  is({ state: 'available', queuePauses: [{ queueId: 'sales', reason: 'training' }] });
  await settled();
  telephony.asked.length = 0;
  members.tell(alice);
  await settled();
  expect(telephony.asked).toEqual([]);
  members.forget(alice);
  members.tell(alice);
  await settled();
  expect(telephony.asked).toEqual(['pause 1001 training in sales', 'unpause 1001 in support']);
});
