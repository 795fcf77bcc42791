import { expect, it } from 'vitest';
import { Announcer } from '../../../../src-main/base/announcer';
import { tellMutes } from '../../../../src-main/history/tell-mutes';
import type { Call } from '../../../../src-shared/call/call';
import { aCall } from '../../../builders/a-call';
import { FakeClock } from '../../../fakes/fake-clock';

it('the centre is told each time the microphone goes off or on in a call, by its clock', async () => {
  const changes = new Announcer<readonly Call[]>();
  const clock = new FakeClock();
  const told: unknown[] = [];
  const failures: unknown[] = [];
  const tell = async (mute: unknown): Promise<void> => {
    told.push(mute);
    if (told.length === 1) throw new Error('away');
  };
  tellMutes({ changes, tell, clock, aheadMs: () => 500.4, onFailure: error => failures.push(error) });
  const at = clock.now() + 500;
  const muted = aCall({ isMuted: true });
  changes.announce([aCall({ state: 'ringing', isMuted: true })]);
  changes.announce([muted]);
  changes.announce([muted]);
  changes.announce([{ ...muted, isMuted: false }]);
  changes.announce([aCall({ id: 'call-2', centralCallId: null, state: 'held', isMuted: true })]);
  changes.announce([aCall({ id: 'call-2', centralCallId: null, isMuted: true })]);
  changes.announce([aCall({ id: 'call-3', device: 'desk-phone', isMuted: true })]);
  expect(told).toEqual([
    { callId: 'central-1', isMuted: true, at },
    { callId: 'central-1', isMuted: false, at },
    { callId: null, isMuted: true, at },
  ]);
  await Promise.resolve();
  expect(failures).toHaveLength(1);
});
