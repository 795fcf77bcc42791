import { useEffect } from 'react';
import { selectDockCalls } from '../../src-shared/call/select-calls';
import { afterPaint } from '../bridge/after-paint';
import { useCallStore } from '../stores/call-store';
import { useDesktopStore } from '../stores/desktop-store';
import { useViewStore } from '../stores/view-store';

/** A call that begins to ring takes away whatever lies over the phone: Answer must be there to be clicked. So does signing out. */
export function useClearView(): void {
  useEffect(
    () =>
      useCallStore.subscribe(({ calls }, before) => {
        const { incoming } = selectDockCalls(calls);
        if (incoming === null || before.calls.some(({ id }) => id === incoming.id)) return;
        const isCompact = useDesktopStore.getState().window.isCompact;
        const { sheet, isHelpOpen } = useViewStore.getState();
        // What was opened after the ring is meant: painting may take long, and a desk phone is picked up in the same moment.
        afterPaint(() =>
          useViewStore.setState(now => ({
            sheet: now.sheet === sheet ? null : now.sheet,
            isHelpOpen: now.isHelpOpen && !(isCompact && isHelpOpen),
          })),
        );
      }),
    [],
  );
  useEffect(() => () => useViewStore.setState({ sheet: null, isHelpOpen: false }), []);
}
