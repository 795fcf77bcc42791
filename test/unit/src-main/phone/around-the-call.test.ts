import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../src-shared/settings/settings';
import { noAudioDevices } from '../../../../src-shared/audio/audio-device';
import { AudioDesk } from '../../../../src-main/phone/audio-desk';
import { CallDesk } from '../../../../src-main/phone/call-desk';
import { lookUpCallers } from '../../../../src-main/phone/caller-lookup';
import { InteractionDesk } from '../../../../src-main/phone/interaction-desk';
import { followWithRinger, ringerModeFor } from '../../../../src-main/phone/ringer';
import { toastForEnding, ToastDesk } from '../../../../src-main/toasts/toast-desk';
import { aCall } from '../../../builders/a-call';
import { FakeClock } from '../../../fakes/fake-clock';
import { FakeEngine } from '../../../fakes/fake-engine';
import { QuietLogger } from '../../../fakes/quiet-logger';

const aDesk = (): CallDesk => new CallDesk(new FakeClock(), new QuietLogger());
const inbound = {
  device: 'app',
  direction: 'inbound',
  remote: { number: '100', name: null },
  queueName: null,
  centralCallId: null,
  startedAt: 1,
} as const;

describe('ringer', () => {
  it.each([
    ['off', []],
    ['off', [aCall({ state: 'active' })]],
    ['off', [aCall({ state: 'ringing', direction: 'outbound' })]],
    ['off', [aCall({ state: 'ended' })]],
    ['ring', [aCall({ state: 'ringing' })]],
    ['ring', [aCall({ state: 'ringing' }), aCall({ id: 'old', state: 'ended' })]],
    ['ring', [aCall({ state: 'ringing' }), aCall({ id: 'b', state: 'ringing' })]],
    ['knock', [aCall({ state: 'ringing' }), aCall({ id: 'b', state: 'active' })]],
    ['knock', [aCall({ state: 'ringing' }), aCall({ id: 'b', state: 'held' })]],
    ['off', [aCall({ state: 'ending' })]],
    ['off', [aCall({ state: 'ringing', device: 'desk-phone' })]],
    ['ring', [aCall({ state: 'ringing' }), aCall({ id: 'b', state: 'active', device: 'desk-phone' })]],
  ] as const)('is %s', (mode, calls) => expect(ringerModeFor(calls)).toBe(mode));

  it('is told once per change and starts silent with a new engine', () => {
    const engine = new FakeEngine();
    const desk = aDesk();
    followWithRinger(desk, engine, new QuietLogger());
    desk.begin({ ...inbound, id: 'a' });
    desk.note('a', { isMuted: true });
    expect(engine.orders.map(({ command }) => command)).toEqual([{ type: 'ringer', mode: 'ring' }]);
    engine.report({ type: 'ready' });
    desk.begin({ ...inbound, id: 'b' });
    expect(engine.types()).toEqual(['ringer', 'ringer']);
  });
});

describe('caller look-up', () => {
  it('asks once per call and names it when found', async () => {
    const desk = aDesk();
    const asked: string[] = [];
    lookUpCallers(desk, { nameOf: async number => (asked.push(number), 'Camille Roux') }, error =>
      expect.unreachable(String(error)),
    );
    desk.begin({ ...inbound, id: 'a' });
    await Promise.resolve();
    desk.note('a', { isMuted: true });
    expect(asked).toEqual(['100']);
    expect(desk.find('a')?.remote.name).toBe('Camille Roux');
  });

  it('does not ask about callers who bring their name', () => {
    const desk = aDesk();
    const asked: string[] = [];
    lookUpCallers(desk, { nameOf: async number => (asked.push(number), null) }, () => undefined);
    desk.begin({ ...inbound, id: 'a', remote: { number: '100', name: 'Zoé' } });
    expect(asked).toEqual([]);
  });
});

