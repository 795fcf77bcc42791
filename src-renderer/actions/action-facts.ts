import type { AgentStatus } from '../../src-shared/agent/agent-state';
import type { Call } from '../../src-shared/call/call';
import type { Interaction } from '../../src-shared/interaction/interaction-state';
import type { WindowView } from '../../src-shared/ipc/agent-notices';
import type { LineState } from '../../src-shared/line/line-state';
import type { AgentPolicy } from '../../src-shared/policy/agent-policy';
import type { Settings } from '../../src-shared/settings/settings';
import { useAgentStore } from '../stores/agent-store';
import { useCallStore } from '../stores/call-store';
import { useDesktopStore } from '../stores/desktop-store';
import { useLineStore } from '../stores/line-store';
import { useSettingsStore } from '../stores/settings-store';
import type { Language, Translate } from '../text/text';

/** What decides whether an action may be done now and what it is called. */
export interface ActionFacts {
  readonly calls: readonly Call[];
  readonly interactions: readonly Interaction[];
  readonly line: LineState['state'];
  readonly status: AgentStatus;
  /** null until the centre has told it. */
  readonly policy: AgentPolicy | null;
  readonly settings: Settings;
  readonly window: WindowView;
}

/** As things are at this moment. */
export const actionFacts = (): ActionFacts => ({
  calls: useCallStore.getState().calls,
  interactions: useCallStore.getState().interactions,
  line: useLineStore.getState().line.state,
  status: useAgentStore.getState().status,
  policy: useAgentStore.getState().policy,
  settings: useSettingsStore.getState().settings,
  window: useDesktopStore.getState().window,
});

/** The words of a language, for what has no component around it. */
export interface Words {
  readonly t: Translate;
  readonly language: Language;
}
