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
        afterPaint(() => useViewStore.setState(isCompact ? { sheet: null, isHelpOpen: false } : { sheet: null }));
      }),
    [],
  );
  useEffect(() => () => useViewStore.setState({ sheet: null, isHelpOpen: false }), []);
}
