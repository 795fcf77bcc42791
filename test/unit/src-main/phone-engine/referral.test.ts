import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refer, replacedDialog, transferProblemOf } from '../../../../src-main/phone-engine/call/referral';
import type { JsSipSession } from '../../../../src-main/phone-engine/jssip/jssip-internals';

type Options = Parameters<JsSipSession['refer']>[1];

/** A dialog that remembers what was asked of it. */
function aSession() {
  const asked: { target: string; options: Options }[] = [];
  const ends: (() => void)[] = [];
  const session = {
    on: (_name: string, listener: () => void) => ends.push(listener),
    refer: (target: string, options: Options) => {
      asked.push({ target, options });
      return {};
    },
  } as unknown as JsSipSession;
  const handlers = (): Options['eventHandlers'] => {
    const last = asked.at(-1);
    if (last === undefined) throw new Error('no REFER');
    return last.options.eventHandlers;
  };
  return { session, asked, handlers, end: () => ends.forEach(run => run()) };
}
const response = (status_code: number) => ({ response: { status_code } as never });
const notified = (status_code: number) => ({ status_line: { status_code } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a transfer', () => {
  test('is done when the centre says that it has taken over', async () => {
    const { session, handlers, asked } = aSession();
    const done = refer(session, '1002', { onLate: () => undefined });
    handlers().requestSucceeded();
    handlers().accepted();
    await expect(done).resolves.toBeUndefined();
    expect(asked[0]?.target).toBe('1002');
  });

  test.each([
    [403, 'transfer/refused'],
    [405, 'transfer/refused'],
    [503, 'transfer/not-possible'],
    [null, 'transfer/not-possible'],
  ])('is refused with %s', async (status, code) => {
    const { session, handlers } = aSession();
    const done = refer(session, '1002', { onLate: () => undefined });
    handlers().requestFailed(status === null ? { response: null } : response(status));
    await expect(done).rejects.toMatchObject({ code });
  });

  test.each([
    [486, 'transfer/to-oneself'],
    [481, 'transfer/colleague-gone'],
    [603, 'transfer/refused'],
  ])('is taken, and then not: NOTIFY %s', async (status, code) => {
    const { session, handlers } = aSession();
    const done = refer(session, '1002', { onLate: () => undefined });
    handlers().requestSucceeded();
    handlers().failed(notified(status));
    await expect(done).rejects.toMatchObject({ code });
  });

  test.each([
    ['no answer to REFER', false, 4_000],
    ['202 and never a NOTIFY', true, 2_500],
  ])('%s: given up, and a word that comes later is obeyed', async (_what, isTaken, ms) => {
    const { session, handlers } = aSession();
    const late: string[] = [];
    const done = refer(session, '1002', { onLate: () => late.push('late') });
    const problem = done.catch((error: unknown) => error);
    if (isTaken) handlers().requestSucceeded();
    await vi.advanceTimersByTimeAsync(ms);
    expect(await problem).toMatchObject({ code: 'transfer/no-word' });
    handlers().accepted();
    expect(late).toEqual(['late']);
  });

  test('ends with the call', async () => {
    const { session, end } = aSession();
    const done = refer(session, '1002', { onLate: () => undefined });
    end();
    await expect(done).rejects.toMatchObject({ code: 'call/unknown' });
  });
});

test('Replaces names the dialog as the centre sees it, whoever placed the call', () => {
  const dialog = { id: { call_id: 'c', local_tag: 'ours', remote_tag: 'theirs' } };
  expect(replacedDialog({ _dialog: dialog as never })).toEqual({
    _request: { call_id: 'c' },
    _to_tag: 'theirs',
    _from_tag: 'ours',
  });
  expect(() => replacedDialog({ _dialog: null })).toThrow('no dialog');
});

test('no status is no answer', () => expect(transferProblemOf(null)).toBe('transfer/not-possible'));
