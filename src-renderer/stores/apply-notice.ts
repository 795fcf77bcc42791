import type { AgentNotice } from '../../src-shared/ipc/agent-notices';
import { assertNever } from '../../src-shared/base/assert-never';
import { useAgentStore } from './agent-store';
import { useAudioStore, useLevelStore } from './audio-store';
import { useCallStore } from './call-store';
import { useConsultedStore } from './consulted-store';
import { useDestinationStore } from './destination-store';
import { useDesktopStore } from './desktop-store';
import { useFigureStore } from './figure-store';
import { useLineStore } from './line-store';
import { useQueueStore } from './queue-store';
import { useRecentCallStore } from './recent-call-store';
import { useRecordStore } from './record-store';
import { useSessionStore } from './session-store';
import { useSettingsStore } from './settings-store';
import { useWrapUpStore } from './wrap-up-store';
import { showToast } from './toast-store';

/** Puts main's values into the stores. Each applier remembers the newest revision per type; what is not newer is ignored. */
export function createNoticeApplier(): (notice: AgentNotice) => void {
  const newest = new Map<AgentNotice['type'], number>();
  return notice => {
    if (notice.revision <= (newest.get(notice.type) ?? Number.NEGATIVE_INFINITY)) return;
    newest.set(notice.type, notice.revision);
    mirror(notice);
  };
}

function mirror(notice: AgentNotice): void {
  switch (notice.type) {
    case 'session.changed':
      return useSessionStore.setState({ session: notice.session });
    case 'calls.changed':
      return useCallStore.setState({ calls: notice.calls });
    case 'interactions.changed':
      return useCallStore.setState({ interactions: notice.interactions });
    case 'destinations.changed':
      return useDestinationStore.setState({ destinations: notice.destinations });
    case 'line.changed':
      return useLineStore.setState({ line: notice.line });
    case 'telephony.changed':
      return useSessionStore.setState({ isTelephonyReachable: notice.isReachable });
    case 'agent.changed':
      return useAgentStore.setState({ status: notice.status });
    case 'policy.changed':
      return useAgentStore.setState({ policy: notice.policy });
    case 'idle.changed':
      return useSessionStore.setState({ idleEndsAt: notice.endsAt });
    case 'gate.changed':
      return useAudioStore.setState({ gateProblems: notice.problems });
    case 'server-clock.changed':
      return useAgentStore.setState({ clockAheadMs: notice.aheadMs });
    case 'audio.changed':
      return useAudioStore.setState({ audio: notice.audio });
    case 'settings.changed':
      return useSettingsStore.setState({ settings: notice.settings });
    case 'recent-calls.changed':
      return useRecentCallStore.setState({ calls: notice.calls });
    case 'queues.changed':
    case 'channels.changed':
    case 'breaks.changed':
      return mirrorQueues(notice);
    case 'figures.changed':
      return useFigureStore.setState(notice.view);
    case 'wrap-up.changed':
      return useWrapUpStore.setState(notice.wrapUp);
    case 'consulted.changed':
      return useConsultedStore.setState({ customers: notice.customers });
    case 'records.found':
    case 'recordings.found':
    case 'transfers.changed':
    case 'recording.audio':
      return mirrorPast(notice);
    case 'levels':
      return useLevelStore.setState({ microphone: notice.microphone, speaker: notice.speaker });
    case 'window.changed':
      return useDesktopStore.setState({ window: notice.window });
    case 'link.changed':
      return useDesktopStore.setState({ link: notice.link });
    case 'global-shortcuts.changed':
      return useDesktopStore.setState({ taken: notice.taken });
    case 'toast':
      return showToast(notice.toast);
    default:
      return assertNever(notice);
  }
}

/** Who waits, and what who leads is told beside. */
function mirrorQueues(
  notice: Extract<AgentNotice, { type: 'queues.changed' | 'channels.changed' | 'breaks.changed' }>,
): void {
  switch (notice.type) {
    case 'queues.changed':
      return useQueueStore.setState({ queues: notice.queues });
    case 'channels.changed':
      return useQueueStore.setState({ channels: notice.channels });
    case 'breaks.changed':
      return useQueueStore.setState({ breaks: notice.breaks });
    default:
      return assertNever(notice);
  }
}

/** Calls that are over, their recordings, and files that are written of them. */
function mirrorPast(
  notice: Extract<
    AgentNotice,
    { type: 'records.found' | 'recordings.found' | 'transfers.changed' | 'recording.audio' }
  >,
): void {
  switch (notice.type) {
    case 'records.found':
      return useRecordStore.setState({ records: notice.found });
    case 'recordings.found':
      return useRecordStore.setState({ recordings: notice.found });
    case 'transfers.changed':
      return useRecordStore.setState({ transfers: notice.transfers });
    case 'recording.audio':
      return useRecordStore.setState({ audio: notice.audio });
  }
}
