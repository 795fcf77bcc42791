import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { languages } from '../../src-shared/settings/settings';
import en from '../../src-shared/text/en.json';
import fr from '../../src-shared/text/fr.json';

export type Language = (typeof languages)[number];
export type Translate = TFunction;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The chosen language, else the computer's, else English. */
export function languageOf(chosen: Language | null, computer: string): Language {
  return chosen ?? (computer.toLowerCase().startsWith('fr') ? 'fr' : 'en');
}

/** Both catalogues are in the bundle: changing the language waits for nothing. */
export async function startText(language: Language): Promise<void> {
  await i18next.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, fr: { translation: fr } },
    interpolation: { escapeValue: false }, // React escapes
  });
}

/** Changes the language of everything on screen. */
export async function speak(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

interface Text {
  readonly t: Translate;
  readonly language: Language;
}
const texts = new Map<string, Text>();

/** Text and language for a component. */
export function useText(): Text {
  return textIn(useSyncExternalStore(hearLanguage, () => i18next.language));
}

function hearLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

/** What has no parameters is the same every time, and each row of a list asks for it: it is looked up once. */
function textIn(spoken: string): Text {
  const known = texts.get(spoken);
  if (known !== undefined) return known;
  const look = i18next.getFixedT(spoken);
  const found = new Map<unknown, unknown>();
  const t: unknown = (...asked: readonly unknown[]) => {
    if (asked.length > 1) return Reflect.apply(look, undefined, asked);
    const [key] = asked;
    const text: unknown = found.get(key) ?? Reflect.apply(look, undefined, asked);
    found.set(key, text);
    return text;
  };
  const text: Text = { t: t as Translate, language: spoken === 'fr' ? 'fr' : 'en' };
  texts.set(spoken, text);
  return text;
}
