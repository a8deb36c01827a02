import { createInstance, type BackendModule, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { bestLanguage, directionOf, FALLBACK, PSEUDO } from './languages';
import { findMessages, type MessageFiles, type Messages } from './messages';
import { pseudo } from './pseudo';

const KEY = 'lyceum.language';
// What every page needs: the kit's texts and the app's.
const SHARED = ['ui', 'app'];

export interface I18nOptions {
  language?: string;
  /** What is loaded before anything renders; the rest comes with its feature. */
  namespaces?: string[];
}

/**
 * i18next with the texts of an app, ready to render: what all pages need is loaded, a feature's namespace comes with the
 * feature. The language is the one chosen on this browser, or the best that the browser asks for.
 */
export async function setUpI18n(files: MessageFiles, { language = preferredLanguage(), namespaces = SHARED }: I18nOptions = {}): Promise<i18n> {
  const instance = createInstance();
  instance.on('languageChanged', showLanguage);
  await instance
    .use(backend(files))
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: FALLBACK,
      supportedLngs: false,
      load: 'currentOnly',
      ns: namespaces,
      defaultNS: 'app',
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
  return instance;
}

/** Show another language from now on, and on the next visit. */
export async function chooseLanguage(instance: i18n, language: string): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
  await instance.changeLanguage(language);
}

export function preferredLanguage(): string {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; then the browser decides.
  }
  return bestLanguage([chosen, ...navigator.languages]);
}

function showLanguage(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

function backend(files: MessageFiles): BackendModule {
  return {
    type: 'backend',
    init: () => undefined,
    read: (language, namespace, done) => {
      const load = findMessages(files, language === PSEUDO ? FALLBACK : language, namespace);
      if (!load) {
        done(new Error(`There are no texts of ${namespace} in ${language}.`), null);
        return;
      }
      load().then(
        (messages) => done(null, language === PSEUDO ? pseudo(messages as Messages) : (messages as Messages)),
        (reason: unknown) => done(reason instanceof Error ? reason : new Error(String(reason)), null),
      );
    },
  };
}
