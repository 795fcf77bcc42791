import { useEffect } from 'react';
import { selectDockCalls } from '../phone/facts/select-calls';
import { partyName } from '../phone/facts/party-name';
import { useCallStore } from '../stores/call-store';
import { useSettingsStore } from '../stores/settings-store';
import { languageOf, speak, useText } from '../text/text';
import { usePhoneFormat } from '../text/use-phone-format';

/** Language, theme and title of the document, from settings and calls. */
export function useAppearance(): void {
  const chosenLanguage = useSettingsStore(state => state.settings.language);
  const theme = useSettingsStore(state => state.settings.theme);
  const calls = useCallStore(state => state.calls);
  const { t, language } = useText();
  const { formatNumber } = usePhoneFormat();
  useEffect(() => void speak(languageOf(chosenLanguage, navigator.language)), [chosenLanguage]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    const { main, incoming } = selectDockCalls(calls);
    if (incoming !== null)
      document.title = t('app.window.ringing', { name: partyName(incoming.remote, t, formatNumber) });
    else
      document.title =
        main === null
          ? t('app.window.idle')
          : t('app.window.talking', { name: partyName(main.remote, t, formatNumber) });
  }, [calls, t, formatNumber]);
}
