import type { Call } from '../../src-shared/call/call';
import { meantCall } from '../../src-shared/call/meant-call';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { GlobalShortcutName } from '../../src-shared/shortcuts/shortcut-names';
import type { CallActions } from './call-actions';

export interface KeyOrdersNeeds {
  readonly all: () => readonly Call[];
  readonly calls: Pick<CallActions, 'answer' | 'decline' | 'hangUp' | 'mute' | 'hold' | 'resume'>;
  readonly agent: {
    readonly status: AgentStatus;
    becomeAvailable(): Promise<AgentStatus>;
    takeBreak(reason: string): Promise<AgentStatus>;
  };
}

/** The reason of a break that a key began: nobody was asked for one. */
const breakByKey = 'other';

/** What a shortcut means while another program has the keyboard: the same call as in the window. Nothing to do is no failure. */
export function obeyKey({ all, calls, agent }: KeyOrdersNeeds): (name: GlobalShortcutName) => Promise<void> {
  return async name => {
    if (name === 'pause') {
      await (agent.status.state === 'on-break' ? agent.becomeAvailable() : agent.takeBreak(breakByKey));
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
