import { useEffect, type RefObject } from 'react';

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
