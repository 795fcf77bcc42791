import type { ReactNode } from 'react';
import { isBusy, reasonWord } from '../agent-status/reason-word';
import { useReasonWords } from '../agent-status/use-reason-words';
import { useAgentStore } from '../stores/agent-store';
import { useSessionStore } from '../stores/session-store';
import styles from './MyPart.module.css';

/** Whether this person takes the calls of this queue; nothing for who only looks at it. */
export function MyPart({ queueId }: { readonly queueId: string }): ReactNode {
  const words = useReasonWords();
  const isMember = useSessionStore(({ session }) => session?.agent?.queues.some(({ id }) => id === queueId) === true);
  const { state, queuePauses } = useAgentStore(({ status }) => status);
  const pause = queuePauses.find(each => each.queueId === queueId);
  if (!isMember || state === 'signed-out') return null;
  const { t } = words;
  const [part, word] =
    pause !== undefined
      ? ['paused', t('queues.me-paused', { reason: reasonWord(pause.reason, null, words) })]
      : state === 'on-break'
        ? ['paused', t('queues.me-break')]
        : isBusy(state)
          ? ['busy', t('queues.me-busy')]
          : ['free', t('queues.me-free')];
  return (
    <p className={styles['part']} data-part={part}>
      {word}
    </p>
  );
}
