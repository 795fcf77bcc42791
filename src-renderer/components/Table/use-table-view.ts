import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { canvasAt, rowHeight, scrolledTo } from './table-range';

/** Which part of the list is in sight. */
export interface View {
  readonly offset: number;
  readonly height: number;
  /** 0: not known yet. */
  readonly width: number;
  readonly onScroll: () => void;
  readonly showRow: (row: number) => void;
}

export function useTableView(count: number, listKey: string): readonly [RefObject<HTMLDivElement | null>, View] {
  const box = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [{ width, height }, setSize] = useState({ width: 0, height: 600 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: 0 }); // newer browsers answer with a promise
  }, [listKey]);
  const offset = scrolledTo(count, scrollTop, height);
  const showRow = (row: number): void => {
    const top = row * rowHeight;
    const wanted = top < offset ? top : top + rowHeight > offset + height ? top + rowHeight - height : null;
    if (wanted !== null) box.current?.scrollTo({ top: canvasAt(count, wanted, height) });
  };
  const onScroll = (): void => setScrollTop(box.current?.scrollTop ?? 0);
  return [box, { offset, height, width, onScroll, showRow }];
}
