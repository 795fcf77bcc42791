import type { Call } from '../../src-shared/call/call';
import { meantCall } from '../../src-shared/call/meant-call';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import { quickPauseReason } from '../../src-shared/policy/quick-pause';
import type { GlobalShortcutName } from '../../src-shared/shortcuts/shortcut-names';
import type { CallActions } from './call-actions';

export interface KeyOrdersNeeds {
  readonly all: () => readonly Call[];
  readonly calls: Pick<CallActions, 'answer' | 'decline' | 'hangUp' | 'mute' | 'hold' | 'resume'>;
  readonly policy: { readonly policy: AgentPolicy | null };
  readonly agent: {
    readonly status: AgentStatus;
    becomeAvailable(): Promise<AgentStatus>;
    takeBreak(reason: string): Promise<AgentStatus>;
  };
}

/** What a shortcut means while another program has the keyboard: the same call as in the window. Nothing to do is no failure. */
export function obeyKey({ all, calls, policy, agent }: KeyOrdersNeeds): (name: GlobalShortcutName) => Promise<void> {
  return async name => {
    if (name === 'pause') {
      if (agent.status.state === 'on-break') return void (await agent.becomeAvailable());
      const reason = quickPauseReason(policy.policy);
      if (reason !== null) await agent.takeBreak(reason);
      return;
    }
    const meant = meantCall(all(), name);
    if (meant === null) return;
    const { id, isMuted } = meant.call;
    switch (meant.action) {
      case 'answer':
        return calls.answer(id);
      case 'decline':
        return calls.decline(id);
      case 'hang-up':
        return calls.hangUp(id);
      case 'mute':
        return calls.mute(id, !isMuted);
      case 'hold':
        return calls.hold(id);
      case 'resume':
        return calls.resume(id);
    }
  };
}
