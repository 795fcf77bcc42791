import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { RecentCall } from '../../src-shared/server-api/rest-routes';
import { useSessionStore } from '../stores/session-store';
import { useText } from '../text/text';
import { useToday } from '../text/use-today';
import { CallRow, KindIcon } from './CallRow';
import { callKinds } from './recent-call-outcome';
import styles from './CallTable.module.css';

const columns = ['type', 'who', 'number', 'outcome', 'extension', 'date', 'time', 'duration', 'call-back'] as const;
const unseen: ReadonlySet<string> = new Set(['type', 'call-back']);

interface CallTableProps {
  readonly label: string;
  readonly calls: readonly RecentCall[];
}

/** Past calls of the person's extension, with what the icons mean (S324 to S330). */
export function CallTable({ label, calls }: CallTableProps): ReactNode {
  const { t } = useText();
  const extension = useSessionStore(({ session }) => session?.agent?.extension ?? '');
  const today = useToday();
  return (
    <div className={styles['frame']}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col" data-column={column}>
                {unseen.has(column) ? (
                  <VisuallyHidden>{t(`dashboard.columns.${column}`)}</VisuallyHidden>
                ) : (
                  t(`dashboard.columns.${column}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map(call => (
            <CallRow key={call.callId} call={call} extension={extension} today={today} />
          ))}
        </tbody>
      </table>
      <ul className={styles['legend']} aria-label={t('dashboard.legend')}>
        {callKinds.map(kind => (
          <li key={kind}>
            <KindIcon kind={kind} label={null} />
            {t(`dashboard.${kind}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
