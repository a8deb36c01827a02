export { firstLetter, Formatting, useFormatting } from './formatting';
export { bestLanguage, directionOf, LANGUAGES, PSEUDO, type Direction, type Language } from './languages';
export { findMessages, languageOf, namespaceOf, type MessageFiles, type Messages } from './messages';
export { pseudo, pseudoText } from './pseudo';
export { chooseLanguage, preferredLanguage, setUpI18n } from './setup';
export { I18nextProvider, Trans, useTranslation } from 'react-i18next';
export type { i18n } from 'i18next';
