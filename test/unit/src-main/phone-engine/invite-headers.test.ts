import { describe, expect, it } from 'vitest';
import { readInvite } from '../../../../src-main/phone-engine/call/invite-headers';

const invite = (from: { name?: string; user?: string }, headers: Record<string, string> = {}) =>
  readInvite({
    from: { display_name: from.name ?? null, uri: { user: from.user ?? null } },
    getHeader: name => headers[name],
  });

describe('readInvite', () => {
  it('reads caller, queue, journal id and the wish for early media', () => {
    const headers = { 'X-Queue': 'Service%20apr%C3%A8s-vente', 'X-Call-Id': 'c-1', 'X-Media-While-Ringing': ' Yes' };
    expect(invite({ name: 'Zoë', user: '%2B33123456789' }, headers)).toEqual({
      remote: { number: '+33123456789', name: 'Zoë' },
      queueName: 'Service après-vente',
      centralCallId: 'c-1',
      returnedTransfer: null,
      transferredBy: null,
      isEarlyMediaWanted: true,
    });
  });

  it('has nothing where the INVITE says nothing', () => {
    expect(invite({})).toEqual({
      remote: { number: '', name: null },
      queueName: null,
      centralCallId: null,
      returnedTransfer: null,
      transferredBy: null,
      isEarlyMediaWanted: false,
    });
    expect(invite({ name: '  ' }, { 'X-Media-While-Ringing': 'no' })).toMatchObject({
      remote: { name: null },
      isEarlyMediaWanted: false,
    });
  });

  it.each([
    ['busy;to=1002', { outcome: 'busy', to: '1002' }],
    ['no-answer; to=+33145550101', { outcome: 'no-answer', to: '+33145550101' }],
    ['something-new;to=1002', { outcome: 'failed', to: '1002' }],
    ['busy', { outcome: 'busy', to: '' }],
    [' ', null],
  ])('reads why a transfer came back: %s', (header, returnedTransfer) => {
    expect(invite({}, { 'X-Transfer-Returned': header }).returnedTransfer).toEqual(returnedTransfer);
  });

  it('reads who sent the call here', () => {
    expect(invite({}, { 'X-Transferred-By': '1001' }).transferredBy).toBe('1001');
  });

  it('cleans what strangers write', () => {
    const hostile = invite(
      { name: `\u202eevil\u0000\u200b${'x'.repeat(500)}`, user: '1%00%E2%80%AE2' },
      { 'X-Queue': '100%25 %ZZ %C3' },
    );
    expect(hostile.remote.name).toHaveLength(128);
    expect(hostile.remote.name).toMatch(/^evil x+$/);
    expect(hostile.remote.number).toBe('1 2');
    expect(hostile.queueName).toBe('100% %ZZ \ufffd');
  });
});
