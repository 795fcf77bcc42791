import { useEffect, type Dispatch, type SetStateAction } from 'react';
import { withBounds } from '../calls/call-filters';
import { boundsOf, type ChosenTime } from './TimeFilter';

interface Chosen {
  readonly filters: { readonly from?: number | undefined; readonly to?: number | undefined };
  readonly time: ChosenTime;
}
const moveEveryMs = 60_000;

/** A span that ends now goes on with the clock: what is older than its hours, or was before midnight, goes out of the list. */
export function useMovingSpan<C extends Chosen>({ time }: C, setChosen: Dispatch<SetStateAction<C>>): void {
  useEffect(() => {
    if (time === 'any' || time === 'range') return undefined;
    const move = (): void => setChosen(now => ({ ...now, filters: withBounds(now.filters, boundsOf(now.time)) }));
    const timer = setInterval(move, moveEveryMs);
    return () => clearInterval(timer);
  }, [time, setChosen]);
}
