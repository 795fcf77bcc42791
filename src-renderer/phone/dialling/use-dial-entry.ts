import { useMemo, useState, type ChangeEvent, type ClipboardEvent, type FormEvent, type KeyboardEvent } from 'react';
import { parseDialString, type DialStringProblem } from '../../../src-shared/customers/phone-number';
import { useShallow } from 'zustand/react/shallow';
import { useCallStore } from '../../stores/call-store';
import { useRecentCallStore } from '../../stores/recent-call-store';
import { setTyped, useViewStore } from '../../stores/view-store';
import { usePhoneFormat } from '../../text/use-phone-format';
import { dial } from '../use-call-actions';
import { cleanPasted, problemWhileTyping } from './dial-entry';
import { dialledNumbers, stepThroughHistory } from './dial-history';

export interface DialEntry {
  readonly typed: string;
  readonly problem: DialStringProblem | null;
  readonly isDialling: boolean;
  readonly lastNumber: string | null;
  readonly type: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly paste: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly walkHistory: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly append: (digit: string) => void;
  readonly deleteLast: () => void;
  readonly submit: (event: FormEvent) => void;
  readonly redial: () => void;
}

/** What happens in the dial field. */
export function useDialEntry(): DialEntry {
  const typed = useViewStore(state => state.typed);
  const calls = useCallStore(useShallow(state => state.calls.filter(({ direction }) => direction === 'outbound')));
  const recent = useRecentCallStore(state => state.calls);
  const { formatTyped } = usePhoneFormat();
  const [refused, setRefused] = useState<DialStringProblem | null>(null);
  const [isDialling, setIsDialling] = useState(false);
  const [place, setPlace] = useState(-1);
  const history = useMemo(() => dialledNumbers(calls, recent ?? []), [calls, recent]);

  const write = (text: string): void => {
    setRefused(null);
    setPlace(-1);
    setTyped(text);
  };
  const call = async (number: string): Promise<void> => {
    setIsDialling(true);
    const isUnderWay = await dial(number);
    setIsDialling(false);
    if (isUnderWay) write('');
  };
  const walk = (direction: 'older' | 'newer'): void => {
    const next = stepThroughHistory(place, direction, history.length);
    const number = history[next];
    setTyped(number === undefined ? '' : formatTyped(number));
    setPlace(next);
    setRefused(null);
  };
  return {
    typed,
    problem: refused ?? problemWhileTyping(typed),
    isDialling,
    lastNumber: history[0] ?? null,
    type: ({ target: { value, selectionStart } }) =>
      // Formatting in the middle of a number would move the caret away from the hand.
      write(selectionStart === value.length && value.length > typed.length ? formatTyped(value) : value),
    paste: event => {
      event.preventDefault();
      write(formatTyped(withPasted(event)));
    },
    walkHistory: event => {
      if (event.key === 'Escape') write('');
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      walk(event.key === 'ArrowUp' ? 'older' : 'newer');
    },
    append: digit => write(formatTyped(typed + digit)),
    deleteLast: () => write(typed.replace(/[^\d*#+]*.$/u, '')),
    submit: event => {
      event.preventDefault();
      const parsed = parseDialString(typed);
      if (parsed.ok) void call(parsed.number);
      else setRefused(parsed.problem);
    },
    redial: () => {
      if (history[0] !== undefined) void call(history[0]);
    },
  };
}

/** The field's text with the clipboard's number in the place of what is selected. */
function withPasted({ currentTarget, clipboardData }: ClipboardEvent<HTMLInputElement>): string {
  const { value, selectionStart, selectionEnd } = currentTarget;
  const pasted = cleanPasted(clipboardData.getData('text'));
  return value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length);
}
