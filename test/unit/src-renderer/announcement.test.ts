import { describe, expect, it } from 'vitest';
import { announcementOf } from '../../../src-renderer/phone/facts/announcement';
import { stateKey } from '../../../src-renderer/phone/facts/call-words';
import { aShownCall } from './a-shown-call';

const keyOf = (...[before, now]: Parameters<typeof announcementOf>): string | null =>
  announcementOf(before, now)?.key ?? null;
const active = aShownCall({ state: 'active' });

describe('announcement', () => {
  it.each([
    ['incoming', [], [aShownCall({})]],
    ['dialing', [], [aShownCall({ direction: 'outbound', state: 'dialing' })]],
    [
      'ringing',
      [aShownCall({ direction: 'outbound', state: 'dialing' })],
      [aShownCall({ direction: 'outbound', state: 'ringing' })],
    ],
    ['active', [aShownCall({})], [active]],
    ['held', [active], [aShownCall({ state: 'held' })]],
    ['ended', [active], [aShownCall({ state: 'ended' })]],
    ['muted', [active], [{ ...active, isMuted: true }]],
    ['unmuted', [{ ...active, isMuted: true }], [active]],
    [null, [active], [{ ...active, quality: { mos: 4, delayMs: 1, lossPercent: 0, jitterMs: 1, codec: 'PCMU' } }]],
    [null, [active], []],
  ])('%s', (expected, before, now) => {
    expect(keyOf(before, now)).toBe(expected);
  });

  it('says the ringing call first when two things change', () => {
    expect(keyOf([active], [aShownCall({ state: 'ended' }), aShownCall({ id: 'call-2' })])).toBe('incoming');
  });
});

describe('state word', () => {
  it.each([
    ['call.ringing-in', aShownCall({})],
    ['call.ringing', aShownCall({ direction: 'outbound' })],
    ['call.held-by-agent', aShownCall({ state: 'held', heldBy: ['agent'] })],
    ['call.held-by-remote', aShownCall({ state: 'held', heldBy: ['remote'] })],
    ['call.held-by-both', aShownCall({ state: 'held', heldBy: ['remote', 'agent'] })],
    ['call.active', active],
  ])('%s', (key, call) => {
    expect(stateKey(call)).toBe(key);
  });
});
