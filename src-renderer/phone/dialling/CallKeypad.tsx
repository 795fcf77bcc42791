import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Call } from '../../../src-shared/call/call';
import { useText } from '../../text/text';
import { useCallActions } from '../use-call-actions';
import { DialPad } from './DialPad';
import styles from './CallKeypad.module.css';

/** Enough to check what was typed; older digits scroll out at the start. */
const mostShown = 24;

/** Keys that the other side hears (RFC 4733), by mouse or keyboard, with what was sent. */
export function CallKeypad({ call }: { readonly call: Call }): ReactNode {
  const { t } = useText();
  const orders = useCallActions(call);
  const [sent, setSent] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const send = (digit: string): void => {
    setSent(before => (before + digit).slice(-mostShown));
    orders.sendDigit(digit);
  };
  const sendTyped = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9*#]$/.test(event.key)) return;
    event.preventDefault();
    send(event.key);
  };
  return (
    <div ref={box} className={styles['keypad']} tabIndex={-1} onKeyDown={sendTyped}>
      <output className={styles['sent']} aria-label={t('phone.sent-digits')} dir="ltr" data-testid="sent-digits">
        {sent}
      </output>
      <DialPad label={t('phone.keypad')} onDigit={send} />
    </div>
  );
}
