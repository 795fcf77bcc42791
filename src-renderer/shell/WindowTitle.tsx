import { useEffect } from 'react';
import { partyName } from '../phone/facts/party-name';
import { selectDockCalls } from '../../src-shared/call/select-calls';
import { usePaintedCalls } from '../phone/use-painted-calls';
import { useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';

/** The document's title says what the phone does. Draws nothing. */
export function WindowTitle(): null {
  const calls = usePaintedCalls();
  const { t } = useText();
  const { formatNumber } = usePhoneFormat();
  useEffect(() => {
    const { main, incoming } = selectDockCalls(calls);
    const person = incoming ?? main;
    const name = person === null ? '' : partyName(person.remote, t, formatNumber);
    if (incoming !== null) document.title = t('app.window.ringing', { name });
    else document.title = main === null ? t('app.window.idle') : t('app.window.talking', { name });
    return () => void (document.title = t('app.window.idle'));
  }, [calls, t, formatNumber]);
  return null;
}
