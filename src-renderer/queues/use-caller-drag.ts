import { useState, type DragEvent, type PointerEvent, type RefObject } from 'react';
import type { WaitingCallerView } from '../../src-shared/queues/live-queue';
import { rowHeight } from './shown-rows';

interface CallerDragNeeds {
  readonly list: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly isEnabled: boolean;
  readonly callerAt: (row: number) => WaitingCallerView | undefined;
  readonly onDrop: (callId: string, row: number) => void;
}
interface Dragging {
  readonly callId: string;
  readonly fromRow: number;
  readonly fromY: number;
  /** Before which row it would land; null until the pointer has gone far enough to mean it. */
  readonly gap: number | null;
}
/** A click that trembles is no drag. */
const meantPixels = 6;
/** Near the edge the list scrolls along. */
const edgePixels = 28;

/** Drags a row to another place. The list stays as it is until the centre has confirmed; a line shows where the caller would land. */
export function useCallerDrag({ list, count, isEnabled, callerAt, onDrop }: CallerDragNeeds) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const yIn = (event: PointerEvent): number => {
    const box = list.current;
    return box === null ? 0 : event.clientY - box.getBoundingClientRect().top + box.scrollTop;
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (!isEnabled || event.button !== 0) return;
    const row = Math.floor(yIn(event) / rowHeight);
    const caller = callerAt(row);
    if (caller === undefined) return;
    setDragging({ callId: caller.callId, fromRow: row, fromY: event.clientY, gap: null });
  };
  const go = (event: PointerEvent<HTMLElement>): void => {
    if (dragging === null) return;
    if (dragging.gap === null && Math.abs(event.clientY - dragging.fromY) < meantPixels) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    scrollAlong(event);
    const gap = Math.max(0, Math.min(count, Math.round(yIn(event) / rowHeight)));
    setDragging({ ...dragging, gap });
  };
  const up = (): void => {
    setDragging(null);
    if (dragging === null || dragging.gap === null) return;
    const row = dragging.gap > dragging.fromRow ? dragging.gap - 1 : dragging.gap;
    if (row !== dragging.fromRow) onDrop(dragging.callId, row);
  };
  return {
    dragged: dragging?.gap === null ? null : (dragging?.callId ?? null),
    target: dragging?.gap ?? null,
    handlers: {
      onPointerDown: down,
      onPointerMove: go,
      onPointerUp: up,
      onPointerCancel: () => setDragging(null),
      onDragStart: (event: DragEvent) => event.preventDefault(),
    },
  };
}

function scrollAlong(event: PointerEvent<HTMLElement>): void {
  const { top, bottom } = event.currentTarget.getBoundingClientRect();
  if (event.clientY < top + edgePixels) event.currentTarget.scrollBy(0, -rowHeight / 2);
  else if (event.clientY > bottom - edgePixels) event.currentTarget.scrollBy(0, rowHeight / 2);
}
