import { useEffect, useState } from 'react';
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
  const [wanted, setWanted] = useState({ pages: 1 });
  const [answered, setAnswered] = useState<typeof wanted | null>(null);
  useEffect(() => {
    let isOver = false;
    readPages({ id, period }, wanted.pages)
      .then(
        read => {
          if (isOver) return;
          setPages(read);
          setFailure(null);
        },
        (error: unknown) => !isOver && setFailure(failureFrom(error)),
      )
      .finally(() => !isOver && setAnswered(wanted));
    return () => {
      isOver = true;
    };
  }, [id, period, wanted, known?.value, known?.of]);
  return {
    pages,
    failure,
    isAsking: answered !== wanted,
    more: () => setWanted({ pages: wanted.pages + 1 }),
    again: () => setWanted({ ...wanted }),
  };
}

/** @throws AppError what main answers */
async function readPages({ id, period }: OpenFigure, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | null | undefined;
  while (pages.length < count && cursor !== null) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next begins
    const page: Page = await ask('figures.calls', { figure: id, period, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page);
    cursor = page.nextCursor;
  }
  return pages;
}
