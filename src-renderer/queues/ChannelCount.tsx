import type { ReactNode } from 'react';
import { useQueueStore } from '../stores/queue-store';
import { useText } from '../text/text';
import styles from './ChannelCount.module.css';

/** How many lines to the outside are in use, for who is told (S242). */
export function ChannelCount(): ReactNode {
  const { t } = useText();
  const channels = useQueueStore(state => state.channels);
  if (channels === null) return null;
  const { inUse, configured } = channels;
  return (
    <p
      className={styles['channels']}
      data-testid="channels"
      data-in-use={inUse}
      data-full={(configured !== null && inUse >= configured) || undefined}
    >
      {configured === null
        ? t('queues.channels-in-use', { count: inUse })
        : t('queues.channels-of', { inUse, count: configured })}
    </p>
  );
}
