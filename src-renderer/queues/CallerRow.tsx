import { GripVertical, Hand } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { WaitingCallerView } from '../../src-shared/queues/live-queue';
import { partyName } from '../phone/facts/party-name';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { rowHeight } from './shown-rows';
import { WaitClock } from './WaitClock';
import styles from './CallerRow.module.css';

interface CallerRowProps {
  readonly id: string;
  readonly caller: WaitingCallerView;
  readonly row: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly isMoving: boolean;
  readonly isDragged: boolean;
  readonly canMove: boolean;
  readonly onChoose: (callId: string) => void;
}

/** One waiting caller. The centre tells whole queues; a row in which nothing changed is not drawn again. */
export const CallerRow = memo(Row, (before, now) =>
  (Object.keys(now) as (keyof CallerRowProps)[]).every(
    key =>
      key === 'onChoose' || (key === 'caller' ? isSameCaller(before.caller, now.caller) : before[key] === now[key]),
  ),
);

const isSameCaller = (one: WaitingCallerView, other: WaitingCallerView): boolean =>
  (Object.keys(one) as (keyof WaitingCallerView)[]).every(key => one[key] === other[key]);

function Row({ id, caller, row, count, isActive, isMoving, isDragged, canMove, onChoose }: CallerRowProps): ReactNode {
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const name = partyName(caller, t, formatNumber);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are heard by the list
    <div
      id={id}
      className={styles['row']}
      style={{ insetBlockStart: row * rowHeight }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native option holds no columns
      role="option"
      aria-selected={isActive}
      aria-posinset={row + 1}
      aria-setsize={count}
      aria-busy={isMoving || undefined}
      tabIndex={-1}
      data-call-id={caller.callId}
      data-position={caller.position}
      data-dragged={isDragged || undefined}
      data-movable={canMove || undefined}
      onClick={() => onChoose(caller.callId)}
    >
      <span className={styles['position']}>{caller.position}</span>
      <span className={styles['who']}>
        <bdi className={styles['name']}>{name}</bdi>
        {caller.name !== null && caller.number !== '' && (
          <span className={styles['number']}>{formatNumber(caller.number)}</span>
        )}
      </span>
      <span className={styles['mark']}>
        {isMoving && t('queues.moving')}
        {!isMoving && caller.movedBy !== null && (
          <>
            <Hand size={14} aria-hidden="true" />
            <span className={styles['by']}>{t('queues.moved-by', { name: caller.movedBy })}</span>
          </>
        )}
      </span>
      <span className={styles['wait']}>
        <WaitClock since={caller.joinedAt} />
      </span>
      {canMove && <GripVertical size={16} aria-hidden="true" className={styles['grip']} />}
    </div>
  );
}
