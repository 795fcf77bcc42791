import { useEffect, useState } from 'react';
import type { Call } from '../../src-shared/call/call';
import { afterPaint } from '../bridge/after-paint';
import { useCallStore } from '../stores/call-store';

/** The calls as they were last painted: for what follows the picture and must not hold it up. */
export function usePaintedCalls(): readonly Call[] {
  const [calls, setCalls] = useState(() => useCallStore.getState().calls);
  useEffect(() => useCallStore.subscribe(state => void afterPaint(() => setCalls(state.calls))), []);
  return calls;
}
