import { useCallback, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../src-shared/ipc/agent-requests';
import { findFigure } from '../../../src-shared/statistics/definitions';
import { ask } from '../../bridge/ask';
import { failureFrom, type ShownFailure } from '../../bridge/failure-from';
import { useFigureStore } from '../../stores/figure-store';
import type { OpenFigure } from '../../stores/view-store';

type Page = Output<'figures.calls'>;
interface FigureCalls {
  /** One page after the other; null until the first has come. */
  readonly pages: readonly Page[] | null;
  readonly failure: ShownFailure | null;
  readonly isAsking: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** To be kept for one figure only. The calls behind it, page by page; read again, as many pages as there were, when the figure changes. */
export function useFigureCalls({ id, period }: OpenFigure): FigureCalls {
  const known = useFigureStore(({ figures }) => (figures === null ? undefined : findFigure(figures, id, period)));
  const [pages, setPages] = useState<readonly Page[] | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const asked = useRef(0);
  const wanted = useRef(1);

  const read = useCallback(async (): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const read_: Page[] = [];
      let cursor: string | null | undefined;
      while (read_.length < wanted.current && cursor !== null) {
        const page = await ask('figures.calls', { figure: id, period, ...(cursor === undefined ? {} : { cursor }) });
        read_.push(page);
        cursor = page.nextCursor;
      }
      if (mine !== asked.current) return;
      setPages(read_);
      setFailure(null);
    } catch (error) {
      if (mine === asked.current) setFailure(failureFrom(error));
    } finally {
      if (mine === asked.current) setIsAsking(false);
    }
  }, [id, period]);

  useEffect(() => {
    void read();
  }, [read, known?.value, known?.of]);

  const readNow = (): void => {
    setIsAsking(true);
    void read();
  };
  return {
    pages,
    failure,
    isAsking,
    more: () => {
      wanted.current = (pages?.length ?? 0) + 1;
      readNow();
    },
    again: readNow,
  };
}
