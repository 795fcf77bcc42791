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

export function useTableView(
  count: number,
  listKey: string,
  moved: number,
): readonly [RefObject<HTMLDivElement | null>, View] {
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
  const isScrolled = useRef(false);
  useLayoutEffect(() => {
    // One that stands at its top is not asked to go there: the page would be laid out for that alone.
    if (isScrolled.current) box.current?.scrollTo({ top: 0 }); // newer browsers answer with a promise
  }, [listKey]);
  const [seen, setSeen] = useState(moved);
  if (seen !== moved) {
    setSeen(moved);
    // Rows came in front: what is in sight stays in sight. At its top a list shows what is new.
    if (scrollTop > 0)
      setScrollTop(canvasAt(count, scrolledTo(count, scrollTop, height) + (moved - seen) * rowHeight, height));
  }
  useLayoutEffect(() => {
    if (isScrolled.current) box.current?.scrollTo({ top: scrollTop });
    // oxlint-disable-next-line react/exhaustive-deps -- everywhere else the page scrolls, and the state follows it
  }, [seen]);
  const offset = scrolledTo(count, scrollTop, height);
  const showRow = (row: number): void => {
    const top = row * rowHeight;
    const wanted = top < offset ? top : top + rowHeight > offset + height ? top + rowHeight - height : null;
    if (wanted === null) return;
    isScrolled.current = true;
    box.current?.scrollTo({ top: canvasAt(count, wanted, height) });
  };
  const onScroll = (): void => {
    const top = box.current?.scrollTop ?? 0;
    isScrolled.current = top > 0;
    setScrollTop(top);
  };
  return [box, { offset, height, width, onScroll, showRow }];
}
