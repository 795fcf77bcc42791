import { useEffect, useRef, useState, type ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { Call } from '../../src-shared/call/call';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';
import { announcementOf } from './facts/announcement';
import { partyName } from './facts/party-name';
import { usePaintedCalls } from './use-painted-calls';

/** Says every change of a call to a screen reader. Draws nothing. */
export function CallAnnouncer(): ReactNode {
  const calls = usePaintedCalls();
  const before = useRef<readonly Call[]>([]);
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const announcement = announcementOf(before.current, calls);
    before.current = calls;
    if (announcement !== null)
      setSaid(t(`announce.${announcement.key}`, { name: partyName(announcement.call.remote, t, formatNumber) }));
  }, [calls, t, formatNumber]);
  return (
    <VisuallyHidden>
      <div aria-live="assertive" aria-atomic="true">
        {said}
      </div>
    </VisuallyHidden>
  );
}
