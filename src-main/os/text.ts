import en from '../../src-shared/text/en.json';
import fr from '../../src-shared/text/fr.json';
import type { Settings } from '../../src-shared/settings/settings';

type Language = NonNullable<Settings['language']>;
type OsText = (typeof en)['os'];
/** Every sentence the operating system shows for us, as a dotted key. */
export type OsTextKey = {
  [K in keyof OsText]: OsText[K] extends string ? K : `${K}.${keyof OsText[K] & string}`;
}[keyof OsText];

const catalogues: Record<Language, OsText> = { en: en.os, fr: fr.os };

/** The language the person chose, or the nearest to the system's. */
export const languageFor = (chosen: Language | null, systemLocale: string): Language =>
  chosen ?? (/^fr\b/i.test(systemLocale) ? 'fr' : 'en');

/** Main's own few sentences, out of the same catalogue as the agent window's. */
export function osText(language: Language, key: OsTextKey, params: Readonly<Record<string, string>> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], catalogues[language]);
  return String(found).replace(/\{\{(\w+)\}\}/g, (_match, name: string) => params[name] ?? '');
}
