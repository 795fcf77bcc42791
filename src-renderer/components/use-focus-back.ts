import { useEffect, useRef, type RefObject } from 'react';

/**
 * The button has the keyboard again in the very moment its list closes. react-aria gives it back a frame later, and who types
 * fast loses what falls in between. An effect, not sooner: while the list is there the rest of the page is inert.
 * @returns to be put on the button
 */
export function useFocusBack(isOpen: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    const isNowhere = document.activeElement === null || document.activeElement === document.body;
    if (wasOpen.current && !isOpen && isNowhere) button.current?.focus({ preventScroll: true });
    wasOpen.current = isOpen;
  }, [isOpen]);
  return button;
}
