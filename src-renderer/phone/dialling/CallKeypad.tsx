import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { askAndTell } from '../../bridge/ask-and-tell';
import { isTypingTarget } from '../../keyboard/typing-target';
import { useText } from '../../text/text';
import { DialPad } from './DialPad';
import styles from './CallKeypad.module.css';

/** Enough to check what was typed; older digits leave at the start. */
const mostShown = 24;

/** Keys that the other side hears (RFC 4733), by mouse or keyboard, with what was sent. */
export function CallKeypad({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const [sent, setSent] = useState('');
  const callId = call.id;
  const send = useCallback(
    (digit: string): void => {
      setSent(before => (before + digit).slice(-mostShown));
      void askAndTell('call.dtmf', { callId, digits: digit });
    },
    [callId],
  );
  useEffect(() => {
    const sendTyped = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTypingTarget(document.activeElement)) return;
      if (/^[0-9*#]$/.test(event.key)) send(event.key);
    };
    window.addEventListener('keydown', sendTyped);
    return () => window.removeEventListener('keydown', sendTyped);
  }, [send]);
  return (
    <div className={styles['keypad']}>
      <output className={styles['sent']} aria-label={t('phone.sent-digits')} dir="ltr" data-testid="sent-digits">
        {sent}
      </output>
      <DialPad label={t('phone.keypad')} onDigit={send} />
    </div>
  );
}
