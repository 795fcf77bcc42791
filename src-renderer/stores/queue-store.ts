import { create } from 'zustand';
import type { TimedBreak } from '../../src-shared/agent/timed-break';
import type { Channels } from '../../src-shared/queues/channels';
import type { LiveQueue } from '../../src-shared/queues/live-queue';

interface QueueMirror {
  /** null until the centre has told it. */
  readonly queues: readonly LiveQueue[] | null;
  /** Lines to the outside; null for who is not told. */
  readonly channels: Channels | null;
  /** Breaks with a limit; null for who is not told. */
  readonly breaks: readonly TimedBreak[] | null;
  /** Callers whose move the centre has not answered yet. */
  readonly moving: ReadonlySet<string>;
  /** The last move that was confirmed, in words for a screen reader. */
  readonly said: string;
}

/** Mirror of who waits in this person's queues. */
export const useQueueStore = create<QueueMirror>(() => ({
  queues: null,
  channels: null,
  breaks: null,
  moving: new Set(),
  said: '',
}));
export const sayMoved = (said: string): void => useQueueStore.setState({ said });

/** Shows a caller as being moved until the centre has answered. */
export async function whileMoving<T>(callId: string, run: () => Promise<T>): Promise<T> {
  useQueueStore.setState(({ moving }) => ({ moving: new Set(moving).add(callId) }));
  try {
    return await run();
  } finally {
    useQueueStore.setState(({ moving }) => ({ moving: new Set([...moving].filter(other => other !== callId)) }));
  }
}
