import { useState, type KeyboardEvent } from 'react';
import type { WaitingCallerView } from '../../src-shared/queues/live-queue';
import { positionAt, rowAt } from './shown-rows';

interface CallerKeysNeeds {
  /** In the order of their places. */
  readonly callers: readonly WaitingCallerView[];
  readonly isNextOnTop: boolean;
  /** Row of the list, from 0. */
  readonly onMove: (callId: string, row: number) => void;
}
interface CallerKeys {
  /** Index among the callers; -1 when none is active. */
  readonly active: number;
  readonly activeId: string | null;
  readonly press: (event: KeyboardEvent) => void;
  readonly focus: () => void;
  readonly choose: (callId: string) => void;
}
const page = 5;

/** Arrows walk from caller to caller, Alt and an arrow move the active one. The active caller stays active wherever it goes. */
export function useCallerKeys({ callers, isNextOnTop, onMove }: CallerKeysNeeds): CallerKeys {
  const [chosen, setChosen] = useState<string | null>(null);
  const count = callers.length;
  const active = callers.findIndex(({ callId }) => callId === chosen);
  const row = active < 0 ? -1 : rowAt(active + 1, count, isNextOnTop);
  const goTo = (to: number): void =>
    setChosen(callers[positionAt(Math.max(0, Math.min(count - 1, to)), count, isNextOnTop) - 1]?.callId ?? null);
  const walk: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: count - 1,
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = walk[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (!event.altKey) goTo(to);
    else if (active >= 0) onMove(callers[active]?.callId ?? '', to);
  };
  return {
    active,
    activeId: active < 0 ? null : chosen,
    press,
    focus: () => {
      if (active < 0) goTo(0);
    },
    choose: setChosen,
  };
}
