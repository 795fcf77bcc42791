import { FolderOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Transfer } from '../../src-shared/ipc/transfer';
import { askAndTell } from '../bridge/ask-and-tell';
import { Button } from '../components/Button/Button';
import { IconButton } from '../components/IconButton/IconButton';
import { useRecordStore } from '../stores/record-store';
import { useText, type Translate } from '../text/text';
import styles from './TransferList.module.css';

/** Files that are being written: how far, and how to stop. */
export function TransferList(): ReactNode {
  const { t } = useText();
  const transfers = useRecordStore(state => state.transfers);
  if (transfers.length === 0) return null;
  return (
    <section className={styles['list']} aria-label={t('transfers.title')} data-testid="transfers">
      {transfers.map(transfer => (
        <TransferCard key={transfer.id} transfer={transfer} />
      ))}
    </section>
  );
}

function TransferCard({ transfer }: { readonly transfer: Transfer }): ReactNode {
  const { t, language } = useText();
  const { id, kind, state, code, failed } = transfer;
  const isOpen = state === 'running' || state === 'waiting';
  const share =
    kind === 'download' ? shareOf(transfer.doneBytes, transfer.totalBytes) : shareOf(transfer.done, transfer.total);
  const detail =
    transfer.fileName ??
    (kind === 'download'
      ? t('transfers.files', { done: transfer.done, total: transfer.total })
      : t('transfers.rows', { count: transfer.done, number: transfer.done.toLocaleString(language) }));
  return (
    <div className={styles['card']} data-state={state} data-kind={kind}>
      <div className={styles['head']}>
        <output className={styles['title']}>{t(titleKey(transfer))}</output>
        <IconButton
          label={t(isOpen ? 'common.cancel' : 'common.dismiss')}
          placement="start"
          onClick={() => void askAndTell(isOpen ? 'transfers.cancel' : 'transfers.dismiss', { transferId: id })}
        >
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <p className={styles['detail']} title={detail}>
        <bdi>{detail}</bdi>
      </p>
      {isOpen && <progress className={styles['bar']} max={1} value={share} aria-label={t(titleKey(transfer))} />}
      {code !== null && <p className={styles['problem']}>{problemOf(code, failed, t)}</p>}
      {state === 'done' && (
        <Button
          size="small"
          icon={<FolderOpen size={14} aria-hidden="true" />}
          onClick={() => void askAndTell('transfers.show', { transferId: id })}
        >
          {t('transfers.show')}
        </Button>
      )}
    </div>
  );
}

const shareOf = (done: number, total: number): number => (total <= 0 ? 0 : Math.min(1, done / total));

function titleKey({ kind, state }: Transfer) {
  if (state === 'running') return `transfers.${kind}` as const;
  return state === 'done' ? (`transfers.${kind}-done` as const) : (`transfers.${state}` as const);
}

const problemOf = (code: NonNullable<Transfer['code']>, failed: number, t: Translate): string =>
  [failed > 0 ? t('transfers.some-failed', { count: failed }) : '', t(`errors.${code}.what`), t(`errors.${code}.next`)]
    .filter(part => part !== '')
    .join(' ');
