import { FileDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { Recording } from '../../src-shared/recordings/recording';
import { Button } from '../components/Button/Button';
import { FoundCount } from '../records/ListState';
import { formatClock } from '../text/format-time';
import { useText } from '../text/text';
import styles from './RecordingFacts.module.css';

/** More are not downloaded at once. */
export const mostDownloaded = 500;

interface RecordingFactsProps {
  readonly found: FoundView<Recording> | null;
  /** Rows of the list as it is shown. */
  readonly count: number;
  /** The list is shown in part. */
  readonly onShowAll: (() => void) | null;
  readonly onDownload: () => void;
}

/** How many, how long together (S051-S055), what can be done with all of them, and what they are for (S193). */
export function RecordingFacts({ found, count, onShowAll, onDownload }: RecordingFactsProps): ReactNode {
  const { t, language } = useText();
  const durationMs = found?.durationMs ?? null;
  return (
    <div className={styles['facts']}>
      <FoundCount found={found} />
      {durationMs !== null && (
        <span className={styles['total']} data-testid="total-duration">
          {t('records.total', { time: formatClock(durationMs) })}
        </span>
      )}
      {count > 0 && (
        <Button size="small" look="quiet" icon={<FileDown size={16} aria-hidden="true" />} onClick={onDownload}>
          {t('records.download-all', { number: Math.min(count, mostDownloaded).toLocaleString(language) })}
        </Button>
      )}
      {onShowAll !== null && (
        <Button size="small" look="quiet" onClick={onShowAll}>
          {t('records.show-all')}
        </Button>
      )}
      <span className={styles['purpose']}>{t('records.purpose')}</span>
    </div>
  );
}
