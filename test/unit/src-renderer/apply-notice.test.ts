import { beforeEach, describe, expect, it } from 'vitest';
import { type AgentStatus, signedOutStatus } from '../../../src-shared/agent/agent-state';
import type { AgentNotice } from '../../../src-shared/ipc/agent-notices';
import { defaultSettings } from '../../../src-shared/settings/settings';
import { noAudioDevices } from '../../../src-shared/audio/audio-device';
import { createNoticeApplier } from '../../../src-renderer/stores/apply-notice';
import { useAgentStore } from '../../../src-renderer/stores/agent-store';
import { useAudioStore, useLevelStore } from '../../../src-renderer/stores/audio-store';
import { useCallStore } from '../../../src-renderer/stores/call-store';
import { useLineStore } from '../../../src-renderer/stores/line-store';
import { useRecentCallStore } from '../../../src-renderer/stores/recent-call-store';
import { useSessionStore } from '../../../src-renderer/stores/session-store';
import { useSettingsStore } from '../../../src-renderer/stores/settings-store';
import { useToastStore } from '../../../src-renderer/stores/toast-store';
import { aShownCall } from './a-shown-call';

const line = (revision: number, state: 'connecting' | 'registering'): AgentNotice => ({
  type: 'line.changed',
  revision,
  line: { state },
});

describe('apply notice', () => {
  beforeEach(() => {
    useLineStore.setState({ line: { state: 'offline' } });
    useCallStore.setState({ calls: [] });
    useToastStore.setState({ toasts: [] });
  });

  it('takes the newer and ignores what is older or doubled', () => {
    const apply = createNoticeApplier();
    apply(line(5, 'connecting'));
    apply(line(4, 'registering'));
    apply(line(5, 'registering'));
    expect(useLineStore.getState().line).toEqual({ state: 'connecting' });
    apply(line(6, 'registering'));
    expect(useLineStore.getState().line).toEqual({ state: 'registering' });
  });

  it('the telephone system is there until the centre says otherwise', () => {
    expect(useSessionStore.getState().isTelephonyReachable).toBe(true);
    createNoticeApplier()({ type: 'telephony.changed', revision: 1, isReachable: false });
    expect(useSessionStore.getState().isTelephonyReachable).toBe(false);
    createNoticeApplier()({ type: 'telephony.changed', revision: 1, isReachable: true });
  });

  it('counts revisions per type', () => {
    const apply = createNoticeApplier();
    apply(line(9, 'connecting'));
    apply({ type: 'calls.changed', revision: 1, calls: [aShownCall({})] });
    expect(useCallStore.getState().calls).toEqual([aShownCall({})]);
  });

  it('starts anew with every window', () => {
    createNoticeApplier()(line(9, 'connecting'));
    createNoticeApplier()(line(1, 'registering'));
    expect(useLineStore.getState().line).toEqual({ state: 'registering' });
  });

  it('puts every type into its own store', () => {
    const apply = createNoticeApplier();
    const session = {
      agent: null,
      server: 'offline',
      serverName: 'Centre',
      support: null,
      endedBecause: 'expired',
    } as const;
    const status: AgentStatus = { ...signedOutStatus(3), state: 'available' };
    apply({ type: 'session.changed', revision: 1, session });
    apply({ type: 'agent.changed', revision: 1, status });
    apply({ type: 'audio.changed', revision: 1, audio: { ...noAudioDevices, microphone: 'busy' } });
    apply({ type: 'settings.changed', revision: 1, settings: { ...defaultSettings, theme: 'dark' } });
    apply({ type: 'recent-calls.changed', revision: 1, calls: [] });
    apply({ type: 'levels', revision: 1, microphone: 0.5, speaker: 0.25 });
    apply({ type: 'toast', revision: 1, toast: { id: 't', kind: 'info', text: { toast: 'line-back' }, params: {} } });
    expect({
      session: useSessionStore.getState().session,
      status: useAgentStore.getState().status,
      microphone: useAudioStore.getState().audio.microphone,
      theme: useSettingsStore.getState().settings.theme,
      recent: useRecentCallStore.getState().calls,
      levels: useLevelStore.getState(),
      toasts: useToastStore.getState().toasts.map(({ id }) => id),
    }).toEqual({
      session,
      status,
      microphone: 'busy',
      theme: 'dark',
      recent: [],
      levels: { microphone: 0.5, speaker: 0.25 },
      toasts: ['t'],
    });
  });
});
