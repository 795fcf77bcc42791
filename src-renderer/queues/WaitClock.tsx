import type { ReactNode } from 'react';
import { useLocalMoment } from '../stores/agent-store';
import { formatClock } from '../text/format-time';
import { useElapsed } from '../text/use-elapsed';

/** How long somebody has waited, on the server's clock. Ticks alone: the list around it is not drawn again. */
export function WaitClock({ since }: { readonly since: number }): ReactNode {
  const elapsed = useElapsed(useLocalMoment(since));
  return <time>{formatClock(elapsed)}</time>;
}
