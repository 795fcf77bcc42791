import { useEffect } from 'react';
import { useSettingsStore } from '../stores/settings-store';
import { languageOf, speak, useText } from '../text/text';

/** Language and theme of the document, from the settings. Not from the calls: it is used at the root, and would draw everything anew. */
export function useAppearance(): void {
  const chosenLanguage = useSettingsStore(state => state.settings.language);
  const theme = useSettingsStore(state => state.settings.theme);
  const { language } = useText();
  useEffect(() => void speak(languageOf(chosenLanguage, navigator.language)), [chosenLanguage]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
