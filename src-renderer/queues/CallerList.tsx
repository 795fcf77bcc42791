import { useId, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { LiveQueue, WaitingCallerView } from '../../src-shared/queues/live-queue';
import { useQueueStore } from '../stores/queue-store';
import { useText } from '../text/text';
import { CallerRow } from './CallerRow';
import { positionAt, rowAt, rowHeight, shownRows } from './shown-rows';
import { useCallerDrag } from './use-caller-drag';
import { useCallerKeys } from './use-caller-keys';
import styles from './CallerList.module.css';

interface CallerListProps {
  readonly queue: LiveQueue;
  readonly isNextOnTop: boolean;
  readonly onMove: ((callId: string, position: number) => void) | null;
}
const mostRowsSeen = 6;

/** The callers of one queue. Only the rows in sight are drawn; the keyboard is in the list, which names the active caller. */
export function CallerList({ queue, isNextOnTop, onMove }: CallerListProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const moving = useQueueStore(state => state.moving);
  const { callers } = queue;
  const count = callers.length;
  const height = Math.min(count, mostRowsSeen) * rowHeight;
  const callerAt = (row: number): WaitingCallerView | undefined => callers[positionAt(row, count, isNextOnTop) - 1];
  const move = (callId: string, row: number): void =>
    onMove?.(callId, positionAt(Math.max(0, Math.min(count - 1, row)), count, isNextOnTop));
  const keys = useCallerKeys({ callers, isNextOnTop, onMove: move });
  const drag = useCallerDrag({ list, count, isEnabled: onMove !== null, callerAt, onDrop: move });
  useInView(list, keys.activeId === null ? null : rowAt(keys.active + 1, count, isNextOnTop));
  const { from, until } = shownRows(count, scrollTop, height);
  const rows = Array.from({ length: until - from }, (_, index) => from + index);
  return (
    <div className={styles['frame']}>
      <div
        ref={list}
        className={styles['list']}
        style={{ blockSize: height }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native select holds no columns
        role="listbox"
        tabIndex={0}
        aria-label={t('queues.list', { name: queue.name })}
        aria-describedby={onMove === null ? undefined : `${id}-how`}
        aria-activedescendant={keys.activeId === null ? undefined : `${id}-${keys.activeId}`}
        onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={keys.press}
        onFocus={keys.focus}
        {...drag.handlers}
      >
        <div className={styles['canvas']} style={{ blockSize: count * rowHeight }}>
          {rows.map(row => {
            const caller = callerAt(row);
            return caller === undefined ? null : (
              <CallerRow
                key={row} // the place, not the caller: in a storm rows get other words, which is cheaper than being made anew
                id={`${id}-${caller.callId}`}
                caller={caller}
                row={row}
                count={count}
                isActive={caller.callId === keys.activeId}
                isMoving={moving.has(caller.callId)}
                isDragged={drag.dragged === caller.callId}
                canMove={onMove !== null}
                onChoose={keys.choose}
              />
            );
          })}
          {drag.target !== null && (
            <div className={styles['target']} style={{ insetBlockStart: drag.target * rowHeight }} />
          )}
        </div>
      </div>
      {onMove !== null && <HowToMove id={`${id}-how`} />}
    </div>
  );
}

function HowToMove({ id }: { readonly id: string }): ReactNode {
  const { t } = useText();
  return (
    <p id={id} className={styles['how']}>
      {t('queues.how-to-move')}
    </p>
  );
}

/** The list scrolls so that the active row is seen, also when others come and go around it. */
function useInView(list: RefObject<HTMLElement | null>, row: number | null): void {
  useLayoutEffect(() => {
    const box = list.current;
    if (row === null || box === null) return;
    const top = row * rowHeight;
    if (top < box.scrollTop) box.scrollTo({ top });
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTo({ top: top + rowHeight - box.clientHeight });
  }, [list, row]);
}