describe('interaction desk', () => {
  it('follows one customer from the offer to the end', () => {
    const desk = aDesk();
    const interactions = new InteractionDesk(desk);
    const states: string[] = [];
    interactions.changes.hear(all => states.push(all.map(({ state }) => state).join()));
    desk.begin({ ...inbound, id: 'a' });
    desk.apply('a', { type: 'answer-requested' }, 1);
    desk.apply('a', { type: 'media-confirmed' }, 2);
    desk.apply('a', { type: 'held', by: 'agent' }, 3);
    desk.apply('a', { type: 'resumed', by: 'agent' }, 4);
    desk.apply('a', { type: 'ended', cause: 'completed', sipCode: null }, 5);
    desk.dismiss('a');
    expect(states).toEqual(['offered', 'offered', 'talking', 'on-hold', 'talking', 'closed', '']);
  });

  it('closes what was never answered', () => {
    const desk = aDesk();
    const interactions = new InteractionDesk(desk);
    desk.begin({ ...inbound, id: 'a', direction: 'outbound' });
    expect(interactions.all()[0]?.state).toBe('dialing-out');
    desk.apply('a', { type: 'ended', cause: 'busy', sipCode: 486 }, 2);
    expect(interactions.all()[0]?.state).toBe('closed');
  });
});

describe('toasts', () => {
  it.each([
    ['missed-call', aCall({ state: 'ended', endCause: 'caller-cancelled' })],
    ['missed-call', aCall({ state: 'ended', endCause: 'no-answer' })],
    ['answered-elsewhere', aCall({ state: 'ended', endCause: 'answered-elsewhere' })],
    [undefined, aCall({ state: 'ended', endCause: 'rejected' })],
    [undefined, aCall({ state: 'ended', endCause: 'completed', answeredAt: 5 })],
    [undefined, aCall({ state: 'ended', endCause: 'no-answer', direction: 'outbound' })],
  ] as const)('says %s', (text, call) => expect(toastForEnding(call)?.text).toBe(text));

  it('keeps what nobody could see yet, and hands it over once', () => {
    const toasts = new ToastDesk();
    const seen: string[] = [];
    toasts.news.hear(({ id }) => seen.push(id));
    toasts.show('warning', 'settings-reset');
    expect(toasts.takeUnseen().map(({ text }) => text)).toEqual([{ toast: 'settings-reset' }]);
    expect(toasts.takeUnseen()).toEqual([]);
    toasts.show('info', 'line-back');
    expect(seen).toHaveLength(1);
  });
});

describe('audio desk', () => {
  const devices = (microphoneId: string | null) => ({
    ...noAudioDevices,
    devices: [{ id: 'built-in', label: 'Built-in', kind: 'microphone' as const }],
    inUse: { microphoneId, speakerId: null, ringerId: null },
  });

  it('says that a chosen device is gone, and by what it was replaced', () => {
    const engine = new FakeEngine();
    const audio = new AudioDesk(engine, () => ({ ...defaultSettings, microphoneId: 'headset' }), new QuietLogger());
    const fallbacks: (string | null)[] = [];
    audio.fallbacks.hear(name => fallbacks.push(name));
    engine.report({ type: 'audio-devices', audio: devices('headset') });
    engine.report({ type: 'audio-devices', audio: devices('built-in') });
    engine.report({ type: 'audio-devices', audio: devices('built-in') });
    expect(fallbacks).toEqual(['Built-in']);
  });

  it('opens the microphone only for somebody who is signed in', () => {
    const engine = new FakeEngine();
    const audio = new AudioDesk(engine, () => defaultSettings, new QuietLogger());
    engine.report({ type: 'ready' });
    expect(engine.types()).toEqual(['audio.choose']);
    audio.warmUp(true);
    engine.report({ type: 'ready' });
    expect(engine.types()).toEqual(['audio.choose', 'audio.warm-up', 'audio.choose', 'audio.warm-up']);
  });
});
