import { useEffect, type CSSProperties, type RefObject } from 'react';

const actionsWidth = 68;

/** Columns share the width; where there is less than all of them need, the table is scrolled sideways. */
export function columnsOf(columns: readonly { readonly width: string }[], hasActions: boolean): CSSProperties {
  const widths = columns.map(({ width }) => width).concat(hasActions ? [`${actionsWidth}px`] : []);
  const least = widths.reduce((sum, width) => sum + Number(/\d+/.exec(width)?.[0] ?? 0), 0);
  return { ['--columns' as string]: widths.join(' '), ['--least' as string]: `${least}px` };
}

/** The heads go sideways with their columns, by whichever of both somebody moves. */
export function useSideways(heads: RefObject<HTMLElement | null>, rows: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const [above, below] = [heads.current, rows.current];
    if (above === null || below === null) return undefined;
    const follow = (from: HTMLElement, to: HTMLElement) => () => {
      if (from.scrollLeft !== to.scrollLeft) to.scrollTo({ left: from.scrollLeft });
    };
    const [withRows, withHeads] = [follow(below, above), follow(above, below)];
    below.addEventListener('scroll', withRows, { passive: true });
    above.addEventListener('scroll', withHeads, { passive: true });
    return () => {
      below.removeEventListener('scroll', withRows);
      above.removeEventListener('scroll', withHeads);
    };
  }, [heads, rows]);
}
