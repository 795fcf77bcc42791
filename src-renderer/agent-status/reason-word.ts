import type { AgentState, AgentStatus } from '../../src-shared/agent/agent-state';
import { systemPauseReasons, type AgentPolicy, type LocalText } from '../../src-shared/policy/agent-policy';
import type { Language, Translate } from '../text/text';

export interface ReasonWords {
  readonly t: Translate;
  readonly language: Language;
  readonly policy: AgentPolicy | null;
}

/** A word of the administrator in the agent's language, else in English. */
export const localWord = (text: LocalText, language: Language): string => text[language] ?? text.en;

/** The word of a reason: the system's own, the policy's, the one kept with the state; a reason nobody knows is shown as it came. */
export function reasonWord(id: string, kept: LocalText | null, { t, language, policy }: ReasonWords): string {
  const ofSystem = systemPauseReasons.find(name => name === id);
  if (ofSystem !== undefined) return t(`agent.reason-${ofSystem}`);
  const text = policy?.pauseReasons.find(reason => reason.id === id)?.text ?? kept;
  return text === null ? id : localWord(text, language);
}

/** State and reason in one phrase. */
export function stateWord({ state, reason, reasonText }: AgentStatus, words: ReasonWords): string {
  const word = words.t(`agent.${state}`);
  if (state !== 'on-break' || reason === null) return word;
  return words.t('actions.pair', { name: word, value: reasonWord(reason, reasonText, words) });
}

/** In these states a break is planned for afterwards, not taken now. */
export const isBusy = (state: AgentState): boolean =>
  state === 'reserved' || state === 'on-call' || state === 'wrap-up';
