import type { ReactNode } from 'react';
import { useLocalMoment } from '../stores/agent-store';
import { formatClock } from '../text/format-time';
import { useEachSecond } from '../text/use-each-second';

/** How long somebody has waited, on the server's clock. Ticks alone: the list around it is not drawn again. */
export function WaitClock({ since }: { readonly since: number }): ReactNode {
  const now = useEachSecond();
  const from = useLocalMoment(since) ?? now;
  return <time>{formatClock(Math.max(0, now - from))}</time>;
}
