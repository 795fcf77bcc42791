import { describe, expect, it } from 'vitest';
import type { RecentCall } from '../../../src-shared/server-api/rest-routes';
import { isMissed, outcomeKey, talkedMs } from '../../../src-renderer/dashboard/recent-call-outcome';
import { deviceChoices, idOfChoice, systemDefault } from '../../../src-renderer/settings/device-choices';

const past = (part: Partial<RecentCall>): RecentCall => ({
  callId: 'r',
  direction: 'inbound',
  remoteNumber: '1007',
  remoteName: null,
  queueName: null,
  startedAt: 1000,
  answeredAt: null,
  endedAt: 9000,
  endCause: 'caller-cancelled',
  missedCause: null,
  hasRecording: false,
  ...part,
});

describe('recent call', () => {
  it.each([
    ['dashboard.missed', past({})],
    ['dashboard.missed', past({ endCause: 'no-answer' })],
    ['outcome.answered-elsewhere', past({ endCause: 'answered-elsewhere' })],
    ['outcome.rejected', past({ endCause: 'rejected' })],
    ['outcome.no-answer', past({ direction: 'outbound', endCause: 'no-answer' })],
    ['outcome.completed', past({ answeredAt: 2000, endCause: 'completed' })],
    ['dashboard.missed', past({ endCause: 'failed', missedCause: 'device' })],
    ['outcome.rejected', past({ endCause: 'rejected', missedCause: 'declined' })],
    ['dashboard.in-progress', past({ endedAt: null, endCause: null })],
  ])('%s', (key, call) => {
    expect(outcomeKey(call)).toBe(key);
  });

  it('never counts a call answered elsewhere as missed', () => {
    expect(isMissed(past({ endCause: 'answered-elsewhere' }))).toBe(false);
  });

  it('measures talk, not ringing', () => {
    expect([
      talkedMs(past({})),
      talkedMs(past({ answeredAt: 4000 })),
      talkedMs(past({ answeredAt: 4000, endedAt: null })),
    ]).toEqual([null, 5000, null]);
  });
});

describe('device choices', () => {
  const names = { systemDefault: 'System', notConnected: 'Gone' };
  const devices = [
    { id: 'm', label: 'Headset', kind: 'microphone' as const },
    { id: 's', label: '', kind: 'speaker' as const },
  ];

  it('keeps a chosen device that is unplugged', () => {
    expect(deviceChoices(devices, 'microphone', 'old', names)).toEqual([
      { id: systemDefault, label: 'System' },
      { id: 'm', label: 'Headset' },
      { id: 'old', label: 'Gone' },
    ]);
  });

  it('offers no device of the other kind and no empty name', () => {
    expect(deviceChoices(devices, 'speaker', null, names)).toEqual([
      { id: systemDefault, label: 'System' },
      { id: 's', label: 's' },
    ]);
  });

  it('turns the default into no id', () => {
    expect([idOfChoice(systemDefault), idOfChoice('m')]).toEqual([null, 'm']);
  });
});
