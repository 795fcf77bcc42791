import { useAgentStore } from '../stores/agent-store';
import { useText } from '../text/text';
import type { ReasonWords } from './reason-word';

/** What the words of reasons are made of, as things are now. */
export function useReasonWords(): ReasonWords {
  const { t, language } = useText();
  return { t, language, policy: useAgentStore(state => state.policy) };
}
