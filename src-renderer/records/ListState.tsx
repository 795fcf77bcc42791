import { CloudOff, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FoundView } from '../../src-shared/ipc/record-search';
import type { ShownFailure } from '../bridge/failure-from';
import { Button } from '../components/Button/Button';
import { Notice } from '../components/Notice/Notice';
import { useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import styles from './ListState.module.css';

interface ListStateProps {
  readonly found: FoundView<unknown> | null;
  readonly failure: ShownFailure | null;
  readonly isNarrowed: boolean;
  readonly emptyTitle: string;
  readonly empty: string;
  readonly onAgain: () => void;
}

/** What a list says when it has no rows to show: still looking, nothing there, nothing found, or why not. */
export function ListState({ found, failure, isNarrowed, emptyTitle, empty, onAgain }: ListStateProps): ReactNode {
  const { t } = useText();
  if (failure !== null)
    return (
      <Notice
        kind="error"
        title={t(`errors.${failure.code}.what`, failure.params)}
        urgency="alert"
        action={<Button onClick={onAgain}>{t('app.retry')}</Button>}
      >
        {t(`errors.${failure.code}.next`, failure.params)}
      </Notice>
    );
  if (found === null || (found.count === 0 && found.isCounting)) return <RowsToCome />;
  if (found.count > 0) return null;
  return (
    <output className={styles['empty']}>
      <SearchX size={28} aria-hidden="true" />
      <p className={styles['title']}>{isNarrowed ? t('records.nothing-title') : emptyTitle}</p>
      <p>{isNarrowed ? t('records.nothing') : empty}</p>
    </output>
  );
}

/** Where rows will stand; seen only when they do not come at once. */
function RowsToCome(): ReactNode {
  const { t } = useText();
  return (
    <output className={styles['looking']} aria-label={t('records.searching')}>
      {Array.from({ length: 8 }, (_none, row) => (
        <i key={row} />
      ))}
    </output>
  );
}

/** How many, and whether the server has said so. */
export function FoundCount({ found }: { readonly found: FoundView<unknown> | null }): ReactNode {
  const { t, language } = useText();
  const isOffline = useSessionStore(state => state.session?.server === 'offline');
  if (found === null) return null;
  const count = found.count.toLocaleString(language);
  const isMore = found.isCounting || found.older === 'server';
  return (
    <output className={styles['count']} data-testid="found-count">
      {isMore ? t('records.count-more', { number: count }) : t('records.count', { count: found.count, number: count })}
      {(isOffline || found.older === 'unreachable') && (
        <span className={styles['offline']} data-testid="saved-only">
          <CloudOff size={14} aria-hidden="true" />
          {t('records.offline')}
        </span>
      )}
    </output>
  );
}
