import { useEffect, useRef, useState, type ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { AgentStatus } from '../../src-shared/agent/agent-state';
import { useAgentStore } from '../stores/agent-store';
import { showToast } from '../stores/toast-store';
import { forcedChange } from './forced-change';
import { stateWord } from './reason-word';
import { useReasonWords } from './use-reason-words';

/** Says every change of one's own state to a screen reader, and to everybody one that somebody else made. Draws nothing. */
export function StateAnnouncer(): ReactNode {
  const status = useAgentStore(state => state.status);
  const before = useRef<AgentStatus>(status);
  const words = useReasonWords();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const last = before.current;
    before.current = status;
    if (last.state === 'signed-out' || last === status) return;
    const forced = forcedChange(last, status, words);
    if (forced !== null)
      showToast({
        id: `forced-${status.since}-${forced.toast}`,
        kind: 'warning',
        text: { toast: forced.toast },
        params: forced.params,
      });
    const [word, wordBefore] = [stateWord(status, words), stateWord(last, words)];
    if (word !== wordBefore) setSaid(words.t('agent.announce', { state: word }));
  }, [status, words]);
  return (
    <VisuallyHidden>
      <div aria-live="polite" aria-atomic="true">
        {said}
      </div>
    </VisuallyHidden>
  );
}
