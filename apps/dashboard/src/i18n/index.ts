import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from './de.ts';
import { en } from './en.ts';

const KEPT = 'talkturo.language';
const first = localStorage.getItem(KEPT) ?? (navigator.language.startsWith('de') ? 'de' : 'en');

i18next.use(initReactI18next).init({
  lng: first,
  fallbackLng: 'en',
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
});
document.documentElement.lang = first;

/** Changes the language of the page and remembers it. */
export function chooseLanguage(language: 'en' | 'de'): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** Calls whenever the language of the page has become another one. */
export const whenLanguageChanges = (then: () => void): void => void i18next.on('languageChanged', then);
