import { beforeEach, describe, expect, it } from 'vitest';
import { keptForSignInMs, LinkDesk } from '../../../../src-main/phone/link-desk';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { WaitingLink } from '../../../../src-shared/ipc/agent-notices';
import { FakeClock } from '../../../fakes/fake-clock';
import { QuietLogger } from '../../../fakes/quiet-logger';

let clock: FakeClock;
let isSignedIn: boolean;
let dialled: string[];
let failure: AppError | null;
let told: (WaitingLink | null)[];
let refusals: number;
let desk: LinkDesk;

beforeEach(() => {
  clock = new FakeClock();
  isSignedIn = true;
  dialled = [];
  failure = null;
  told = [];
  refusals = 0;
  desk = new LinkDesk({
    clock,
    log: new QuietLogger(),
    isSignedIn: () => isSignedIn,
    dial: async number => {
      if (failure !== null) throw failure;
      dialled.push(number);
      return { callId: 'c1' };
    },
    nameOf: async number => (number === '1002' ? 'Bruno' : null),
  });
  desk.changes.hear(link => told.push(link));
  desk.refusals.hear(() => (refusals += 1));
});

const waitingId = (): string => desk.waiting?.id ?? 'none';

describe('a link', () => {
  it('waits as a question and is called only when the person says so', async () => {
    desk.open('tel:1002');
    expect(desk.waiting).toMatchObject({ number: '1002' });
    expect(dialled).toEqual([]);
    await desk.call(waitingId());
    expect(dialled).toEqual(['1002']);
    expect(desk.waiting).toBeNull();
  });

  it('gets the name of who was called before', async () => {
    desk.open('tel:1002');
    await expect.poll(() => desk.waiting?.name).toBe('Bruno');
  });

  it('is put away by Cancel', () => {
    desk.open('tel:1002');
    desk.dismiss(waitingId());
    expect([desk.waiting, told.at(-1), dialled]).toEqual([null, null, []]);
  });

  it('stays when the call cannot be made', async () => {
    desk.open('tel:1002');
    failure = new AppError('line/not-ready');
    await expect(desk.call(waitingId())).rejects.toMatchObject({ code: 'line/not-ready' });
    expect(desk.waiting).not.toBeNull();
  });

  it('that is no number is refused and takes nothing away', () => {
    desk.open('tel:1002');
    clock.pass(1_000);
    desk.open('sip:1003@x?Replaces=y');
    expect([refusals, desk.waiting?.number]).toEqual([1, '1002']);
  });

  it('replaces an older one, whose answer then comes too late', async () => {
    desk.open('tel:1002');
    const older = waitingId();
    clock.pass(1_000);
    desk.open('tel:1003');
    await expect(desk.call(older)).rejects.toMatchObject({ code: 'link/gone' });
    expect([dialled, desk.waiting?.number]).toEqual([[], '1003']);
  });

  it('among a thousand in one second is the only one shown', () => {
    for (let count = 0; count < 1_000; count += 1) desk.open(`tel:${2_000 + count}`);
    expect(told.map(link => link?.number)).toEqual(['2000']);
  });
});

describe('a link before sign-in', () => {
  it('is kept for two minutes', () => {
    isSignedIn = false;
    desk.open('tel:1002');
    clock.pass(keptForSignInMs - 1);
    expect(desk.waiting).not.toBeNull();
    clock.pass(1);
    expect(desk.waiting).toBeNull();
  });

  it('stays for who signed in in time, with the name', async () => {
    isSignedIn = false;
    desk.open('tel:1002');
    isSignedIn = true;
    desk.signedIn();
    clock.pass(10 * keptForSignInMs);
    await expect.poll(() => desk.waiting?.name).toBe('Bruno');
  });

  it('is not the next person’s', () => {
    desk.open('tel:1002');
    desk.signedOut();
    expect(desk.waiting).toBeNull();
  });
});
