import type { ReactNode } from 'react';
import { languages } from '../../../src-shared/settings/settings';
import { askAndTell } from '../../bridge/ask-and-tell';
import { useText } from '../../text/text';
import styles from './LanguageSwitch.module.css';

/** Every language by its own code; one press changes it. */
export function LanguageSwitch(): ReactNode {
  const { t, language: current } = useText();
  return (
    <fieldset className={styles['switch']} aria-label={t('shell.language')}>
      {languages.map(language => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-label={`${language.toUpperCase()} ${t(`language.${language}`)}`}
          aria-pressed={language === current}
          onClick={() => void askAndTell('settings.change', { language })}
        >
          {language.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
